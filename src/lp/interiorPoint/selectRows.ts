import type { FramedRows } from "../framedRows";
import type { Layout } from "./layout";
import { LOOKED_AT, ROWS_PER_VARIABLE } from "./parameters";
import type { WorkingSet } from "./workingSet";

/** Rows wanted at first. */
export function firstCount({ size }: Layout): number {
  return Math.ceil(ROWS_PER_VARIABLE * size);
}

/**
 * Fills the working set with the rows whose hyperplanes pass nearest to the feasible point, and a
 * few of the dense ones, as far as they are as near.
 *
 * @param slacks  of all rows at the feasible point
 */
export function selectRows(
  set: WorkingSet,
  layout: Layout,
  { framed, dense }: FramedRows,
  slacks: Readonly<Float64Array>,
): void {
  const wanted = firstCount(layout);
  const limit = new NearestLimit();
  for (const { start, count, norms } of framed) {
    for (let index = 0; index < count; index++) {
      if (norms[index] > 0) limit.count(slacks[start + index] / norms[index]);
    }
  }
  const reach = limit.of(LOOKED_AT * wanted);
  for (const block of framed) {
    const { start, count, norms } = block;
    for (let index = 0; index < count; index++) {
      const slack = slacks[start + index];
      if (!(slack <= reach * norms[index]) || norms[index] === 0) continue;
      set.addFramed(block, start + index, slack, Infinity);
    }
  }
  let nearest = Infinity;
  if (set.count > wanted) {
    nearest = set.distances().sort()[wanted];
    set.keepNearer(nearest);
  }
  for (const { start, count, first } of dense) {
    for (const row of smallest(slacks, start, count, first)) {
      set.addDense(row, slacks[row], nearest);
    }
  }
}

/** The rows of a run with the smallest slacks, smallest first. */
function smallest(
  slacks: Readonly<Float64Array>,
  start: number,
  count: number,
  wanted: number,
): number[] {
  if (wanted === 0) return [];
  const limit = slacks.slice(start, start + count).sort()[Math.min(wanted, count) - 1];
  const rows: number[] = [];
  for (let row = start; row < start + count; row++) if (slacks[row] <= limit) rows.push(row);
  return rows.sort((a, b) => slacks[a] - slacks[b] || a - b).slice(0, wanted);
}

/** Bits of a single that are dropped: what is left tells distances apart to 0.4 %. */
const DROPPED_BITS = 15;

/** Finds a number below which about so many others lie, without sorting them. */
class NearestLimit {
  private readonly single = new Float32Array(1);
  private readonly bits = new Uint32Array(this.single.buffer);
  private readonly counts = new Int32Array(1 << (32 - DROPPED_BITS));
  private total = 0;

  count(distance: number): void {
    // The bits of singles that are not negative are in the order of their values.
    this.single[0] = distance > 0 ? distance : 0;
    this.counts[this.bits[0] >>> DROPPED_BITS]++;
    this.total++;
  }

  of(wanted: number): number {
    if (wanted >= this.total) return Infinity;
    let sum = 0;
    let bin = 0;
    while (sum < wanted) sum += this.counts[bin++];
    this.bits[0] = bin << DROPPED_BITS;
    return this.single[0];
  }
}
