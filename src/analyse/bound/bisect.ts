import type { Intervals } from "../intervals";
import type { Twins } from "../twin";
import type { BoundMethod, BoundOptions } from "./bound";

/** Up to so many inputs halving them pays: images have too many. */
export const MOST_BISECTED = 20;

/** How far the halving of a box, or the deciding of masks, has come. */
export interface Bisection {
  /** No input of the whole box has a larger E: the largest bound of a part that is left. */
  readonly upper: number;
  /** E at the witness, attained. */
  readonly lower: number;
  readonly witness: Readonly<Float64Array>;
  /** How many parts or nodes were bounded. */
  readonly boxes: number;
}

interface Part {
  readonly box: Intervals;
  readonly upper: number;
}

/**
 * Halves a box again and again along the input that is widest beside the whole, the part with the
 * largest bound first, and bounds each part by itself: bounds of all parts together hold for the
 * whole. Whoever takes the states may stop at any of them.
 *
 * @param first  what is proved of the whole box
 */
export function* bisect(
  twins: Twins,
  box: Intervals,
  run: BoundMethod,
  first: number,
  options: BoundOptions = {},
): Generator<Bisection, void> {
  const open: Part[] = [{ box, upper: first }];
  const widths = box.upper.map((high, input) => high - box.lower[input]);
  let boxes = 0;
  let best: Pick<Bisection, "lower" | "witness"> = { lower: -Infinity, witness: box.lower };
  for (;;) {
    const parts = halves(takeLargest(open), widths);
    if (parts === undefined) return;
    for (const part of parts) {
      const { total } = run(twins, part.box, options);
      boxes++;
      if (total.witness !== undefined && total.lower > best.lower) {
        best = { lower: total.lower, witness: total.witness };
      }
      open.push({ box: part.box, upper: Math.min(part.upper, total.upper) });
    }
    const upper = open.reduce((most, part) => Math.max(most, part.upper), 0);
    yield { upper, ...best, boxes };
  }
}

/** The part with the largest bound, taken out. */
function takeLargest(open: Part[]): Part {
  const at = open.reduce((best, part, index) => (part.upper > open[best].upper ? index : best), 0);
  const [part] = open.splice(at, 1);
  return part;
}

/** Both halves of a part; undefined where its middle is one of its ends. */
function halves(
  { box: { lower, upper }, upper: known }: Part,
  widths: Float64Array,
): Part[] | undefined {
  const share = (input: number): number =>
    widths[input] > 0 ? (upper[input] - lower[input]) / widths[input] : 0;
  const input = lower.reduce((best, _, next) => (share(next) > share(best) ? next : best), 0);
  const middle = lower[input] + (upper[input] - lower[input]) / 2;
  if (!(middle > lower[input] && middle < upper[input])) return undefined;
  const withEnd = (ends: Float64Array): Float64Array =>
    ends.map((end, at) => (at === input ? middle : end));
  return [
    { box: { lower, upper: withEnd(upper) }, upper: known },
    { box: { lower: withEnd(lower), upper }, upper: known },
  ];
}
