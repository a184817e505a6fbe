import { DUAL_SLIP, SLOPE_NOISE, SMALLEST_ENTRY, STABLE_PIVOT } from "../../numeric/tolerance";
import type { Simplex } from "./state";

/** What enters the basis: a variable (its index) or the slack of a tight row (its place). */
export interface Entering {
  readonly kind: "variable" | "slack";
  readonly index: number;
  /** How far the dual goes: the new multiplier of what leaves. */
  readonly step: number;
  /** |entry of the pivot row|. */
  readonly size: number;
}

/**
 * The outcome of a ratio test: what enters, and which variables flip to their other bound on the
 * way.
 */
export interface RatioTest {
  readonly entering: Entering | undefined;
  readonly flips: readonly number[];
}

/** The candidates of a ratio test, in the memory. */
interface Candidates {
  readonly ratio: Float64Array;
  readonly entry: Float64Array;
  readonly index: Int32Array;
}

/**
 * The bound flipping ratio test (Maros; Harris's choice of the larger pivot among near ties).
 *
 * While the multiplier of the leaving row grows by t, reduced costs move as r_j − t · entry_j and
 * multipliers as λ − t · entry. A reduced cost that reaches zero stops the growth, unless its
 * variable can flip to its other bound and the leaving row is still violated after that: then it
 * flips and the growth goes on. A multiplier that reaches zero always stops it.
 *
 * @param violation  by how much the leaving row is violated, > 0
 * @param isBland    take the first of the smallest ratios and flip nothing, for the anti-cycling
 *   rule
 * @returns `entering` undefined: all flips together do not repair the row, so the program is
 *   infeasible
 */
export function ratioTest(simplex: Simplex, violation: number, isBland: boolean): RatioTest {
  const { candidateRatio, candidateEntry, candidateIndex } = simplex.memory;
  const candidates: Candidates = {
    ratio: candidateRatio.view,
    entry: candidateEntry.view,
    index: candidateIndex.view,
  };
  let count = collect(simplex, candidates);
  if (isBland) return { entering: firstCandidate(simplex, candidates, count), flips: [] };
  const { ratio, entry, index } = candidates;
  const { size } = simplex.memory;
  heapify(candidates, count);
  const flips: number[] = [];
  let slope = violation;
  // The latest breakpoint passed whose pivot would be stable, as number of flips before it.
  let fallback: { entering: Entering; flipCount: number } | undefined;
  const at = (): Entering => {
    const isVariable = index[0] < size;
    return {
      kind: isVariable ? "variable" : "slack",
      index: isVariable ? index[0] : index[0] - size,
      step: ratio[0],
      size: entry[0],
    };
  };
  while (count > 0) {
    const candidate = at();
    let isLast = candidate.kind === "slack";
    if (!isLast) {
      const width = simplex.upper[candidate.index] - simplex.lower[candidate.index];
      slope -= candidate.size * width;
      isLast = slope <= SLOPE_NOISE;
    }
    if (isLast) {
      const entering = amongNearTies(candidates, count, at);
      if (entering.size < STABLE_PIVOT && fallback !== undefined) {
        return { entering: fallback.entering, flips: flips.slice(0, fallback.flipCount) };
      }
      return { entering, flips };
    }
    if (candidate.size >= STABLE_PIVOT) {
      fallback = { entering: candidate, flipCount: flips.length };
    }
    flips.push(candidate.index);
    count = pop(candidates, count);
  }
  return { entering: undefined, flips };
}

/** Bland's choice: of the smallest ratios the one with the lowest index. */
function firstCandidate(
  simplex: Simplex,
  { ratio, entry, index }: Candidates,
  count: number,
): Entering | undefined {
  if (count === 0) return undefined;
  let best = 0;
  for (let other = 1; other < count; other++) {
    const isTie = ratio[other] === ratio[best] && index[other] < index[best];
    if (ratio[other] < ratio[best] || isTie) best = other;
  }
  const { size } = simplex.memory;
  const isVariable = index[best] < size;
  return {
    kind: isVariable ? "variable" : "slack",
    index: isVariable ? index[best] : index[best] - size,
    step: ratio[best],
    size: entry[best],
  };
}

/**
 * Everything whose reduced cost or multiplier shrinks towards zero before the first multiplier gets
 * there, which always ends the growth: what comes later (beyond Harris's slip) cannot enter.
 */
function collect(simplex: Simplex, { ratio, entry, index }: Candidates): number {
  const { memory, status, basisCount } = simplex;
  const { size } = memory;
  let count = 0;
  let reach = Infinity;
  const tightEntry = memory.tightEntry.view;
  const multiplier = memory.multiplier.view;
  for (let place = 0; place < basisCount; place++) {
    const value = tightEntry[place];
    if (value <= SMALLEST_ENTRY || multiplier[place] > reach * value) continue;
    const quotient = multiplier[place] / value;
    ratio[count] = quotient > 0 ? quotient : 0;
    entry[count] = value;
    index[count++] = size + place;
    reach = Math.min(reach, (multiplier[place] + DUAL_SLIP) / value);
  }
  const { kernels, pivotRow, reduced, candidateRatio, candidateEntry, candidateIndex } = memory;
  memory.status.view.set(status);
  return kernels.choices.collectBreakpoints({
    status: memory.status.at,
    entries: pivotRow.at,
    costs: reduced.at,
    size,
    smallest: SMALLEST_ENTRY,
    reach,
    ratios: candidateRatio.at,
    sizes: candidateEntry.at,
    indices: candidateIndex.at,
    found: count,
  });
}

/**
 * Harris: of the candidates that come so soon after the first that passing those before them spoils
 * no reduced cost by more than DUAL_SLIP, the one with the largest entry.
 */
function amongNearTies(candidates: Candidates, total: number, at: () => Entering): Entering {
  let count = total;
  let best = at();
  let reach = best.step + DUAL_SLIP / best.size;
  for (;;) {
    count = pop(candidates, count);
    if (count === 0 || candidates.ratio[0] > reach) return best;
    const next = at();
    reach = Math.min(reach, next.step + DUAL_SLIP / next.size);
    if (next.size > best.size) best = next;
  }
}

/** Orders by ratio, then larger entry, then index: a total order, so the result is unique. */
function isBefore({ ratio, entry, index }: Candidates, one: number, other: number): boolean {
  if (ratio[one] !== ratio[other]) return ratio[one] < ratio[other];
  if (entry[one] !== entry[other]) return entry[one] > entry[other];
  return index[one] < index[other];
}

function swap({ ratio, entry, index }: Candidates, one: number, other: number): void {
  const keptRatio = ratio[one];
  ratio[one] = ratio[other];
  ratio[other] = keptRatio;
  const keptEntry = entry[one];
  entry[one] = entry[other];
  entry[other] = keptEntry;
  const keptIndex = index[one];
  index[one] = index[other];
  index[other] = keptIndex;
}

function sift(candidates: Candidates, from: number, count: number): void {
  let parent = from;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= count) return;
    if (child + 1 < count && isBefore(candidates, child + 1, child)) child++;
    if (!isBefore(candidates, child, parent)) return;
    swap(candidates, child, parent);
    parent = child;
  }
}

/** Makes the first `count` candidates a heap with the first breakpoint on top. */
function heapify(candidates: Candidates, count: number): void {
  for (let parent = (count >> 1) - 1; parent >= 0; parent--) sift(candidates, parent, count);
}

/** Removes the top; returns the new count. */
function pop(candidates: Candidates, count: number): number {
  swap(candidates, 0, count - 1);
  sift(candidates, 0, count - 1);
  return count - 1;
}
