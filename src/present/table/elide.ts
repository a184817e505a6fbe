/** Which of `count` positions are shown when at most `limit` may be: the first and the last. */
export interface Elision {
  readonly positions: readonly number[];
  /** How many of `positions` stand before the gap; equals their count when there is none. */
  readonly before: number;
  readonly hiddenCount: number;
}

/**
 * Keeps both ends of a long run and leaves out its middle.
 *
 * @param limit  largest count that is shown whole
 * @param ends   how many are kept of a longer run, half at either end; never more than `limit`
 */
export function elide(count: number, limit: number, ends: number = limit): Elision {
  if (count <= limit) {
    return { positions: Array.from({ length: count }, (_, i) => i), before: count, hiddenCount: 0 };
  }
  const kept = Math.min(ends, limit);
  const before = Math.ceil(kept / 2);
  const after = kept - before;
  const positions = [
    ...Array.from({ length: before }, (_, i) => i),
    ...Array.from({ length: after }, (_, i) => count - after + i),
  ];
  return { positions, before, hiddenCount: count - kept };
}
