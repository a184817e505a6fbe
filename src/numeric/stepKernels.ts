import type { Arena } from "./arena";
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

/** The same in plain TypeScript. */
export function plainSteps(arena: Arena): StepKernels {
  return {
    measureRows({ count, bound, product, s, lambda, residual, negated, totals }) {
      const { values } = arena;
      const products = new Float64Array(4);
      const gaps = new Float64Array(4);
      let largest = 0;
      for (let i = 0; i < count; i++) {
        const slack = values[s + i];
        const multiplier = values[lambda + i];
        const rest = values[bound + i] - values[product + i] - slack;
        values[residual + i] = rest;
        values[negated + i] = -multiplier;
        products[i % 4] += slack * multiplier;
        gaps[i % 4] += multiplier * (slack + rest);
        if (largest < Math.abs(rest)) largest = Math.abs(rest);
      }
      values[totals] = addUp(products);
      values[totals + 1] = addUp(gaps);
      values[totals + 2] = largest;
    },

    invertRows({ count, s, lambda, soft, softened, perS, perLambda, weight }) {
      const { values } = arena;
      for (let i = 0; i < count; i++) {
        const slack = values[s + i];
        const multiplier = values[lambda + i];
        const inverse = 1 / (slack + soft * multiplier);
        values[softened + i] = inverse;
        values[perS + i] = 1 / slack;
        values[perLambda + i] = 1 / multiplier;
        values[weight + i] = multiplier * inverse;
      }
    },

    weighRows({ count, lambda, residual, wanted, softened, out }) {
      const { values } = arena;
      for (let i = 0; i < count; i++) {
        values[out + i] =
          (values[lambda + i] * values[residual + i] - values[wanted + i]) * values[softened + i];
      }
    },

    stepRows({
      count,
      residual,
      product,
      wanted,
      lambda,
      softened,
      soft,
      perS,
      perLambda,
      ds,
      dLambda,
      totals,
    }) {
      const { values } = arena;
      let primal = LEAST_RATIO;
      let dual = LEAST_RATIO;
      for (let i = 0; i < count; i++) {
        const d = values[residual + i] - values[product + i];
        const dl = (values[wanted + i] - values[lambda + i] * d) * values[softened + i];
        const change = d + soft * dl;
        values[dLambda + i] = dl;
        values[ds + i] = change;
        const one = -change * values[perS + i];
        const other = -dl * values[perLambda + i];
        if (primal < one) primal = one;
        if (dual < other) dual = other;
      }
      values[totals] = primal;
      values[totals + 1] = dual;
    },

    complementarity({ count, s, ds, primal, lambda, dLambda, dual }) {
      const { values } = arena;
      const sums = new Float64Array(4);
      for (let i = 0; i < count; i++) {
        sums[i % 4] +=
          (values[s + i] + primal * values[ds + i]) *
          (values[lambda + i] + dual * values[dLambda + i]);
      }
      return addUp(sums);
    },

    aimRows({ count, s, lambda, ds, dLambda, target, second, wanted }) {
      const { values } = arena;
      for (let i = 0; i < count; i++) {
        values[wanted + i] =
          target -
          values[s + i] * values[lambda + i] -
          values[ds + i] * values[dLambda + i] * second;
      }
    },

    centreRows({ count, s, ds, primal, lambda, dLambda, dual, low, high, wanted }) {
      const { values } = arena;
      for (let i = 0; i < count; i++) {
        const product =
          (values[s + i] + primal * values[ds + i]) *
          (values[lambda + i] + dual * values[dLambda + i]);
        values[wanted + i] += pullIn(product, low, high);
      }
    },

    advance({ count, x, dx, step }) {
      const { values } = arena;
      for (let i = 0; i < count; i++) values[x + i] += step * values[dx + i];
    },
  };
}

function addUp(sums: Float64Array): number {
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}
