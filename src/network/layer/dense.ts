import { readSize } from "../format/fields";
import { ShapeError } from "../../errors";
import { createMatrix, type Matrix } from "../../numeric/matrix";
import { checkSizes, checkValues } from "./checkValues";
import type { LayerRules, Parameter } from "./layerRules";

/**
 * y = weights · x + bias; weights are outputs × inputs, bias has one value per output.
 * (paper, Eq. 1)
 */
export interface DenseLayer {
  readonly kind: "dense";
  readonly weights: Matrix;
  readonly bias: Float64Array;
}

export const denseRules: LayerRules<DenseLayer> = {
  sources: "one",
  inputSize: ({ weights }) => weights.columns,
  check({ weights, bias }, where) {
    const { rows, columns, data } = weights;
    checkSizes({ rows, columns }, where);
    if (data.length !== rows * columns) {
      throw new ShapeError(
        `${where} of ${rows} × ${columns} needs ${rows * columns} weights, found ${data.length}`,
      );
    }
    if (bias.length !== rows) {
      throw new ShapeError(`${where} has ${rows} rows of weights, but ${bias.length} biases`);
    }
    checkValues(data, [rows, columns], `weights of ${where}`);
    checkValues(bias, [rows], `biases of ${where}`);
  },
  step: ({ weights, bias }) => ({
    form: "affine",
    size: weights.rows,
    terms: [{ kind: "dense", weights }],
    bias,
  }),
  parameters,
  withParameters(layer, change) {
    const [weight, bias] = parameters(layer);
    const { rows, columns } = layer.weights;
    return { ...layer, weights: createMatrix(rows, columns, change(weight)), bias: change(bias) };
  },
  facts: ({ kind, weights }) => ({ kind, inputs: weights.columns, outputs: weights.rows }),
  stem: "fc",
  fields: ["inputs", "outputs"],
  read(fields, take) {
    const [outputs, inputs] = [readSize(fields, "outputs"), readSize(fields, "inputs")];
    // As `take` has it: while only shapes are asked for there are no values.
    const weights = { rows: outputs, columns: inputs, data: take("weight", [outputs, inputs]) };
    return { kind: "dense", weights, bias: take("bias", [outputs]) };
  },
};

function parameters({ weights, bias }: DenseLayer): readonly [Parameter, Parameter] {
  const { rows, columns, data } = weights;
  const own = { channels: rows, role: "rounded" } as const;
  return [
    { name: "weight", values: data, shape: [rows, columns], ...own },
    { name: "bias", values: bias, shape: [rows], ...own },
  ];
}
