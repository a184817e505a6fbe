import { FormatError, ShapeError } from "../errors";
import type { LayerDescription, NetworkDescription } from "./formatDescription";
import type { Tensor, TensorFile } from "./safetensors";

/**
 * How inputs are normalised: pixels in [0, 1] become (x − mean) / deviation; `none` leaves them.
 */
export type Normalisation = "none" | { readonly mean: number; readonly deviation: number };

/** What the tensors of a file do not say. */
export interface InferOptions {
  /** By default the metadata entry `normalisation` decides, such as `(x/255-0.1307)/0.3081`. */
  readonly normalisation?: Normalisation;
  /**
   * Height and width of the images that a first convolution takes; 28 × 28 by default, as in the
   * paper.
   */
  readonly imageSize?: { readonly height: number; readonly width: number };
}

/** A weight tensor with its place in the chain. */
interface Member {
  readonly stem: string;
  readonly number: number;
  readonly weight: Tensor;
}

/**
 * The architecture of a file that does not describe itself: convolutions (odd kernel, stride 1,
 * padding that keeps the size), then one max pooling if the sizes call for it, then dense layers,
 * ReLU between all of them. Tensors are named `fc1.weight`, `fc1.bias`, … or by position,
 * `0.weight`, `network.3.bias`, ….
 *
 * @throws FormatError if a name or a tensor is missing, ShapeError if shapes do not form such a
 *   chain
 */
export function inferDescription(
  file: TensorFile,
  source: string,
  options: InferOptions = {},
): NetworkDescription {
  const members = orderedMembers(file, source);
  const convolutions = members.filter((member) => member.weight.shape.length === 4);
  const denses = members.filter((member) => member.weight.shape.length === 2);
  const layers: LayerDescription[] = [];
  let size: number | undefined;
  let inputSize: number | undefined;
  if (convolutions.length > 0) {
    const chain = inferConvolutions(convolutions, denses[0], source, options);
    layers.push(...chain.layers);
    size = chain.outputSize;
    inputSize = chain.inputSize;
  }
  denses.forEach(({ stem, weight }, index) => {
    const [outputs, inputs] = weight.shape as [number, number];
    if (size !== undefined && inputs !== size) misfit(source, weight, `yields ${size} values`);
    inputSize ??= inputs;
    layers.push({ kind: "dense", tensor: stem, inputs, outputs });
    if (index < denses.length - 1) layers.push({ kind: "relu" });
    size = outputs;
  });
  if (inputSize === undefined || denses.length === 0) {
    throw new FormatError(
      `${source}: no dense layer; expected tensors such as fc1.weight, fc1.bias`,
    );
  }
  const normalisation = options.normalisation ?? readNormalisation(file, source);
  if (normalisation !== "none") layers.unshift({ kind: "normalise", ...normalisation });
  return { inputSize, layers };
}

/** Weight tensors in the order of their layers, convolutions before dense layers. */
function orderedMembers(file: TensorFile, source: string): readonly Member[] {
  const names = new Set(file.tensors.map((tensor) => tensor.name));
  const members: Member[] = [];
  for (const tensor of file.tensors) {
    const match = /^((?:.*?)(\d+))\.(weight|bias)$/.exec(tensor.name);
    if (match === null) {
      throw new FormatError(
        `${source}: tensor ${tensor.name} has no place in a chain; expected names such as fc1.weight, ` +
          "conv2.bias or 3.weight",
      );
    }
    const stem = match[1] as string;
    const partner = `${stem}.${match[3] === "weight" ? "bias" : "weight"}`;
    if (!names.has(partner)) {
      throw new FormatError(`${source}: tensor ${partner} is missing (there is ${tensor.name})`);
    }
    if (match[3] === "bias") continue;
    const rank = tensor.shape.length;
    if (rank !== 2 && rank !== 4) {
      throw new ShapeError(
        `${source}: tensor ${tensor.name} has shape [${tensor.shape.join(", ")}], expected 2 dimensions ` +
          "(dense) or 4 (convolution)",
      );
    }
    members.push({ stem, number: Number(match[2]), weight: tensor });
  }
  const byKind = [4, 2].flatMap((rank) => {
    const ofKind = members.filter((member) => member.weight.shape.length === rank);
    return ofKind.sort((one, other) => one.number - other.number);
  });
  checkNumbering(byKind, source);
  return byKind;
}

/**
 * Refuses chains with a hole (`fc1`, `fc3`), two families of names, or a convolution after a dense
 * layer.
 */
