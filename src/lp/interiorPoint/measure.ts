import type { NewtonParts } from "./direction";

/** Where an iterate stands. */
export interface Measure {
  /** Σ of all products of slacks and multipliers, rows and box. */
  readonly complementarity: number;
  readonly mu: number;
  /** Largest residual of a row. */
  readonly residual: number;
  /** The bound that the multipliers prove, less the value: exactly what a certificate finds. */
  readonly gap: number;
  /** ĉ · v. */
  readonly value: number;
}

/** Residuals of the current iterate, and how far it is from the end. */
export function measure({ kernels, layout, memory, set }: NewtonParts): Measure {
  const { rows, variables, totals } = memory;
  const { size } = layout;
  const v = variables.v.view;
  const lower = variables.lower.view;
  const upper = variables.upper.view;
  const toLower = variables.toLower.view;
  const toUpper = variables.toUpper.view;
  for (let j = 0; j < size; j++) {
    toLower[j] = v[j] - lower[j];
    toUpper[j] = upper[j] - v[j];
  }
  set.multiply(variables.v.at, rows.scratch.at);
  kernels.steps.measureRows({
    count: set.count,
    bound: rows.bound.at,
    product: rows.scratch.at,
    s: rows.s.at,
    lambda: rows.lambda.at,
    residual: rows.residual.at,
    negated: rows.scratch.at,
    totals: totals.at,
  });
  let [complementarity, gap] = totals.view;
  const residual = variables.residual.view;
  residual.set(variables.cost.view);
  set.addTransposed(rows.scratch.at, variables.residual.at);
  const zLower = variables.zLower.view;
  const zUpper = variables.zUpper.view;
  const cost = variables.cost.view;
  let value = 0;
  for (let j = 0; j < size; j++) {
    gap += residual[j] > 0 ? residual[j] * toUpper[j] : -residual[j] * toLower[j];
    residual[j] += zLower[j] - zUpper[j];
    complementarity += toLower[j] * zLower[j] + toUpper[j] * zUpper[j];
    value += cost[j] * v[j];
  }
  const mu = complementarity / (set.count + 2 * size);
  return { complementarity, mu, residual: totals.view[2], gap, value };
}
