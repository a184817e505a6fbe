import type { Members, MemberTable } from "./members";

/** The members of `StepKernels`. */
export const STEP_MEMBERS = {
  /**
   * residual = bound − product − s, negated = −λ; `totals` gets Σ s λ, Σ λ (s + residual) and the
   * largest |residual|.
   */
  measureRows: {
    takes: {
      count: "count",
      bound: "values",
      product: "values",
      s: "values",
      lambda: "values",
      residual: "values",
      negated: "values",
      totals: "values",
    },
  },

  /** softened = 1 / (s + soft λ), perS = 1 / s, perLambda = 1 / λ, weight = λ · softened. */
  invertRows: {
    takes: {
      count: "count",
      s: "values",
      lambda: "values",
      soft: "number",
      softened: "values",
      perS: "values",
      perLambda: "values",
      weight: "values",
    },
  },

  /** out = (λ residual − wanted) · softened. */
  weighRows: {
    takes: {
      count: "count",
      lambda: "values",
      residual: "values",
      wanted: "values",
      softened: "values",
      out: "values",
    },
  },

  /**
   * With d = residual − product: dλ = (wanted − λ d) · softened and ds = d + soft dλ; `totals` gets
   * the largest −ds / s and −dλ / λ, both at least 1e-30.
   */
  stepRows: {
    takes: {
      count: "count",
      residual: "values",
      product: "values",
      wanted: "values",
      lambda: "values",
      softened: "values",
      soft: "number",
      perS: "values",
      perLambda: "values",
      ds: "values",
      dLambda: "values",
      totals: "values",
    },
  },

  /** Σ (s + primal ds) (λ + dual dλ). */
  complementarity: {
    takes: {
      count: "count",
      s: "values",
      ds: "values",
      primal: "number",
      lambda: "values",
      dLambda: "values",
      dual: "number",
    },
    gives: "number",
  },

  /** wanted = target − s λ − ds dλ · second. */
  aimRows: {
    takes: {
      count: "count",
      s: "values",
      lambda: "values",
      ds: "values",
      dLambda: "values",
      target: "number",
      second: "number",
      wanted: "values",
    },
  },

  /**
   * wanted += what brings (s + primal ds) (λ + dual dλ) back between low and high, but no less than
   * −high.
   */
  centreRows: {
    takes: {
      count: "count",
      s: "values",
      ds: "values",
      primal: "number",
      lambda: "values",
      dLambda: "values",
      dual: "number",
      low: "number",
      high: "number",
      wanted: "values",
    },
  },

  /** x += step · dx. */
  advance: { takes: { count: "count", x: "values", dx: "values", step: "number" } },
} as const satisfies MemberTable;

/**
 * The loops over all rows of an interior point method: rows have slacks s and multipliers λ, which
 * a step changes by ds and dλ. Positions count values.
 *
 * Sums run in four parts, over the indices modulo 4, added as (s0 + s2) + (s1 + s3); in maxima what
 * is not a number is passed over. All implementations give the same bits.
 */
export type StepKernels = Members<typeof STEP_MEMBERS>;

/** Steps are at least this share of a whole one's inverse: a ratio of 0 would divide by it. */
export const LEAST_RATIO = 1e-30;

/** How far a product is from the interval [low, high], with its sign; no less than −high. */
export function pullIn(product: number, low: number, high: number): number {
  if (product < low) return low - product;
  if (product > high) return high - product < -high ? -high : high - product;
  return 0;
}
