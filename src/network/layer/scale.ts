import { quoteName } from "../../quoteName";
import { readSize, readText, type Fields } from "../format/fields";
import { FormatError, ShapeError } from "../../errors";
import { checkSizes, checkValues } from "./checkValues";
import type { LayerRules, Parameter, Role } from "./layerRules";

/**
 * y = weight · x + bias, with one weight and bias for each channel of so many pixels: a batch
 * normalisation after training, or a mean and deviation per channel. With one pixel a channel is a
 * value.
 */
export interface ScaleLayer {
  readonly kind: "scale";
  readonly channels: number;
  readonly pixels: number;
  /** Whether an approximation rounds its numbers. */
  readonly role: Role;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

export const scaleRules: LayerRules<ScaleLayer> = {
  sources: "one",
  inputSize: ({ channels, pixels }) => channels * pixels,
  check(layer, where) {
    const { channels, pixels, weights, bias } = layer;
    checkSizes({ channels, pixels }, where);
    if (weights.length !== channels || bias.length !== channels) {
      throw new ShapeError(
        `${where} needs ${channels} weights and as many biases, found ${weights.length} and ${bias.length}`,
      );
    }
    checkValues(weights, [channels], `weights of ${where}`);
    checkValues(bias, [channels], `biases of ${where}`);
  },
  step({ channels, pixels, weights, bias }) {
    const size = channels * pixels;
    return {
      form: "affine",
      size,
      terms: [{ kind: "scale", size, pixels, factors: weights }],
      bias,
    };
  },
  parameters,
  withParameters(layer, change) {
    const [weight, bias] = parameters(layer);
    return { ...layer, weights: change(weight), bias: change(bias) };
  },
  facts: ({ weights: _weights, bias: _bias, ...facts }) => facts,
  stem: "scale",
  fields: ["channels", "pixels", "role"],
  read(fields, take) {
    const channels = readSize(fields, "channels");
    return {
      kind: "scale",
      channels,
      pixels: readSize(fields, "pixels"),
      role: readRole(fields),
      weights: take("weight", [channels]),
      bias: take("bias", [channels]),
    };
  },
};

function parameters({
  channels,
  role,
  weights,
  bias,
}: ScaleLayer): readonly [Parameter, Parameter] {
  const own = { shape: [channels], channels, role };
  return [
    { name: "weight", values: weights, ...own },
    { name: "bias", values: bias, ...own },
  ];
}

function readRole(fields: Fields): Role {
  const role = readText(fields, "role");
  if (role === "rounded" || role === "exact") return role;
  throw new FormatError(
    `${fields.where}: "role" is ${quoteName(role)}; expected "rounded" or "exact"`,
  );
}
