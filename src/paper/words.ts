import { formatSignificant } from "../present/numberFormat";

/*
 * Constants in words. What a page says of a limit is made of the limit, so that neither can be
 * changed alone.
 */

const PARTS: Readonly<Record<number, string>> = {
  2: "half",
  3: "a third",
  4: "a quarter",
  5: "a fifth",
  10: "a tenth",
};

/** How near 1 / share has to be to a whole number to be one. */
const EXACT = 1e-12;

/** The word of a part, `a quarter` of 0.25; undefined where there is none. */
function partWord(share: number): string | undefined {
  const parts = Math.round(1 / share);
  return Math.abs(parts * share - 1) <= EXACT ? PARTS[parts] : undefined;
}

/** A part of a whole: `a quarter` of 0.25, `30 per cent` of 0.3. */
export function partInWords(share: number): string {
  return partWord(share) ?? `${formatSignificant(100 * share, 3)} per cent`;
}

/** A small amount of something that is counted: `half a point` of 0.5, `2 points` of 2. */
export function amountInWords(amount: number, one: string, many: string): string {
  if (amount === 1) return `a ${one}`;
  const part = partWord(amount);
  if (part === undefined) return `${formatSignificant(amount, 3)} ${many}`;
  return part === "half" ? `half a ${one}` : `${part} of a ${one}`;
}

/** How many times as much: `twice` of 2, `3 times` of 3. */
export function timesInWords(factor: number): string {
  return factor === 2 ? "twice" : `${formatSignificant(factor, 3)} times`;
}

/** Growth by a factor: `tenfold` of 10, `20-fold` of 20. */
export function foldInWords(factor: number): string {
  return factor === 10 ? "tenfold" : `${formatSignificant(factor, 3)}-fold`;
}

/** The root of a whole number by that number, `√10`; any other number by its digits. */
export function rootInWords(value: number): string {
  const square = Math.round(value * value);
  return !Number.isInteger(value) && Math.abs(Math.sqrt(square) / value - 1) <= EXACT
    ? `√${square}`
    : formatSignificant(value, 4);
}
