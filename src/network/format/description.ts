import { assertNever, FormatError } from "../../errors";
import { plainText } from "../../quoteName";
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
import type { Conv2dLayer, MaxPool2dLayer, Network, NormaliseLayer, ReluLayer } from "../network";

/** A layer without its numbers; `tensor` is the stem of `….weight` and `….bias`. */
export type LayerDescription =
  | ReluLayer
  | NormaliseLayer
  | MaxPool2dLayer
  | {
      readonly kind: "dense";
      readonly tensor: string;
      readonly inputs: number;
      readonly outputs: number;
    }
  | (Omit<Conv2dLayer, "weights" | "bias"> & { readonly tensor: string });

/** A network without its numbers: the metadata entry `roundlab` of our own files, as JSON. */
export interface NetworkDescription {
  readonly inputSize: number;
  readonly layers: readonly LayerDescription[];
  /** What was assumed when the network was first loaded; absent where nothing was. */
  readonly assumptions?: readonly string[];
}

/** The metadata key of a description, and the version of its form. */
export const DESCRIPTION_KEY = "roundlab";
const VERSION = 1;
const LONGEST_ASSUMPTION = 200;

/**
 * The description of a network; tensors are named as PyTorch modules usually are: `conv1`,
 * `fc1`, ….
 */
export function describeNetwork(network: Network): NetworkDescription {
  const counts = { conv: 0, fc: 0 };
  const layers = network.layers.map((layer): LayerDescription => {
    switch (layer.kind) {
      case "dense": {
        const { rows, columns } = layer.weights;
        return { kind: "dense", tensor: `fc${++counts.fc}`, inputs: columns, outputs: rows };
      }
      case "conv2d": {
        const { kind, inChannels, outChannels, height, width, kernel, stride, padding } = layer;
        const sizes = { inChannels, outChannels, height, width, kernel, stride, padding };
        return { kind, tensor: `conv${++counts.conv}`, ...sizes };
      }
      case "relu":
      case "normalise":
      case "maxPool2d":
        return layer;
      default:
        return assertNever(layer);
    }
  });
  const { inputSize, assumptions } = network;
  return { inputSize, layers, ...(assumptions === undefined ? {} : { assumptions }) };
}

/** A description as the text that metadata carry. */
export function formatDescription(description: NetworkDescription): string {
  return JSON.stringify({ version: VERSION, ...description });
}

/** @throws FormatError if the text is no description that this version understands */
export function parseDescription(text: string, source: string): NetworkDescription {
  const where = `${source}: metadata "${DESCRIPTION_KEY}"`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = plainText((cause as Error).message, 120);
    throw new FormatError(`${where} is no JSON (${reason})`, { cause });
  }
  const fields = readObject(value, where);
  checkVersion(fields.values["version"], where);
  refuseOthers(fields, ["version", "inputSize", "layers", "assumptions"]);
  return {
    inputSize: readSize(fields, "inputSize"),
    layers: readArray(fields, "layers").map((layer, index) =>
      parseLayer(layer, `${where}, layer ${index + 1}`),
    ),
    ...parseAssumptions(fields),
  };
}

/** Texts that a file carries along; @throws FormatError unless they are a list of texts */
export function parseAssumptions(fields: Fields): { readonly assumptions?: readonly string[] } {
  if (fields.values["assumptions"] === undefined) return {};
  const assumptions = readArray(fields, "assumptions").map((text) => {
    if (typeof text === "string") return plainText(text, LONGEST_ASSUMPTION);
    throw new FormatError(`${fields.where}: "assumptions" must be texts, found ${brief(text)}`);
  });
  return assumptions.length === 0 ? {} : { assumptions };
}

/** @throws FormatError unless a file was written for this version of the form */
export function checkVersion(version: unknown, where: string): void {
  if (version !== VERSION) {
    throw new FormatError(
      `${where}: expected version ${VERSION}, found ${brief(version)}; a newer RoundLab may read it`,
    );
  }
}

function parseLayer(value: unknown, where: string): LayerDescription {
  const fields = readObject(value, where);
  const kind = readText(fields, "kind");
  switch (kind) {
    case "dense":
      refuseOthers(fields, ["kind", "tensor", "inputs", "outputs"]);
      return {
        kind,
        tensor: readText(fields, "tensor"),
        inputs: readSize(fields, "inputs"),
        outputs: readSize(fields, "outputs"),
      };
    case "conv2d":
      refuseOthers(fields, [...CONVOLUTION_FIELDS, "tensor"]);
      return { tensor: readText(fields, "tensor"), ...parseConvolutionSizes(value, where) };
    default:
      return parsePlainLayer(value, where);
  }
}

/** The fields of a convolution beside its numbers. */
export const CONVOLUTION_FIELDS: readonly string[] = [
  "kind",
  "inChannels",
  "outChannels",
  "height",
  "width",
  "kernel",
  "stride",
  "padding",
];

/** The sizes of a convolution, without its numbers. */
export function parseConvolutionSizes(
  value: unknown,
  where: string,
): Omit<Conv2dLayer, "weights" | "bias"> {
  const fields = readObject(value, where);
  return {
    kind: "conv2d",
    inChannels: readSize(fields, "inChannels"),
    outChannels: readSize(fields, "outChannels"),
    height: readSize(fields, "height"),
    width: readSize(fields, "width"),
    kernel: readSize(fields, "kernel"),
    stride: readSize(fields, "stride"),
    padding: readSize(fields, "padding", 0),
  };
}

/**
 * A layer that has no weights.
 * @throws FormatError for an unknown kind or a field that makes no sense
 */
export function parsePlainLayer(
  value: unknown,
  where: string,
): ReluLayer | NormaliseLayer | MaxPool2dLayer {
  const fields = readObject(value, where);
  const kind = readText(fields, "kind");
  switch (kind) {
    case "relu":
      refuseOthers(fields, ["kind"]);
      return { kind };
    case "normalise": {
      refuseOthers(fields, ["kind", "mean", "deviation"]);
      const deviation = readNumber(fields, "deviation");
      if (!(deviation > 0)) {
        throw new FormatError(`${where}: "deviation" must be > 0, found ${deviation}`);
      }
      return { kind, mean: readNumber(fields, "mean"), deviation };
    }
    case "maxPool2d":
      refuseOthers(fields, ["kind", "channels", "height", "width", "window"]);
      return {
        kind,
        channels: readSize(fields, "channels"),
        height: readSize(fields, "height"),
        width: readSize(fields, "width"),
        window: readSize(fields, "window"),
      };
    default:
      throw new FormatError(
        `${where}: unknown kind "${plainText(kind)}", expected dense, conv2d, relu, normalise or maxPool2d`,
      );
  }
}
