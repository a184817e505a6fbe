import { createMatrix } from "../numeric/matrix";
import type { Layer, Network } from "../network/network";
import { createNetwork } from "../network/shape";
import { shapeAfter, sizeOf, type FlowShape, type Parameter } from "./parameters";
import type { Recipe } from "./recipe";

/**
 * The network that trained parameters make, in the project's own layout: dense weights outputs ×
 * inputs, convolutions out × in × height × width. Values are the float32 ones, exactly.
 *
 * @param input  what the first layer was given, see `inputShapeOf`
 */
export function toNetwork(
  recipe: Recipe,
  parameters: readonly Parameter[],
  input: FlowShape,
): Network {
  const layers: Layer[] = [{ kind: "normalise", mean: recipe.mean, deviation: recipe.deviation }];
  let shape = input;
  let next = 0;
  recipe.layers.forEach((layer, index) => {
    const isLast = index === recipe.layers.length - 1;
    switch (layer.kind) {
      case "dense": {
        const inputs = sizeOf(shape);
        const weights = transpose(parameters[next].values, inputs, layer.outputs);
        const bias = Float64Array.from(parameters[next + 1].values);
        layers.push({ kind: "dense", weights: createMatrix(layer.outputs, inputs, weights), bias });
        next += 2;
        break;
      }
      case "conv2d": {
        if (shape.kind !== "image") break;
        const { channels } = shape;
        layers.push({
          kind: "conv2d",
          inChannels: channels,
          outChannels: layer.channels,
          height: shape.height,
          width: shape.width,
          kernel: layer.kernel,
          stride: 1,
          padding: (layer.kernel - 1) / 2,
          weights: transpose(
            parameters[next].values,
            layer.kernel * layer.kernel * channels,
            layer.channels,
            (row) => tapFirst(row, channels, layer.kernel),
          ),
          bias: Float64Array.from(parameters[next + 1].values),
        });
        next += 2;
        break;
      }
      case "maxPool2d":
        if (shape.kind !== "image") break;
        layers.push({
          kind: "maxPool2d",
          channels: shape.channels,
          height: shape.height,
          width: shape.width,
          window: layer.window,
        });
        break;
    }
    if (!isLast && layer.kind !== "maxPool2d") layers.push({ kind: "relu" });
    shape = shapeAfter(layer, shape);
  });
  return createNetwork(recipe.name, sizeOf(input), layers);
}

/**
 * Values of rows × columns turned to columns × rows, with the rows put in another order if asked.
 */
function transpose(
  values: Readonly<Float32Array>,
  rows: number,
  columns: number,
  placeOf: (row: number) => number = (row) => row,
): Float64Array {
  const turned = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + placeOf(row)] = values[row * columns + column];
    }
  }
  return turned;
}

/** From height, width, in-channel order to in-channel, height, width. */
function tapFirst(row: number, channels: number, kernel: number): number {
  const tap = Math.floor(row / channels);
  return (row % channels) * kernel * kernel + tap;
}
