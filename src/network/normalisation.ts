import { ArgumentError, FormatError } from "../errors";
import { plainText } from "../quoteName";

/**
 * How inputs are normalised: pixels in [0, 1] become (x − mean) / deviation; `none` leaves them.
 */
export type Normalisation = "none" | { readonly mean: number; readonly deviation: number };

/** The grammar of `parseNormalisation`, for messages and for the command line's help. */
export const NORMALISATION_GRAMMAR = 'none, or MEAN,DEVIATION such as "0.1307,0.3081"';

/** Longer texts are no normalisation. */
const LONGEST_TEXT = 80;

/**
 * A normalisation as it is given on a command line: `none` or `0.1307,0.3081`.
 *
 * @throws ArgumentError quoting the text
 */
export function parseNormalisation(text: string): Normalisation {
  if (text.trim() === "none") return "none";
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [mean, deviation] = numbers;
  if (numbers.length !== 2 || !Number.isFinite(mean) || !isDeviation(deviation)) {
    throw new ArgumentError(
      `cannot read "${plainText(text)}" as a normalisation; use ${NORMALISATION_GRAMMAR}`,
    );
  }
  return { mean, deviation };
}

/**
 * A normalisation as metadata have it: `(x/255-0.1307)/0.3081` (bytes) or `(x-0.1307)/0.3081`
 * (pixels in [0, 1]); spaces and − are welcome.
 *
 * @throws FormatError quoting the text
 */
export function readNormalisation(text: string, source: string): Normalisation {
  if (text === "none") return "none";
  const plain = text.length > LONGEST_TEXT ? "" : text.replace(/\s/g, "").replace(/−/g, "-");
  const match = /^\(x(?:\/255)?-([\d.]+)\)\/([\d.]+)$/.exec(plain);
  const [mean, deviation] = [Number(match?.[1]), Number(match?.[2])];
  if (!Number.isFinite(mean) || !isDeviation(deviation)) {
    throw new FormatError(
      `${source}: metadata "normalisation" is "${plainText(text)}", expected ` +
        '"(x/255-MEAN)/DEVIATION" or "none"',
    );
  }
  return { mean, deviation };
}

function isDeviation(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}
