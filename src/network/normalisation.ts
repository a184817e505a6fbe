import { ArgumentError, FormatError } from "../errors";
import { plainText } from "../quoteName";
import { readObject, refuseOthers } from "./format/fields";
import { readDivisors, readPerInput, type PerInputChoice } from "./layer/perInput";

/**
 * How inputs are normalised: they become (x − mean) / deviation; `none` leaves them. A list is one
 * number for each input or, of images, for each channel.
 */
export type Normalisation =
  "none" | { readonly mean: PerInputChoice; readonly deviation: PerInputChoice };

/** The grammar of `parseNormalisation`, for messages and for the command line's help. */
export const NORMALISATION_GRAMMAR = 'none, or MEAN,DEVIATION such as "0.1307,0.3081"';

/** Longer texts are no normalisation: a network with more inputs has no metadata by hand. */
const LONGEST_TEXT = 1e6;

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
      `cannot read "${plainText(text)}" as a normalisation; use ${NORMALISATION_GRAMMAR}, or a ` +
        ".json file with mean and deviation, each a number or one for each input or channel",
    );
  }
  return { mean, deviation };
}

/** @throws FormatError unless it is "none" or an object of a mean and a deviation */
export function readNormalisationField(value: unknown, where: string): Normalisation {
  if (value === "none") return "none";
  const fields = readObject(value, where);
  refuseOthers(fields, ["mean", "deviation"]);
  return { mean: readPerInput(fields, "mean"), deviation: readDivisors(fields, "deviation") };
}

/**
 * A normalisation as metadata have it: `(x/255-0.1307)/0.3081` (bytes), `(x-0.1307)/0.3081` (pixels
 * in [0, 1]), or with a list for each of the two numbers, `(x-[0.5,0.4])/[0.2,0.3]`; spaces and −
 * are welcome.
 *
 * @throws FormatError quoting the text
 */
export function readNormalisation(text: string, source: string): Normalisation {
  if (text === "none") return "none";
  const plain = text.length > LONGEST_TEXT ? "" : text.replace(/\s/g, "").replace(/−/g, "-");
  const match = /^\(x(?:\/255)?-([\d.]+|\[[^\][]*\])\)\/([\d.]+|\[[^\][]*\])$/.exec(plain);
  const [mean, deviation] = [match?.[1], match?.[2]].map(readNumbers);
  const isRight =
    mean.length > 0 &&
    deviation.length > 0 &&
    mean.every((value) => Number.isFinite(value)) &&
    deviation.every(isDeviation);
  if (!isRight) {
    throw new FormatError(
      `${source}: metadata "normalisation" is "${plainText(text)}", expected ` +
        '"(x/255-MEAN)/DEVIATION" or "none"; a list in brackets is one number for each input or channel',
    );
  }
  const given = (numbers: readonly number[], part: string | undefined): PerInputChoice =>
    part?.startsWith("[") === true ? numbers : numbers[0];
  return { mean: given(mean, match?.[1]), deviation: given(deviation, match?.[2]) };
}

/** `0.5` or `[0.5,-1e-3]`; NaN for what is no number. */
function readNumbers(text = ""): number[] {
  return text
    .replace(/[[\]]/g, "")
    .split(",")
    .map((part) => (/^-?[\d.]+(e[-+]?\d+)?$/i.test(part) ? Number(part) : NaN));
}

function isDeviation(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}