function checkNumbering(members: readonly Member[], source: string): void {
  const stemOf = ({ stem }: Member): string => stem.replace(/\d+$/, "");
  for (const [index, member] of members.entries()) {
    const previous = members[index - 1];
    if (previous === undefined) continue;
    const isPosition = stemOf(member) === "" || stemOf(member).endsWith(".");
    if (stemOf(previous) !== stemOf(member)) {
      if (previous.weight.shape.length !== member.weight.shape.length) continue;
      throw new FormatError(
        `${source}: tensors ${previous.stem}.weight and ${member.stem}.weight have no common order; ` +
          "expected one family of names such as fc1, fc2, fc3",
      );
    }
    if (member.number < previous.number) {
      throw new FormatError(
        `${source}: convolution ${previous.stem} comes after the dense layer ${member.stem}; ` +
          "only convolutions followed by dense layers are understood without a description",
      );
    }
    if (!isPosition && member.number !== previous.number + 1) {
      const missing = `${stemOf(member)}${previous.number + 1}.weight`;
      throw new FormatError(
        `${source}: tensor ${missing} is missing (between ${previous.stem} and ${member.stem})`,
      );
    }
  }
}

function inferConvolutions(
  members: readonly Member[],
  next: Member | undefined,
  source: string,
  options: InferOptions,
): { layers: LayerDescription[]; inputSize: number; outputSize: number } {
  const { height, width } = options.imageSize ?? { height: 28, width: 28 };
  const layers: LayerDescription[] = [];
  let channels: number | undefined;
  let inputSize = 0;
  for (const { stem, weight } of members) {
    const [outChannels, inChannels, kernel, across] = weight.shape as [
      number,
      number,
      number,
      number,
    ];
    if (kernel !== across || kernel % 2 === 0) {
      throw new ShapeError(
        `${source}: tensor ${weight.name} has a ${kernel} × ${across} kernel; without a description only ` +
          "square kernels of odd size are understood",
      );
    }
    if (channels !== undefined && inChannels !== channels) {
      misfit(source, weight, `yields ${channels} channels`);
    }
    if (channels === undefined) inputSize = inChannels * height * width;
    const padding = (kernel - 1) / 2;
    const sizes = { inChannels, outChannels, height, width, kernel, stride: 1, padding };
    layers.push({ kind: "conv2d", tensor: stem, ...sizes }, { kind: "relu" });
    channels = outChannels;
  }
  const outputs = (channels ?? 0) * height * width;
  const wanted = next?.weight.shape[1] ?? outputs;
  if (wanted === outputs) return { layers, inputSize, outputSize: outputs };
  const window = Math.sqrt(outputs / wanted);
  if (!Number.isInteger(window) || height % window !== 0 || width % window !== 0) {
    throw new ShapeError(
      `${source}: tensor ${next?.weight.name} takes ${wanted} values, but the convolutions yield ` +
        `${channels} × ${height} × ${width}, which no max pooling brings to that; is the image size right?`,
    );
  }
  layers.push({ kind: "maxPool2d", channels: channels ?? 0, height, width, window });
  return { layers, inputSize, outputSize: wanted };
}

/**
 * `(x/255-0.1307)/0.3081` (bytes) or `(x-0.1307)/0.3081` (pixels in [0, 1]); spaces and − are
 * welcome.
 */
function readNormalisation(file: TensorFile, source: string): Normalisation {
  const text = file.metadata["normalisation"] ?? file.metadata["normalization"];
  if (text === "none") return "none";
  if (text === undefined) {
    throw new FormatError(
      `${source}: the file does not say how inputs are normalised; give the option normalisation: ` +
        '"none" or {mean, deviation}, such as {mean: 0.1307, deviation: 0.3081}',
    );
  }
  const plain = text.replace(/\s/g, "").replace(/−/g, "-");
  const match = /^\(x(?:\/255)?-(\d*\.?\d+)\)\/(\d*\.?\d+)$/.exec(plain);
  const [mean, deviation] = [Number(match?.[1]), Number(match?.[2])];
  if (!(deviation > 0) || Number.isNaN(mean)) {
    throw new FormatError(
      `${source}: metadata "normalisation" is "${text}", expected "(x/255-MEAN)/DEVIATION" or "none"`,
    );
  }
  return { mean, deviation };
}

function misfit(source: string, weight: Tensor, giver: string): never {
  throw new ShapeError(
    `${source}: tensor ${weight.name} has shape [${weight.shape.join(", ")}], but the layer before it ` +
      `${giver}; was this file saved for another architecture?`,
  );
}
