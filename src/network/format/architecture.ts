import { FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import { checkVersion } from "./description";
import {
  brief,
  readArray,
  readNumber,
  readObject,
  readSize,
  readText,
  refuseOthers,
  type Fields,
} from "./fields";
import type { Normalisation } from "../normalisation";

/*
 * What a file of weights does not say: which function they belong to. A person writes it as JSON;
 * sizes stand in the tensors, so only what they cannot tell is asked for. docs/own-network.md has
 * the form and examples.
 */

/** One step of an architecture; `tensor` is the stem of `….weight` and `….bias`. */
export type ArchitectureLayer =
  | { readonly kind: "dense"; readonly tensor: string }
  | {
      readonly kind: "conv2d";
      readonly tensor: string;
      readonly stride: number;
      readonly padding: number;
    }
  /** Windows do not overlap: their stride is their size. */
  | { readonly kind: "maxPool2d"; readonly window: number }
  | { readonly kind: "relu" }
  /** Channel after channel, row after row, as PyTorch does; changes no value. */
  | { readonly kind: "flatten" };

/** Height and width of an image, and how many values a pixel has. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** The function that a file's weights belong to. */
export interface Architecture {
  /** The images that a first convolution takes; the option `imageSize` may say it instead. */
  readonly image?: ImageSize;
  readonly normalisation?: Normalisation;
  readonly layers: readonly ArchitectureLayer[];
}

/** An architecture with the version of its form, as a JSON file has it. */
export interface ArchitectureInput extends Architecture {
  readonly version: 1;
}

/** Kinds that people ask for and that are no part of a RoundLab network. */
const REFUSED: Readonly<Record<string, string>> = {
  tanh: "it is not piecewise linear",
  sigmoid: "it is not piecewise linear",
  elu: "it is not piecewise linear",
  gelu: "it is not piecewise linear",
  silu: "it is not piecewise linear",
  softmax: "leave it out where it comes last: results speak of logits",
  leakyRelu: "only relu is",
  avgPool2d: "only maxPool2d is",
  batchNorm2d: "fold it into the layer before it",
  batchNorm1d: "fold it into the layer before it",
  dropout: "leave it out: it does nothing after training",
  add: "networks are chains of layers",
  concat: "networks are chains of layers",
};

/**
 * The architecture in a JSON text, or in an object of the same form.
 *
 * @throws FormatError naming the layer and the field that is missing, unknown or not supported
 */
export function parseArchitecture(value: unknown, source: string): Architecture {
  const fields = readObject(value, source);
  checkVersion(fields.values["version"], source);
  refuseOthers(fields, ["version", "image", "normalisation", "layers"]);
  const { image, normalisation } = fields.values;
  const layers = readArray(fields, "layers").map((layer, index) =>
    parseLayer(layer, `${source}, layer ${index + 1}`),
  );
  if (layers.length === 0) throw new FormatError(`${source}: an architecture needs a layer`);
  return {
    layers,
    ...(image === undefined ? {} : { image: parseImage(image, `${source}: "image"`) }),
    ...(normalisation === undefined
      ? {}
      : { normalisation: parseNormalisationField(normalisation, `${source}: "normalisation"`) }),
  };
}

function parseLayer(value: unknown, where: string): ArchitectureLayer {
  const fields = readObject(value, where);
  const kind = readText(fields, "kind");
  switch (kind) {
    case "dense":
      refuseOthers(fields, ["kind", "tensor"]);
      return { kind, tensor: readText(fields, "tensor") };
    case "conv2d":
      return parseConvolution(fields);
    case "maxPool2d":
      return parsePool(fields);
    case "relu":
    case "flatten":
      refuseOthers(fields, ["kind"]);
      return { kind };
    default: {
      const reason = Object.hasOwn(REFUSED, kind) ? `; ${REFUSED[kind]}` : "";
      throw new FormatError(
        `${where}: ${quoteName(kind)} is no layer here${reason}; there are dense, conv2d, ` +
          "maxPool2d, relu and flatten",
      );
    }
  }
}

function parseConvolution(fields: Fields): ArchitectureLayer {
  refuseOthers(fields, ["kind", "tensor", "stride", "padding", "dilation", "groups"]);
  for (const field of ["dilation", "groups"] as const) {
    const found = fields.values[field];
    if (found === undefined || found === 1) continue;
    throw new FormatError(
      `${fields.where}: "${field}" is ${brief(found)}; only convolutions with ${field} 1 are read`,
    );
  }
  return {
    kind: "conv2d",
    tensor: readText(fields, "tensor"),
    // Neither has a default: a wrong one would be another function.
    stride: readSize(fields, "stride"),
    padding: readSize(fields, "padding", 0),
  };
}

function parsePool(fields: Fields): ArchitectureLayer {
  refuseOthers(fields, ["kind", "window", "stride", "padding"]);
  const window = readSize(fields, "window");
  const { stride, padding } = fields.values;
  if (stride !== undefined && stride !== window) {
    throw new FormatError(
      `${fields.where}: "stride" is ${brief(stride)}; only windows that do not overlap are read, ` +
        `whose stride is their size (${window})`,
    );
  }
  if (padding !== undefined && padding !== 0) {
    throw new FormatError(
      `${fields.where}: "padding" is ${brief(padding)}; only pooling without padding is read`,
    );
  }
  return { kind: "maxPool2d", window };
}

function parseImage(value: unknown, where: string): ImageSize {
  const fields = readObject(value, where);
  refuseOthers(fields, ["height", "width"]);
  return { height: readSize(fields, "height"), width: readSize(fields, "width") };
}

function parseNormalisationField(value: unknown, where: string): Normalisation {
  if (value === "none") return "none";
  const fields = readObject(value, where);
  refuseOthers(fields, ["mean", "deviation"]);
  const deviation = readNumber(fields, "deviation");
  if (!(deviation > 0)) {
    throw new ShapeError(`${where}: "deviation" must be > 0, found ${deviation}`);
  }
  return { mean: readNumber(fields, "mean"), deviation };
}
