import { formatSignificant } from "../present/numberFormat";
import { amountInWords, partInWords, rootInWords } from "./words";

/*
 * When a number of ours agrees with a printed one. These limits are the ones that pages print: what
 * is said of them is made from them.
 */

/**
 * Ratios up to this, either way, count as agreement: what two trainings without a common seed may
 * differ by.
 */
export const CLOSE_RATIO = 1.25;

/** Ratios up to this, either way, count as the same order of magnitude: half a decade. */
export const SAME_ORDER_RATIO = Math.sqrt(10);

/** Shares of images that differ by no more than this count as agreement: 50 of 10,000. */
export const CLOSE_SHARES = 0.005;

/** What a close ratio is within: `a quarter`. */
export const CLOSE_RATIO_WORDS = partInWords(CLOSE_RATIO - 1);

/** What close shares are within: `half a point`. */
const CLOSE_SHARES_WORDS = amountInWords(100 * CLOSE_SHARES, "point", "points");

/** How near a number is to the printed one. */
export type Nearness = "close" | "near" | "beyond";

interface Judged {
  readonly agreement: Nearness;
  readonly verdict: string;
}

/** ours / paper against the limits; numbers of different signs are never near. */
export function judgeRatio(ratio: number): Judged {
  const factor = ratio > 0 ? Math.max(ratio, 1 / ratio) : Infinity;
  if (factor <= CLOSE_RATIO) {
    return { agreement: "close", verdict: `agrees within ${CLOSE_RATIO_WORDS}` };
  }
  if (factor <= SAME_ORDER_RATIO) return { agreement: "near", verdict: "same order of magnitude" };
  if (!(ratio > 0)) return { agreement: "beyond", verdict: "ours has the other sign" };
  return { agreement: "beyond", verdict: ratio > 1 ? "ours is larger" : "ours is smaller" };
}

/** ours − paper of two shares against the limit. */
export function judgeShares(difference: number): Judged {
  if (Math.abs(difference) <= CLOSE_SHARES) {
    return { agreement: "close", verdict: `agrees within ${CLOSE_SHARES_WORDS}` };
  }
  const points = formatSignificant(Math.abs(100 * difference), 2);
  return { agreement: "beyond", verdict: `${points} points ${difference > 0 ? "more" : "less"}` };
}

/** The limits in words, as they are applied. */
export function describeLimits(): string {
  const range = (ratio: number): string =>
    `between ${formatSignificant(1 / ratio, 4)} and ${formatSignificant(ratio, 4)}`;
  return (
    `*Agrees within ${CLOSE_RATIO_WORDS}* means a ratio ${range(CLOSE_RATIO)} (for accuracies, ` +
    `${formatSignificant(100 * CLOSE_SHARES, 2)} per cent of the images), *same order of ` +
    `magnitude* one ${range(SAME_ORDER_RATIO)}, which is ${rootInWords(SAME_ORDER_RATIO)} either way`
  );
}
