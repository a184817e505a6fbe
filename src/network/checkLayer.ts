import { ArgumentError, assertNever, ShapeError } from "../errors";
import { firstNotFinite } from "../numeric/firstNotFinite";

import type { Conv2dLayer, DenseLayer, Layer, MaxPool2dLayer, NormaliseLayer } from "./network";

/*
 * What a layer must be to be one at all, whatever stands before and behind it: sizes that are whole
 * numbers from 1, as many parameters as they say, each a finite number, and at least one value that
 * comes out.
 */

/**
 * @param where  the layer as messages name it
 * @throws ShapeError for sizes that make no layer, ArgumentError for a parameter that is not finite
 */
export function checkLayer(layer: Layer, where: string): void {
  switch (layer.kind) {
    case "dense":
      return checkDense(layer, where);
    case "conv2d":
      return checkConvolution(layer, where);
    case "maxPool2d":
      return checkPool(layer, where);
    case "normalise":
      return checkNormalisation(layer, where);
    case "relu":
      return;
    default:
      return assertNever(layer);
  }
}

function checkDense({ weights, bias }: DenseLayer, where: string): void {
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
}

function checkConvolution(layer: Conv2dLayer, where: string): void {
  const { inChannels, outChannels, height, width, kernel, stride, padding, weights, bias } = layer;
  checkSizes({ inChannels, outChannels, height, width, kernel, stride }, where);
  if (!Number.isSafeInteger(padding) || padding < 0) {
    throw new ShapeError(`${where}: padding must be a whole number >= 0, found ${padding}`);
  }
  const room = { height: height + 2 * padding, width: width + 2 * padding };
  if (kernel > room.height || kernel > room.width) {
    throw new ShapeError(
      `${where} has a kernel of ${kernel} × ${kernel}, larger than its image of ${height} × ${width} ` +
        `with a padding of ${padding}: nothing would come out`,
    );
  }
  const expected = outChannels * inChannels * kernel * kernel;
  if (weights.length !== expected || bias.length !== outChannels) {
    throw new ShapeError(
      `${where} needs ${expected} weights and ${outChannels} biases, ` +
        `found ${weights.length} and ${bias.length}`,
    );
  }
  checkValues(weights, [outChannels, inChannels, kernel, kernel], `weights of ${where}`);
  checkValues(bias, [outChannels], `biases of ${where}`);
}

function checkPool({ channels, height, width, window }: MaxPool2dLayer, where: string): void {
  checkSizes({ channels, height, width, window }, where);
  if (window > height || window > width) {
    throw new ShapeError(
      `${where} has windows of ${window} × ${window}, larger than its image of ${height} × ${width}: ` +
        "nothing would come out",
    );
  }
}

function checkNormalisation({ mean, deviation }: NormaliseLayer, where: string): void {
  if (!Number.isFinite(mean) || !Number.isFinite(deviation) || !(deviation > 0)) {
    throw new ArgumentError(
      `${where} needs a finite mean and a finite deviation > 0, found ${mean} and ${deviation}`,
    );
  }
}

/** @throws ShapeError naming the first size that is not a whole number from 1 */
export function checkSizes(sizes: Readonly<Record<string, number>>, where: string): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isSafeInteger(size) && size >= 1) continue;
    throw new ShapeError(`${where}: ${name} must be a whole number >= 1, found ${size}`);
  }
}

function checkValues(values: Float64Array, shape: readonly number[], where: string): void {
  const spoilt = firstNotFinite(values);
  if (spoilt === -1) return;
  throw new ArgumentError(
    `${where} hold ${values[spoilt]} at ${placeOf(spoilt, shape)}; a network needs finite ` +
      "parameters; did its training diverge?",
  );
}

/** A flat index as one index per dimension, such as [3, 17]. */
export function placeOf(index: number, shape: readonly number[]): string {
  const indices: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `[${indices.join(", ")}]`;
}
