import type { Arena } from "./arena";
import { LEAST_RATIO, pullIn, type StepKernels } from "./stepKernels";

/** `StepKernels` in plain TypeScript. */
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
