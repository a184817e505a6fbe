import type { Arena } from "./arena";

/**
 * The loops over all rows of an interior point method: rows have slacks s and multipliers λ, which
 * a step changes by ds and dλ. Positions count values.
 *
 * Sums run in four parts, over the indices modulo 4, added as (s0 + s2) + (s1 + s3); in maxima what
 * is not a number is passed over. All implementations give the same bits.
 */
export interface StepKernels {
  /**
   * residual = bound − product − s, negated = −λ; `totals` gets Σ s λ, Σ λ (s + residual) and the
   * largest |residual|.
   */
  measureRows(
    count: number,
    bound: number,
    product: number,
    s: number,
    lambda: number,
    residual: number,
    negated: number,
    totals: number,
  ): void;

  /** softened = 1 / (s + soft λ), perS = 1 / s, perLambda = 1 / λ, weight = λ · softened. */
  invertRows(
    count: number,
    s: number,
    lambda: number,
    soft: number,
    softened: number,
    perS: number,
    perLambda: number,
    weight: number,
  ): void;

  /** out = (λ residual − wanted) · softened. */
  weighRows(
    count: number,
    lambda: number,
    residual: number,
    wanted: number,
    softened: number,
    out: number,
  ): void;

  /**
   * With d = residual − product: dλ = (wanted − λ d) · softened and ds = d + soft dλ; `totals` gets
   * the largest −ds / s and −dλ / λ, both at least 1e-30.
   */
  stepRows(
    count: number,
    residual: number,
    product: number,
    wanted: number,
    lambda: number,
    softened: number,
    soft: number,
    perS: number,
    perLambda: number,
    ds: number,
    dLambda: number,
    totals: number,
  ): void;

  /** Σ (s + primal ds) (λ + dual dλ). */
  complementarity(
    count: number,
    s: number,
    ds: number,
    primal: number,
    lambda: number,
    dLambda: number,
    dual: number,
  ): number;

  /** wanted = target − s λ − ds dλ · second. */
  aimRows(
    count: number,
    s: number,
    lambda: number,
    ds: number,
    dLambda: number,
    target: number,
    second: number,
    wanted: number,
  ): void;

  /**
   * wanted += what brings (s + primal ds) (λ + dual dλ) back between low and high, but no less than
   * −high.
   */
  centreRows(
    count: number,
    s: number,
    ds: number,
    primal: number,
    lambda: number,
    dLambda: number,
    dual: number,
    low: number,
    high: number,
    wanted: number,
  ): void;

  /** x += step · dx. */
  advance(count: number, x: number, dx: number, step: number): void;
}

/** Steps are at least this share of a whole one's inverse: a ratio of 0 would divide by it. */
export const LEAST_RATIO = 1e-30;

/** How far a product is from the interval [low, high], with its sign; no less than −high. */
export function pullIn(product: number, low: number, high: number): number {
  if (product < low) return low - product;
  if (product > high) return high - product < -high ? -high : high - product;
  return 0;
}

/** The same in plain TypeScript. */
export class PlainSteps implements StepKernels {
  constructor(private readonly arena: Arena) {}

  measureRows(
    count: number,
    bound: number,
    product: number,
    s: number,
    lambda: number,
    residual: number,
    negated: number,
    totals: number,
  ): void {
    const { values } = this.arena;
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
  }

  invertRows(
    count: number,
    s: number,
    lambda: number,
    soft: number,
    softened: number,
    perS: number,
    perLambda: number,
    weight: number,
  ): void {
    const { values } = this.arena;
    for (let i = 0; i < count; i++) {
      const slack = values[s + i];
      const multiplier = values[lambda + i];
      const inverse = 1 / (slack + soft * multiplier);
      values[softened + i] = inverse;
      values[perS + i] = 1 / slack;
      values[perLambda + i] = 1 / multiplier;
      values[weight + i] = multiplier * inverse;
    }
  }

  weighRows(
    count: number,
    lambda: number,
    residual: number,
    wanted: number,
    softened: number,
    out: number,
  ): void {
    const { values } = this.arena;
    for (let i = 0; i < count; i++) {
      values[out + i] =
        (values[lambda + i] * values[residual + i] - values[wanted + i]) * values[softened + i];
    }
  }

  stepRows(
    count: number,
    residual: number,
    product: number,
    wanted: number,
    lambda: number,
    softened: number,
    soft: number,
    perS: number,
    perLambda: number,
    ds: number,
    dLambda: number,
    totals: number,
  ): void {
    const { values } = this.arena;
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
  }

  complementarity(
    count: number,
    s: number,
    ds: number,
    primal: number,
    lambda: number,
    dLambda: number,
    dual: number,
  ): number {
    const { values } = this.arena;
    const sums = new Float64Array(4);
    for (let i = 0; i < count; i++) {
      sums[i % 4] +=
        (values[s + i] + primal * values[ds + i]) *
        (values[lambda + i] + dual * values[dLambda + i]);
    }
    return addUp(sums);
  }

  aimRows(
    count: number,
    s: number,
    lambda: number,
    ds: number,
    dLambda: number,
    target: number,
    second: number,
    wanted: number,
  ): void {
    const { values } = this.arena;
    for (let i = 0; i < count; i++) {
      values[wanted + i] =
        target - values[s + i] * values[lambda + i] - values[ds + i] * values[dLambda + i] * second;
    }
  }

  centreRows(
    count: number,
    s: number,
    ds: number,
    primal: number,
    lambda: number,
    dLambda: number,
    dual: number,
    low: number,
    high: number,
    wanted: number,
  ): void {
    const { values } = this.arena;
    for (let i = 0; i < count; i++) {
      const product =
        (values[s + i] + primal * values[ds + i]) *
        (values[lambda + i] + dual * values[dLambda + i]);
      values[wanted + i] += pullIn(product, low, high);
    }
  }

  advance(count: number, x: number, dx: number, step: number): void {
    const { values } = this.arena;
    for (let i = 0; i < count; i++) values[x + i] += step * values[dx + i];
  }
}

function addUp(sums: Float64Array): number {
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}
