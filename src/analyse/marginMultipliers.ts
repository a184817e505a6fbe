import type { Multiplier } from "../lp/program";

/*
 * Multipliers of the largest margin m of a rival, from those of other programs on the same rows and
 * one more, the last. What they prove is computed from them anew (`dualBound`), whatever they are.
 */

/**
 * From multipliers λ of the rows and μ of "m ≥ 0" that prove these empty together: λ / μ, by which
 * weak duality bounds m by minus their Farkas margin over μ, below 0. Without μ the polytope itself
 * would be empty, which holds its point.
 */
export function multipliersOfAbsence(
  multipliers: readonly Multiplier[],
  lastRow: number,
): Multiplier[] {
  const price = valueOf(multipliers, lastRow);
  if (!(price > 0)) return [];
  return scaled(withoutRows(multipliers, lastRow), 1 / price);
}

/**
 * From multipliers that bound the drift where m ≥ 0, κ on "N keeps c" and μ on "m ≥ 0". The drift
 * is m plus the slack of "N keeps c", so that they bound (1 + μ) m as well. A bound below 0 says
 * that m ≥ 0 holds nowhere.
 */
export function multipliersOfDrift(
  multipliers: readonly Multiplier[],
  keepRow: number,
  lastRow: number,
): Multiplier[] {
  const kept = { row: keepRow, value: 1 + valueOf(multipliers, keepRow) };
  const all = [...withoutRows(multipliers, keepRow, lastRow), kept].sort(byRow);
  return scaled(all, 1 / (1 + valueOf(multipliers, lastRow)));
}

/**
 * Multipliers of the largest margin from those of the largest drift where N is tied, t = ξ_j − ξ_c
 * = 0: there drift + t is bounded with 1 + κ − μ on "t ≤ 0" instead of κ on it and μ on "t ≥ 0",
 * the last row.
 */
export function multipliersOfMargin(
  multipliers: readonly Multiplier[],
  keepRow: number,
  tiedRow: number,
): Multiplier[] {
  const kept = Math.max(0, 1 + valueOf(multipliers, keepRow) - valueOf(multipliers, tiedRow));
  const others = withoutRows(multipliers, keepRow, tiedRow);
  return [...others, { row: keepRow, value: kept }].sort(byRow);
}

function byRow(one: Multiplier, other: Multiplier): number {
  return one.row - other.row;
}

function valueOf(multipliers: readonly Multiplier[], wanted: number): number {
  return multipliers.find(({ row }) => row === wanted)?.value ?? 0;
}

function withoutRows(multipliers: readonly Multiplier[], ...rows: readonly number[]): Multiplier[] {
  return multipliers.filter(({ row }) => !rows.includes(row));
}

function scaled(multipliers: readonly Multiplier[], factor: number): Multiplier[] {
  return multipliers.map(({ row, value }) => ({ row, value: factor * value }));
}
