import {
  DEFAULT_DIGITS,
  formatSpecial,
  formatCount,
  formatSeconds,
  THIN_SPACE,
} from "../numberFormat";
import { outwards, type EndOfInterval } from "../endOfInterval";
import type { NumberStyle } from "../../claim/column";
import type { KindOfNumber } from "../../claim/kindOfNumber";
import { isDate, isTypedArray } from "../../unknownValue";

export type { NumberStyle } from "../../claim/column";

/** What a column holds; the names are danfojs's. */
export type Dtype = "float32" | "int32" | "string" | "boolean" | "datetime" | "undefined";

/** What a table says about one of its columns besides the values. */
export interface ColumnNote {
  /** Heading in place of the column's name. */
  readonly label?: string;
  /** What its numbers claim; shown in the second line of the header. */
  readonly kind?: KindOfNumber;
  /**
   * Which end of an interval the numbers are, whose rounding may only widen it: a lower end is
   * never rounded up, an upper one never down. A bound is an upper end unless it says otherwise;
   * other numbers are rounded to the nearest.
   */
  readonly end?: EndOfInterval;
  /** Of a bound: for which inputs it is proved, such as `every input in [0, 1] (pixels)`. */
  readonly inputs?: string;
  /** Unit, shown behind the kind. */
  readonly unit?: string;
  /** The caption says the unit, so that headings need not. */
  readonly isUnitInCaption?: boolean;
  readonly style?: NumberStyle;
  /** Significant digits of the largest value needed; 6 unless given. */
  readonly digits?: number;
  /** Digits behind the point, for the whole column; overrules `digits`. */
  readonly decimals?: number;
}

/** Decimals beyond which a column of mixed magnitudes is written with powers of ten instead. */
const LARGEST_DECIMALS = 9;
/** Digits beyond which binary64 has nothing to say. */
const LARGEST_DIGITS = 15;
/** Characters of a text that a cell shows. */
const LARGEST_TEXT = 120;

/**
 * The cells of one column as text. Numbers share one count of decimals, so that right-aligned they
 * stand point under point; it is the smallest that shows every value to its significant digits.
 */
export function formatColumn(
  values: readonly unknown[],
  dtype: Dtype,
  note: ColumnNote = {},
): string[] {
  const formatNumber = chooseNumberFormat(values, dtype, note);
  return values.map((value) => formatCell(value, formatNumber));
}

function formatCell(value: unknown, formatNumber: (value: number) => string): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return formatSpecial(value) ?? formatNumber(value);
  if (typeof value === "string") return shorten(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (isDate(value)) return Number.isNaN(value.getTime()) ? "NaT" : value.toISOString();
  if (ArrayBuffer.isView(value)) {
    return `[${isTypedArray(value) ? value.length : value.byteLength} values]`;
  }
  try {
    return shorten(JSON.stringify(value) ?? String(value));
  } catch {
    // Cycles and big integers inside cannot be written as JSON; the kind of thing is then all we
    // say.
    return Object.prototype.toString.call(value);
  }
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= LARGEST_TEXT
    ? text
    : `${characters.slice(0, LARGEST_TEXT - 1).join("")}…`;
}

function chooseNumberFormat(
  values: readonly unknown[],
  dtype: Dtype,
  note: ColumnNote,
): (value: number) => string {
  const finite = values.filter((value): value is number => Number.isFinite(value));
  const style = note.style ?? "number";
  const end = note.end ?? (note.kind === "bound" ? "upper" : undefined);
  const fixed = (value: number, decimals: number): string =>
    withoutNegativeZero(outwards(value, end, (one) => one.toFixed(decimals), 10 ** -decimals));
  if (style === "count") return formatCount;
  if (style === "seconds") return formatSeconds;
  if (style === "percent") {
    const decimals = note.decimals ?? 2;
    return (value) => `${fixed(100 * value, decimals)}${THIN_SPACE}%`;
  }
  const digits = note.digits ?? DEFAULT_DIGITS;
  if (style === "powerOfTen") return exponential(finite, digits, end);
  if (note.decimals !== undefined) {
    const { decimals } = note;
    return (value) => fixed(value, decimals);
  }
  if (finite.every(Number.isSafeInteger)) {
    // A column of floats keeps one decimal, so that it is not taken for counts.
    const looksLikeFloat = dtype === "float32" && finite.length === values.length;
    return looksLikeFloat ? (value) => fixed(value, 1) : String;
  }
  const decimals = sharedDecimals(finite, digits);
  return decimals === undefined
    ? exponential(finite, digits, end)
    : (value) => fixed(value, decimals);
}

/**
 * The smallest count of decimals that shows every value to its significant digits; `undefined` when
 * magnitudes lie so far apart that fixed decimals would be unreadable.
 */
function sharedDecimals(values: readonly number[], digits: number): number | undefined {
  let needed = 0;
  let largest = 0;
  for (const value of values) {
    if (value === 0) continue;
    const [mantissa = "", exponent = "0"] = value.toExponential(digits - 1).split("e");
    const significant = mantissa.replace(/[-.]/g, "").replace(/0+$/, "").length;
    needed = Math.max(needed, significant - 1 - Number(exponent));
    largest = Math.max(largest, Number(exponent));
  }
  if (largest + 1 > LARGEST_DIGITS) return undefined;
  // Never more digits than binary64 holds: what came after them would be noise.
  const decimals = Math.min(needed, LARGEST_DIGITS - 1 - Math.max(largest, 0));
  return decimals > LARGEST_DECIMALS ? undefined : decimals;
}

function exponential(
  values: readonly number[],
  digits: number,
  end: EndOfInterval | undefined,
): (value: number) => string {
  let needed = 0;
  for (const value of values) {
    const [mantissa = ""] = value.toExponential(digits - 1).split("e");
    needed = Math.max(needed, mantissa.replace(/[-.]/g, "").replace(/0+$/, "").length - 1);
  }
  return (value) => {
    if (value === 0) return "0";
    const power = Number(value.toExponential(needed).split("e")[1]);
    const step = 10 ** (power - needed);
    const text = outwards(value, end, (one) => one.toExponential(needed), step);
    const [mantissa = "", exponent = ""] = text.split("e");
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${mantissa}e${sign}${exponent.slice(1).padStart(2, "0")}`;
  };
}

function withoutNegativeZero(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}
