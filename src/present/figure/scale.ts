import type { PlotlyObject } from "./figureData";
import { formatCount, formatSignificant } from "../numberFormat";
import { themedAxis } from "./theme";

/** How an axis divides its values. */
export type Scale = "linear" | "log";

/** Decades beyond which only powers of ten are marked. */
const FINE_DECADES = 2.2;
/** Axes that reach to less or to more are marked with powers of ten. */
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e7;
const MANTISSAS = [1, 2, 5];

/**
 * Marks of a logarithmic axis: powers of ten, with their double and fivefold where there is room.
 */
export interface LogTicks {
  readonly values: readonly number[];
  readonly texts: readonly string[];
}

/**
 * The marks of a logarithmic axis between two positive values; both ends get a neighbour outside,
 * so that a margin around the data is marked too.
 */
export function logTicks(lower: number, upper: number): LogTicks {
  const first = Math.floor(Math.log10(lower)) - 1;
  const last = Math.ceil(Math.log10(upper)) + 1;
  const decades = Math.log10(upper / lower);
  const step = Math.max(1, Math.ceil(decades / 10));
  const mantissas = decades <= FINE_DECADES ? MANTISSAS : [1];
  const values: number[] = [];
  for (let exponent = first; exponent <= last; exponent += step) {
    for (const mantissa of mantissas) values.push(Number(`${mantissa}e${exponent}`));
  }
  return { values, texts: values.map(tickText) };
}

/** Decimals where they are short, else mantissa and power of ten with a raised exponent. */
function tickText(value: number): string {
  if (value >= 1e4 && value < 1e6) return formatCount(value);
  if (value >= 1e-3 && value < 1e4) return formatSignificant(value, 3);
  const [mantissa = "1", exponent = "0"] = value.toExponential(0).split("e");
  const power = `10<sup>${exponent.replace("+", "").replace("-", "−")}</sup>`;
  return mantissa === "1" ? power : `${mantissa}·${power}`;
}

/**
 * An axis on either scale.
 *
 * @param range  smallest value above 0 and largest value that the axis will show
 */
export function scaledAxis(
  title: string,
  scale: Scale,
  range: readonly [number, number],
  extra: PlotlyObject = {},
): PlotlyObject {
  if (scale === "linear") {
    const isPlain = range[1] >= SMALLEST_PLAIN && range[1] < LARGEST_PLAIN;
    return themedAxis(title, { exponentformat: isPlain ? "none" : "power", ...extra });
  }
  const { values, texts } = logTicks(range[0], range[1]);
  return themedAxis(title, {
    type: "log",
    tickmode: "array",
    tickvals: values,
    ticktext: texts,
    ...extra,
  });
}

/** Smallest and largest value above 0, for the marks of a log axis; 1 and 1 when there is none. */
export function positiveRange(values: readonly ArrayLike<number | null>[]): [number, number] {
  let lower = Infinity;
  let upper = 0;
  for (const list of values) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i] ?? NaN;
      if (!(value > 0) || value === Infinity) continue;
      lower = Math.min(lower, value);
      upper = Math.max(upper, value);
    }
  }
  return upper === 0 ? [1, 1] : [lower, upper];
}
