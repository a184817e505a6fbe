import { ArgumentError, FormatError, ShapeError } from "../../errors";
import { isList, isTypedArray } from "../../unknownValue";
import { brief, type Fields } from "../format/fields";

/**
 * One number for all inputs, or a list: one for each of them, or one for each channel. A list of n
 * numbers divides the inputs into n runs of equal length, in their order: channel after channel.
 */
export type PerInput = number | readonly number[];

/** `PerInput` as people give it, in any array of numbers. */
export type PerInputChoice = number | ArrayLike<number>;

/** How many numbers there are. */
export function countOf(numbers: PerInputChoice): number {
  return typeof numbers === "number" ? 1 : numbers.length;
}

/** One number for all values, or as many as there are values. */
export function spread(numbers: PerInput, size: number): number | Float64Array {
  if (typeof numbers === "number") return numbers;
  const run = size / numbers.length;
  return Float64Array.from({ length: size }, (_, index) => numbers[Math.floor(index / run)]);
}

/** The number that belongs to one of `size` values. */
export function numberAt(numbers: PerInput, size: number, index: number): number {
  if (typeof numbers === "number") return numbers;
  return numbers[Math.floor(index / (size / numbers.length))];
}

/**
 * @throws ShapeError unless lists of numbers go with each other and with so many values,
 *   ArgumentError for a number that makes no sense
 */
export function checkPerInput(
  { mean, deviation }: { readonly mean: PerInput; readonly deviation: PerInput },
  where: string,
  size: number,
): void {
  const counts = [mean, deviation].flatMap((one) => (typeof one === "number" ? [] : [one.length]));
  const odd = counts.find((count) => count !== counts[0] || count === 0 || size % count !== 0);
  if (odd !== undefined) {
    throw new ShapeError(
      `${where} has ${countOf(mean)} means and ${countOf(deviation)} deviations for ${size} values; ` +
        "expected one number, or one for each value or channel, as many of both",
    );
  }
  for (let index = 0; index < Math.max(1, ...counts); index++) {
    const [m, d] = [mean, deviation].map((one) => (typeof one === "number" ? one : one[index]));
    if (Number.isFinite(m) && Number.isFinite(d) && d > 0) continue;
    const which = counts.length === 0 ? "" : ` as number ${index}`;
    throw new ArgumentError(
      `${where} needs a finite mean and a finite deviation > 0, found ${m} and ${d}${which}`,
    );
  }
}

/** @throws FormatError unless the field is a finite number or a list of them */
export function readPerInput({ values, where }: Fields, key: string): PerInput {
  const value = values[key];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (!isList(value) && !isTypedArray(value)) {
    throw new FormatError(
      `${where}: "${key}" must be a finite number or a list of them, found ${brief(value)}`,
    );
  }
  const numbers = Array.from<unknown, number>(value, (one, index) => {
    if (typeof one === "number" && Number.isFinite(one)) return one;
    throw new FormatError(
      `${where}: "${key}", number ${index}, must be a finite number, found ${brief(one)}`,
    );
  });
  if (numbers.length > 0) return numbers;
  throw new FormatError(`${where}: "${key}" is an empty list; expected a number, or one per input`);
}

/** As `readPerInput`, of what values are divided by; @throws FormatError if one is not above 0 */
export function readDivisors(fields: Fields, key: string): PerInput {
  const numbers = readPerInput(fields, key);
  const odd = (typeof numbers === "number" ? [numbers] : numbers).find((one) => !(one > 0));
  if (odd === undefined) return numbers;
  throw new FormatError(`${fields.where}: "${key}" must be > 0, found ${odd}`);
}
