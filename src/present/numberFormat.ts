import { outwards, type EndOfInterval } from "./endOfInterval";

/**
 * A narrow space that never breaks a line; it parts groups of digits, and a number from its unit.
 */
export const THIN_SPACE = "\u202f";

/**
 * Digits that a number shows unless asked otherwise: enough to tell results apart, free of binary
 * noise.
 */
export const DEFAULT_DIGITS = 6;

const SMALLEST_FIXED = 1e-5;
const LARGEST_FIXED = 1e9;

/**
 * Missing, undefined and infinite values as words; `undefined` when the number is an ordinary one.
 */
export function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "∞";
  if (value === -Infinity) return "-∞";
  return undefined;
}

/**
 * A number rounded to significant digits, without trailing zeros: 0.1 + 0.2 is `0.3`. Very large
 * and very small magnitudes get a power of ten: `1.2e-9`.
 */
export function formatSignificant(value: number, digits: number = DEFAULT_DIGITS): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude >= SMALLEST_FIXED && magnitude < LARGEST_FIXED) {
    const exponent = Number(magnitude.toExponential(digits - 1).split("e")[1]);
    const decimals = Math.max(0, digits - 1 - exponent);
    return trimZeros(value.toFixed(decimals));
  }
  return formatPowerOfTen(value, digits);
}

/**
 * The end of an interval, to significant digits: a lower one is never above it, an upper one never
 * below. What is rounded to the other side would be no bound.
 */
export function formatEnd(
  value: number,
  end: EndOfInterval,
  digits: number = DEFAULT_DIGITS,
): string {
  const exponent = Number(
    Math.abs(value)
      .toExponential(digits - 1)
      .split("e")[1],
  );
  const write = (one: number): string => formatSignificant(one, digits);
  const place = 10 ** (exponent - digits + 1);
  // Digits before the point are all written, however few are asked for.
  const step = Math.abs(value) < LARGEST_FIXED ? Math.min(1, place) : place;
  return outwards(value, end, write, step);
}

/**
 * A bound from above, to significant digits and never below it.
 *
 * @example formatUpperBound(8.2700001, 3)  // 8.28
 */
export function formatUpperBound(value: number, digits: number = DEFAULT_DIGITS): string {
  return formatEnd(value, "upper", digits);
}

/** A number as mantissa and power of ten, without trailing zeros in the mantissa: `1.2e-9`. */
export function formatPowerOfTen(value: number, digits: number = DEFAULT_DIGITS): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const [mantissa = "0", exponent = "+0"] = value.toExponential(digits - 1).split("e");
  return `${trimZeros(mantissa)}e${exponent.replace("+", "")}`;
}

/**
 * Drops the zeros that say nothing after a decimal point, and the point itself when nothing is
 * left.
 */
export function trimZeros(text: string): string {
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return trimmed === "-0" ? "0" : trimmed;
}

/** A whole number with its digits in groups of three from five digits on: `70 000`, but `5000`. */
export function formatCount(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const digits = Math.abs(value).toFixed(0);
  const grouped = digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return value < 0 && grouped !== "0" ? `-${grouped}` : grouped;
}

/** A fraction as a percentage: 0.983 is `98.30 %`. */
export function formatPercent(fraction: number, decimals: number = 2): string {
  return formatSpecial(fraction) ?? `${(100 * fraction).toFixed(decimals)}${THIN_SPACE}%`;
}

/** A number with its unit behind a thin space. */
export function formatQuantity(value: number, unit: string, digits?: number): string {
  return `${formatSignificant(value, digits)}${THIN_SPACE}${unit}`;
}

/**
 * A length of time in the unit that reads best: `850 ms`, `12.3 s`, `4 min 10 s`, `2 h 5 min`,
 * `3 d 4 h`.
 */
export function formatSeconds(seconds: number): string {
  const special = formatSpecial(seconds);
  if (special !== undefined) return special;
  if (seconds < 0) return `-${formatSeconds(-seconds)}`;
  if (seconds < 0.9995) return formatQuantity(1000 * seconds, "ms", 3);
  if (seconds < 59.95) return formatQuantity(seconds, "s", 3);
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / 3600);
  return twoUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${large}${THIN_SPACE}${largeUnit}`;
  return small === 0 ? first : `${first} ${small}${THIN_SPACE}${smallUnit}`;
}
