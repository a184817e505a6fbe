import type { RandomSource } from "../numeric/random";
import { ArgumentError } from "../errors";
import type { LayerRecipe, Recipe } from "./recipe";

/**
 * One trainable tensor, in TensorFlow's layout: dense inputs × outputs, conv2d height × width × in
 * × out.
 */
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

/**
 * The shape a layer yields from `input`;
 * @throws ArgumentError where the recipe does not fit together.
 */
export function shapeAfter(layer: LayerRecipe, input: FlowShape): FlowShape {
  switch (layer.kind) {
    case "dense":
      return { kind: "vector", size: layer.outputs };
    case "conv2d":
      if (input.kind !== "image") throw needsImage("a convolution", input.size);
      if (layer.kernel % 2 !== 1)
        throw new ArgumentError(
          `a convolution keeps the image's size, so its kernel must be odd; found ${layer.kernel}`,
        );
      return { ...input, channels: layer.channels };
    case "maxPool2d":
      if (input.kind !== "image") throw needsImage("max pooling", input.size);
      if (layer.window > Math.min(input.height, input.width)) {
        throw new ArgumentError(
          `max pooling over ${layer.window} × ${layer.window} leaves nothing of ${input.height} × ` +
            `${input.width} values; give it a smaller window, or larger images`,
        );
      }
      return {
        ...input,
        height: Math.floor(input.height / layer.window),
        width: Math.floor(input.width / layer.window),
      };
  }
}

function needsImage(what: string, size: number): ArgumentError {
  return new ArgumentError(
    `${what} takes rows and columns, but what comes before it are ${size} numbers in a row, as points of ` +
      "one's own and dense layers give them; put it before the dense layers, and train it on images",
  );
}

/** What a trainable tensor is before it has values. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  /** How many values each output of the layer sums over. */
  readonly fanIn: number;
}

/**
 * The trainable tensors of a recipe in the order in which data pass, each layer's weights before
 * its biases.
 *
 * @throws ArgumentError where the layers do not fit together
 */
export function parameterShapes(recipe: Recipe, input: FlowShape): ParameterShape[] {
  const shapes: ParameterShape[] = [];
  let flow = input;
  recipe.layers.forEach((layer, index) => {
    const next = shapeAfter(layer, flow);
    if (layer.kind === "dense") {
      const fanIn = sizeOf(flow);
      shapes.push(
        { name: `${index}.weight`, shape: [fanIn, layer.outputs], fanIn },
        { name: `${index}.bias`, shape: [layer.outputs], fanIn },
      );
    } else if (layer.kind === "conv2d" && flow.kind === "image") {
      const { kernel, channels } = layer;
      const fanIn = kernel * kernel * flow.channels;
      const shape = [kernel, kernel, flow.channels, channels];
      shapes.push(
        { name: `${index}.weight`, shape, fanIn },
        { name: `${index}.bias`, shape: [channels], fanIn },
      );
    }
    flow = next;
  });
  return shapes;
}

/**
 * Freshly drawn parameters: weights and biases uniform within ±1/√fan-in, PyTorch's default for
 * both kinds of layer, which is what the paper's code starts from.
 */
export function initialParameters(
  recipe: Recipe,
  input: FlowShape,
  random: RandomSource,
): Parameter[] {
  return parameterShapes(recipe, input).map(({ name, shape, fanIn }) => {
    const reach = 1 / Math.sqrt(fanIn);
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let index = 0; index < values.length; index++) {
      values[index] = (2 * random.next() - 1) * reach;
    }
    return { name, shape, values };
  });
}
