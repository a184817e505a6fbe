import type { DenseLayer, Network } from "../../src/network/network";
import type { Twins } from "../../src/analyse/twin";
import { textbookSimplex } from "./textbookSimplex";

/** An affine form on the inputs: coefficients and constant. */
interface Form {
  readonly weights: number[];
  readonly constant: number;
}

interface Region {
  readonly rows: number[][];
  readonly bounds: number[];
  readonly outputs: Form[];
}

/**
 * The exact largest E over [0, 1]^n, by trying every combination of activation patterns of both
 * networks and of signs of the output differences, each with a linear program of its own. Only for
 * tiny dense networks: it shares no code with the analysis.
 */
export function largestErrorByEnumeration(twins: Twins): number {
  const { network, approximated } = twins;
  const size = network.inputSize;
  let best = 0;
  for (const one of regionsOf(network)) {
    for (const other of regionsOf(approximated)) {
      const differences = one.outputs.map((form, k): Form => ({
        weights: form.weights.map((w, i) => w - other.outputs[k].weights[i]),
        constant: form.constant - other.outputs[k].constant,
      }));
      for (let signs = 0; signs < 2 ** differences.length; signs++) {
        const signOf = (k: number): number => ((signs >> k) & 1 ? -1 : 1);
        const rows = [...one.rows, ...other.rows];
        const bounds = [...one.bounds, ...other.bounds];
        differences.forEach((form, k) => {
          rows.push(form.weights.map((w) => -signOf(k) * w));
          bounds.push(signOf(k) * form.constant);
        });
        const cost = Array.from({ length: size }, (_, i) =>
          differences.reduce((sum, form, k) => sum + signOf(k) * form.weights[i], 0),
        );
        const constant = differences.reduce((sum, form, k) => sum + signOf(k) * form.constant, 0);
        const zeros = Array<number>(size).fill(0);
        const ones = Array<number>(size).fill(1);
        const outcome = textbookSimplex(cost, rows, bounds, zeros, ones);
        if (outcome.kind === "optimal") best = Math.max(best, outcome.value + constant);
      }
    }
  }
  return best;
}

/** All 2^hidden sign patterns of a dense network, empty ones included. */
function regionsOf(network: Network): Region[] {
  const dense = network.layers.filter((layer): layer is DenseLayer => layer.kind === "dense");
  const identity: Form[] = Array.from({ length: network.inputSize }, (_, i) => ({
    weights: Array.from({ length: network.inputSize }, (__, j) => (i === j ? 1 : 0)),
    constant: 0,
  }));
  let partial: { rows: number[][]; bounds: number[]; forms: Form[] }[] = [
    { rows: [], bounds: [], forms: identity },
  ];
  dense.forEach((layer, depth) => {
    const isLast = depth === dense.length - 1;
    partial = partial.flatMap(({ rows, bounds, forms }) => {
      const pre = composeLayer(layer, forms);
      if (isLast) return [{ rows, bounds, forms: pre }];
      return Array.from({ length: 2 ** pre.length }, (_, pattern) => {
        const isActive = (j: number): boolean => ((pattern >> j) & 1) === 1;
        return {
          rows: [...rows, ...pre.map((f, j) => f.weights.map((w) => (isActive(j) ? -w : w)))],
          bounds: [...bounds, ...pre.map((f, j) => (isActive(j) ? f.constant : -f.constant))],
          forms: pre.map((f, j) =>
            isActive(j) ? f : { weights: f.weights.map(() => 0), constant: 0 },
          ),
        };
      });
    });
  });
  return partial.map(({ rows, bounds, forms }) => ({ rows, bounds, outputs: forms }));
}

function composeLayer(layer: DenseLayer, forms: readonly Form[]): Form[] {
  const { rows, columns, data } = layer.weights;
  return Array.from({ length: rows }, (_, row) => {
    const weights = forms[0].weights.map((_w, input) => {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += data[row * columns + column] * forms[column].weights[input];
      }
      return sum;
    });
    let constant = layer.bias[row];
    for (let column = 0; column < columns; column++) {
      constant += data[row * columns + column] * forms[column].constant;
    }
    return { weights, constant };
  });
}
