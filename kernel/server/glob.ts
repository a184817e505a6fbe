import { ArgumentError } from "../../src/errors";

/** The most characters that a pattern may have; matching takes pattern times text at the worst. */
const PATTERN_LIMIT = 1000;

/** What one character of a text must be. */
type Place =
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "any" }
  | { readonly kind: "set"; readonly isExcluding: boolean; readonly ranges: readonly Range[] };

type Range = readonly [from: string, to: string];

/** The set that starts at a `[`, and where it ends; nothing if it is never closed. */
function parseSet(pattern: string, start: number): { place: Place; end: number } | undefined {
  const isExcluding = pattern[start + 1] === "^";
  const first = start + (isExcluding ? 2 : 1);
  // A bracket that comes first belongs to the set.
  const end = pattern.indexOf("]", first + 1);
  if (end < 0) return undefined;
  const ranges: Range[] = [];
  for (let at = first; at < end; at++) {
    const isRange = pattern[at + 1] === "-" && at + 2 < end;
    ranges.push([pattern[at], pattern[isRange ? at + 2 : at]]);
    if (isRange) at += 2;
  }
  return { place: { kind: "set", isExcluding, ranges }, end };
}

/** The places between the stars of a pattern. */
function parse(pattern: string): readonly (readonly Place[])[] {
  const segments: Place[][] = [[]];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    const set = character === "[" ? parseSet(pattern, at) : undefined;
    if (set !== undefined) at = set.end;
    if (character === "*") segments.push([]);
    else
      segments[segments.length - 1].push(
        set?.place ?? (character === "?" ? { kind: "any" } : { kind: "character", character }),
      );
  }
  return segments;
}

function fits(place: Place, character: string): boolean {
  if (place.kind === "any") return true;
  if (place.kind === "character") return place.character === character;
  const isInside = place.ranges.some(([from, to]) => from <= character && character <= to);
  return isInside !== place.isExcluding;
}

function fitsAt(segment: readonly Place[], text: string, start: number): boolean {
  return segment.every((place, index) => fits(place, text[start + index]));
}

/** Where a segment stands first in `text` from `start` to `end`; −1 if nowhere. */
function find(segment: readonly Place[], text: string, start: number, end: number): number {
  if (segment.every((place) => place.kind === "character")) {
    const literal = segment.map(({ character }) => character).join("");
    const found = text.indexOf(literal, start);
    return found + literal.length <= end ? found : -1;
  }
  for (let at = start; at + segment.length <= end; at++) if (fitsAt(segment, text, at)) return at;
  return -1;
}

/**
 * A test of whole texts against a pattern as history search takes it, SQLite's GLOB: `*` any text,
 * `?` any character, `[a-z]` one of these, `[^a-z]` none of them.
 *
 * A segment between two stars may always stand as far to the left as it can: so each star is
 * decided once, and a text is gone through once. (A regular expression tries every way to share a
 * text among its stars: 20 s for `*a*b*c*x` over one large cell.)
 *
 * @throws ArgumentError if the pattern is longer than 1000 characters
 */
export function createGlob(pattern: string): (text: string) => boolean {
  if (pattern.length > PATTERN_LIMIT)
    throw new ArgumentError(
      `history search: a pattern has at most ${PATTERN_LIMIT} characters, found ${pattern.length}`,
    );
  const segments = parse(pattern);
  const [first] = segments;
  const last = segments[segments.length - 1];
  return (text) => {
    if (segments.length === 1) return text.length === first.length && fitsAt(first, text, 0);
    const end = text.length - last.length;
    if (end < first.length || !fitsAt(first, text, 0) || !fitsAt(last, text, end)) return false;
    let start = first.length;
    for (const segment of segments.slice(1, -1)) {
      const at = find(segment, text, start, end);
      if (at < 0) return false;
      start = at + segment.length;
    }
    return true;
  };
}
