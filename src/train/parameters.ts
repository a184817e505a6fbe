import type { RandomSource } from "../numeric/random";
import { ArgumentError } from "../errors";
import type { LayerRecipe, Recipe } from "./recipe";

/** One trainable tensor, in TensorFlow's layout: dense inputs × outputs, conv2d height × width × in × out. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The shape of what passes between two layers. */
export type FlowShape =
  | {
      readonly kind: "image";
      readonly height: number;
      readonly width: number;
      readonly channels: number;
    }
  | { readonly kind: "vector"; readonly size: number };

export function sizeOf(shape: FlowShape): number {
  return shape.kind === "vector" ? shape.size : shape.height * shape.width * shape.channels;
}

/** The shape a layer yields from `input`; @throws ArgumentError where the recipe does not fit together. */
export function shapeAfter(layer: LayerRecipe, input: FlowShape): FlowShape {
  switch (layer.kind) {
    case "dense":
      return { kind: "vector", size: layer.outputs };
    case "conv2d":
      if (input.kind !== "image")
        throw new ArgumentError("a convolution must come before the dense layers");
      return { ...input, channels: layer.channels };
    case "maxPool2d":
      if (input.kind !== "image")
        throw new ArgumentError("max pooling must come before the dense layers");
      return {
        ...input,
        height: Math.floor(input.height / layer.window),
        width: Math.floor(input.width / layer.window),
      };
  }
}

/**
 * Freshly drawn parameters: weights and biases uniform within ±1/√fan-in, PyTorch's default for both
 * kinds of layer, which is what the paper's code starts from.
 */
export function initialParameters(
  recipe: Recipe,
  input: FlowShape,
  random: RandomSource,
): Parameter[] {
  const parameters: Parameter[] = [];
  let shape = input;
  recipe.layers.forEach((layer, index) => {
    if (layer.kind === "dense") {
      const inputs = sizeOf(shape);
      parameters.push(
        draw(`${index}.weight`, [inputs, layer.outputs], inputs, random),
        draw(`${index}.bias`, [layer.outputs], inputs, random),
      );
    } else if (layer.kind === "conv2d" && shape.kind === "image") {
      const fanIn = shape.channels * layer.kernel * layer.kernel;
      const kernelShape = [layer.kernel, layer.kernel, shape.channels, layer.channels];
      parameters.push(
        draw(`${index}.weight`, kernelShape, fanIn, random),
        draw(`${index}.bias`, [layer.channels], fanIn, random),
      );
    }
    shape = shapeAfter(layer, shape);
  });
  return parameters;
}

function draw(
  name: string,
  shape: readonly number[],
  fanIn: number,
  random: RandomSource,
): Parameter {
  const reach = 1 / Math.sqrt(fanIn);
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let index = 0; index < values.length; index++) {
    values[index] = (2 * random.next() - 1) * reach;
  }
  return { name, shape, values };
}
