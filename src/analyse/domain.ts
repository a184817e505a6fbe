import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";

/**
 * The box that inputs may fill: the same lower and upper end for every input. A bound holds for
 * one, and names it. `pixels` and `paper` are those two below; `box` is any other.
 */
export interface Domain {
  readonly kind: "pixels" | "paper" | "box";
  readonly lower: number;
  readonly upper: number;
}

/** [0, 1] for every pixel: all pictures there are.                              (paper, Eq. 32) */
export const PIXEL_DOMAIN: Domain = { kind: "pixels", lower: 0, upper: 1 };

/**
 * What the paper's code solves over instead: −0.5 to 3.0 after the normalisation by 0.1307 and
 * 0.3081, which is −0.02335 to 1.055 in pixels, a little larger than [0, 1].
 */
export const PAPER_DOMAIN: Domain = {
  kind: "paper",
  lower: -0.5 * 0.3081 + 0.1307,
  upper: 3.0 * 0.3081 + 0.1307,
};

/** How a domain may be given: by a name or as `LOWER:UPPER`, by its two ends, or as one. */
export type DomainChoice = string | { readonly lower: number; readonly upper: number };

/** The grammar of `toDomain`, for messages and for the command line's help. */
export const DOMAIN_GRAMMAR =
  'pixels ([0, 1]), paper (the box of the paper\'s code), or LOWER:UPPER for every input, such as "-1:1"';

/**
 * The domain of a choice.
 *
 * @throws ArgumentError listing the names there are, or unless both ends are numbers, the lower one
 *   first
 */
export function toDomain(choice: DomainChoice): Domain {
  if (typeof choice === "string") return parseDomain(choice);
  const { lower, upper } = choice;
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower <= upper)) {
    throw new ArgumentError(
      `a domain needs two numbers, the lower one first; found ${lower} and ${upper}`,
    );
  }
  const known = [PIXEL_DOMAIN, PAPER_DOMAIN].find(
    (domain) => domain.lower === lower && domain.upper === upper,
  );
  return known ?? { kind: "box", lower, upper };
}

/** The domain of a name or of `LOWER:UPPER`; @throws ArgumentError saying what there is. */
export function parseDomain(text: string): Domain {
  if (text === "pixels") return PIXEL_DOMAIN;
  if (text === "paper") return PAPER_DOMAIN;
  const ends = text.split(":");
  if (ends.length === 2 && ends.every((end) => end.trim() !== "" && !Number.isNaN(Number(end)))) {
    return toDomain({ lower: Number(ends[0]), upper: Number(ends[1]) });
  }
  throw new ArgumentError(`unknown domain "${plainText(text)}"; there are ${DOMAIN_GRAMMAR}`);
}

/**
 * The name under which experiments note a domain, which `parseDomain` reads back: `pixels`, `-1:1`.
 */
export function domainName({ kind, lower, upper }: Domain): string {
  return kind === "box" ? `${lower}:${upper}` : kind;
}

/** A domain in words, for whatever a bound stands in: `[0, 1] (pixels)`, `[-1, 1]`. */
export function describeDomain({ kind, lower, upper }: Domain): string {
  // The paper's ends come out of a product and would show its rounding.
  if (kind === "paper") return `[${Number(lower.toFixed(5))}, ${Number(upper.toFixed(5))}] (paper)`;
  return `[${lower}, ${upper}]${kind === "pixels" ? " (pixels)" : ""}`;
}

/**
 * @throws ArgumentError naming the first value of x that lies outside the domain, or is not a
 *   number
 */
export function checkInDomain(x: Readonly<Float64Array>, domain: Domain): void {
  for (let index = 0; index < x.length; index++) {
    if (!(x[index] >= domain.lower && x[index] <= domain.upper)) {
      throw new ArgumentError(
        `value ${index} of the point is ${x[index]}, outside the domain ${describeDomain(domain)}` +
          (domain.kind === "box" ? "" : "; inputs are pixels divided by 255") +
          "; bounds hold inside it only",
      );
    }
  }
}
