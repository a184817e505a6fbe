import type { CombinedRows, Multiplier, RowOracle } from "../lp/program";
import { summationError } from "../numeric/rounding";

/** Multipliers told apart by whether they are taken one by one. */
export interface Parted {
  readonly apart: Multiplier[];
  readonly others: Multiplier[];
}

/** Those of which it is said, and the others. */
export function part(
  multipliers: readonly Multiplier[],
  isApart: (multiplier: Multiplier) => boolean,
): Parted {
  const apart: Multiplier[] = [];
  const others: Multiplier[] = [];
  for (const each of multipliers) (isApart(each) ? apart : others).push(each);
  return { apart, others };
}

/** As many rows of the largest multipliers, about those that bind at an optimum, go one by one. */
const HEAVIEST = 1024;

/**
 * Multipliers of rows worth taking one by one, deep ones and those that are largest, and the
 * others.
 */
export function heaviest(
  multipliers: readonly Multiplier[],
  isDeep: (multiplier: Multiplier) => boolean,
): Parted {
  const values = Float64Array.from(multipliers, ({ value }) => value).sort();
  const limit = values.length > HEAVIEST ? values[values.length - HEAVIEST] : 0;
  return part(multipliers, (each) => each.value >= limit || isDeep(each));
}

/** Rows that are added up together before their sum is: n rows are ~ n / 32 + 32 additions deep. */
const TOGETHER = 32;

/** What roundings of roundings come to, as a share. */
const ONCE_MORE = 1 + 2 ** -40;

/**
 * Adds rows to combined ones, each as it is written. Its slack at x is b − a·x of the numbers
 * themselves, with what their sum may be off.
 */
export function addWrittenRows(
  combined: CombinedRows,
  row: RowOracle["row"],
  multipliers: readonly Multiplier[],
  x: Readonly<Float64Array>,
): CombinedRows {
  const taken = multipliers.filter(({ value }) => value > 0 && value !== Infinity);
  const weights = Float64Array.from(combined.weights);
  const magnitudes = combined.weights.map(Math.abs);
  const block = new Float64Array(x.length);
  const written = new Float64Array(x.length);
  let slack = combined.slack;
  let slackMagnitude = Math.abs(slack);
  let restErrors = 0;
  for (let first = 0; first < taken.length; first += TOGETHER) {
    block.fill(0);
    for (const { row: index, value } of taken.slice(first, first + TOGETHER)) {
      const bound = row(index, written);
      let rest = bound;
      let restMagnitude = Math.abs(bound);
      let terms = 1;
      for (let input = 0; input < x.length; input++) {
        if (written[input] === 0) continue;
        const term = value * written[input];
        block[input] += term;
        magnitudes[input] += Math.abs(term);
        terms++;
        rest -= written[input] * x[input];
        restMagnitude += Math.abs(written[input] * x[input]);
      }
      slack += value * rest;
      slackMagnitude += value * Math.abs(rest);
      restErrors += value * restMagnitude * summationError(2 * terms + 4);
    }
    for (let input = 0; input < x.length; input++) weights[input] += block[input];
  }
  // A product, the additions within a block and those of blocks; four more, for magnitudes and
  // errors are rounded sums themselves.
  const depth = Math.min(TOGETHER, taken.length) + Math.ceil(taken.length / TOGETHER) + 4;
  const relative = summationError(depth);
  const weightErrors = combined.weightErrors.map(
    (error, input) => (error + relative * magnitudes[input]) * ONCE_MORE,
  );
  const slackError =
    (combined.slackError + restErrors + slackMagnitude * summationError(taken.length + 4)) *
    ONCE_MORE;
  return { weights, weightErrors, slack, slackError };
}
