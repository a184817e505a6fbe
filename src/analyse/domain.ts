import { sha256 } from "../dataset/checksum";
import { ArgumentError, ShapeError } from "../errors";
import { plainText } from "../quoteName";
import { endsAround, type Around } from "./around";

/**
 * The same lower and upper end for every input, however many there are. `pixels` and `paper` are
 * those two below; `box` is any other.
 */
export interface UniformDomain {
  readonly kind: "pixels" | "paper" | "box";
  readonly lower: number;
  readonly upper: number;
}

/** Ends of its own for each input. */
export interface InputsDomain {
  readonly kind: "inputs";
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Where inputs may lie. A bound holds for one, and names it. */
export type Domain = UniformDomain | InputsDomain;

/** [0, 1] for every pixel: all pictures there are.                              (paper, Eq. 32) */
export const PIXEL_DOMAIN: UniformDomain = { kind: "pixels", lower: 0, upper: 1 };

/**
 * What the paper's code solves over instead: −0.5 to 3.0 after the normalisation by 0.1307 and
 * 0.3081, which is −0.02335 to 1.055 in pixels, a little larger than [0, 1].
 */
export const PAPER_DOMAIN: UniformDomain = {
  kind: "paper",
  lower: -0.5 * 0.3081 + 0.1307,
  upper: 3.0 * 0.3081 + 0.1307,
};

/** One end for all inputs, or one for each. */
export type Ends = number | ArrayLike<number>;

/** A box around a point, within another: [0, 1] for every input unless it is said. */
export interface AroundChoice extends Around {
  readonly within?: DomainChoice;
}

/**
 * How a domain may be given: by a name or as `LOWER:UPPER`, by its ends, as one, or around a point.
 */
export type DomainChoice = string | { readonly lower: Ends; readonly upper: Ends } | AroundChoice;

/** The grammar of `toDomain`, for messages and for the command line's help. */
export const DOMAIN_GRAMMAR =
  'pixels ([0, 1]), paper (the box of the paper\'s code), or LOWER:UPPER for every input, such as "-1:1"';

/** The range that is seen in a data set, where there is one. */
export const DATA_DOMAIN = "data";

/**
 * The domain of a choice.
 *
 * @throws ArgumentError listing the names there are, or unless all ends are numbers, the lower one
 *   first; ShapeError if there are not as many lower ends as upper ones
 */
export function toDomain(choice: DomainChoice): Domain {
  if (typeof choice === "string") return parseDomain(choice);
  if ("around" in choice) {
    const { within = PIXEL_DOMAIN, ...around } = choice;
    const ends = endsAround(around, toDomain(within));
    return inputsDomain(ends.lower, ends.upper);
  }
  const { lower, upper } = choice;
  if (typeof lower === "number" && typeof upper === "number") return uniformDomain(lower, upper);
  return inputsDomain(lower, upper);
}

function uniformDomain(lower: number, upper: number): UniformDomain {
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

/** One of the two may be a number, which then is the end of all. */
function inputsDomain(lowerEnds: Ends, upperEnds: Ends): InputsDomain {
  const counts = [lowerEnds, upperEnds].flatMap((ends) => (isArray(ends) ? [ends.length] : []));
  const inputs = counts[0] ?? 0;
  const [lower, upper] = [lowerEnds, upperEnds].map((ends) =>
    typeof ends === "number" ? new Float64Array(inputs).fill(ends) : Float64Array.from(ends ?? []),
  );
  if (inputs === 0 || lower.length !== upper.length) {
    throw new ShapeError(
      `a domain needs one lower and one upper end for each input, found ${lower.length} and ` +
        `${upper.length}; one number stands for all`,
    );
  }
  const odd = lower.findIndex(
    (low, input) => !(Number.isFinite(low) && Number.isFinite(upper[input]) && low <= upper[input]),
  );
  if (odd === -1) return { kind: "inputs", lower, upper };
  throw new ArgumentError(
    `input ${odd} of the domain has ends ${lower[odd]} and ${upper[odd]}; expected two numbers, the ` +
      "lower one first",
  );
}

/** Arrays of notebook cells belong to another realm. */
function isArray(ends: Ends): ends is ArrayLike<number> {
  return typeof ends === "object" && ends !== null && typeof ends.length === "number";
}

/** The domain of a name or of `LOWER:UPPER`; @throws ArgumentError saying what there is. */
export function parseDomain(text: string): UniformDomain {
  if (text === "pixels") return PIXEL_DOMAIN;
  if (text === "paper") return PAPER_DOMAIN;
  const ends = text.split(text.includes(":") ? ":" : ",");
  if (ends.length === 2 && ends.every((end) => end.trim() !== "" && !Number.isNaN(Number(end)))) {
    return uniformDomain(Number(ends[0]), Number(ends[1]));
  }
  if (text === DATA_DOMAIN) {
    throw new ArgumentError(
      'the domain "data" is the range seen in a data set, which is not known here; rangeOf(dataset) gives it',
    );
  }
  if (text.startsWith(INPUTS_NAME)) {
    throw new ArgumentError(
      `${plainText(text)} names a domain with ends for each input, which the name does not hold; give { lower, upper }`,
    );
  }
  throw new ArgumentError(`unknown domain "${plainText(text)}"; there are ${DOMAIN_GRAMMAR}`);
}

/** How names of domains begin that have ends for each input. */
const INPUTS_NAME = "inputs-";

/**
 * The name under which experiments note a domain: `pixels`, `-1:1`, which `parseDomain` reads back,
 * or `inputs-` and a checksum of all ends.
 */
export function domainName({ kind, lower, upper }: Domain): string {
  if (kind === "inputs")
    return `${INPUTS_NAME}${sha256(bytesOf(lower), bytesOf(upper)).slice(0, 16)}`;
  return kind === "box" ? `${lower}:${upper}` : kind;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A domain in words, for whatever a bound stands in: `[0, 1] (pixels)`, `[-1, 1]`. */
export function describeDomain(domain: Domain): string {
  const { kind, lower, upper } = domain;
  if (kind === "inputs") {
    const within = `within [${Math.min(...lower)}, ${Math.max(...upper)}]`;
    return `the box ${domainName(domain)} (ends for each input, ${within})`;
  }
  // The paper's ends come out of a product and would show its rounding.
  if (kind === "paper") return `[${Number(lower.toFixed(5))}, ${Number(upper.toFixed(5))}] (paper)`;
  return `[${lower}, ${upper}]${kind === "pixels" ? " (pixels)" : ""}`;
}

/** As `describeDomain`, for what is known of a domain by its name alone. */
export function describeDomainName(name: string): string {
  if (name.startsWith(INPUTS_NAME)) return `the box ${name} (ends for each input)`;
  return describeDomain(parseDomain(name));
}
