import { ArgumentError, FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import type { Architecture, ImageSize } from "./architecture";
import { describeArchitecture } from "./describeArchitecture";
import { DESCRIPTION_KEY, parseDescription } from "./description";
import { inferChain } from "./infer";
import { readNormalisation, type Normalisation } from "../normalisation";
import { countOf } from "../layer/perInput";
import { planLayer, type PlannedLayer } from "./plannedLayer";
import { bareTensors, type TensorShape } from "./tensorNames";

/** What a file does not say, if it does not describe itself. */
export interface InferOptions {
  /** By default the metadata entry `normalisation` decides, such as `(x/255-0.1307)/0.3081`. */
  readonly normalisation?: Normalisation;
  /** Height and width of the images that a first convolution takes. */
  readonly imageSize?: ImageSize;
}

/** `InferOptions` with the function that the weights belong to. */
export interface PlanOptions extends InferOptions {
  readonly architecture?: Architecture;
}

/** What a file's header says, before any value is read. */
export interface NetworkHeader {
  readonly tensors: readonly TensorShape[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A network without its numbers, and where in the file they are. */
export interface NetworkPlan {
  readonly inputSize: number;
  readonly layers: readonly PlannedLayer[];
  readonly assumptions: readonly string[];
  /** The file's own name of each tensor that a layer uses; without one, a bias is zero. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Which network a file holds, by its description, by an architecture, or, for a chain of dense
 * layers alone, by assumptions that are put on record. Everything that can be refused without the
 * values is refused here.
 *
 * @throws FormatError or ShapeError naming the tensor, ArgumentError if options contradict the file
 */
export function planNetwork(
  header: NetworkHeader,
  source: string,
  options: PlanOptions = {},
): NetworkPlan {
  const text = header.metadata[DESCRIPTION_KEY];
  if (text === undefined) return planForeign(header, source, options);
  const given = (["architecture", "normalisation", "imageSize"] as const).find(
    (option) => options[option] !== undefined,
  );
  if (given !== undefined) {
    throw new ArgumentError(
      `${source} describes itself (metadata "${DESCRIPTION_KEY}"), so ${given} would be said twice; ` +
        "leave the option out",
    );
  }
  const { inputSize, layers, assumptions = [] } = parseDescription(text, source);
  const tensors = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  const names = matchTensors(layers, tensors, source, true);
  return { inputSize, layers, assumptions, names };
}

function planForeign(header: NetworkHeader, source: string, options: PlanOptions): NetworkPlan {
  const tensors = bareTensors(header.tensors, source);
  const { architecture } = options;
  const described =
    architecture === undefined
      ? inferChain(tensors, source)
      : {
          ...describeArchitecture(architecture, tensors, imageOf(options, source), source),
          assumptions: [],
        };
  const { inputSize, assumptions } = described;
  checkImage(options.imageSize, inputSize, source);
  const normalisation = normalisationOf(header, source, options);
  checkCounts(normalisation, inputSize, imageOf(options, source), source);
  const layers =
    normalisation === "none"
      ? described.layers
      : behind(planLayer({ kind: "normalise", ...normalisation }, source), described.layers);
  return { inputSize, layers, assumptions, names: matchTensors(layers, tensors, source, false) };
}

/** Layers with another in front of them, whose values they read as the input. */
function behind(first: PlannedLayer, layers: readonly PlannedLayer[]): PlannedLayer[] {
  const moved = layers.map(({ from, ...layer }) =>
    from === undefined ? layer : { ...layer, from: from.map((value) => value + 1) },
  );
  return [first, ...moved];
}

/** The option or the architecture; both may say it, but not differently. */
function imageOf(options: PlanOptions, source: string): ImageSize | undefined {
  const { imageSize, architecture } = options;
  const image = architecture?.image;
  if (imageSize === undefined || image === undefined) return imageSize ?? image;
  if (imageSize.height === image.height && imageSize.width === image.width) return image;
  throw new ArgumentError(
    `${source}: images are ${image.height} × ${image.width} by the architecture, but ` +
      `${imageSize.height} × ${imageSize.width} by the option; which is right?`,
  );
}

function checkImage(image: ImageSize | undefined, inputSize: number, source: string): void {
  if (image === undefined || inputSize % (image.height * image.width) === 0) return;
  throw new ShapeError(
    `${source} takes ${inputSize} values, which are no images of ${image.height} × ${image.width}`,
  );
}

/** @throws ShapeError for a list of means that is neither one per input nor one per channel */
function checkCounts(
  normalisation: Normalisation,
  inputSize: number,
  image: ImageSize | undefined,
  source: string,
): void {
  if (normalisation === "none") return;
  const channels = image === undefined ? undefined : inputSize / (image.height * image.width);
  for (const [name, numbers] of Object.entries(normalisation)) {
    const count = countOf(numbers);
    const isRight = typeof numbers === "number" || count === inputSize || count === channels;
    if (isRight) continue;
    const perChannel =
      channels === undefined
        ? ", or, where the image is known (--image HxW), one for each channel"
        : `, or ${channels} for the channels`;
    throw new ShapeError(
      `${source}: the normalisation has ${count} numbers as its ${name}, but the network takes ` +
        `${inputSize} values; give one number, one for each input${perChannel}`,
    );
  }
}

/** What was asked for, else what the architecture says, else the file's metadata; never a guess. */
function normalisationOf(
  { metadata }: NetworkHeader,
  source: string,
  { normalisation, architecture }: PlanOptions,
): Normalisation {
  const said = normalisation ?? architecture?.normalisation;
  if (said !== undefined) return said;
  const text = metadata["normalisation"] ?? metadata["normalization"];
  if (text !== undefined) return readNormalisation(text, source);
  throw new FormatError(
    `${source}: the file does not say how inputs are normalised; give the option normalisation ` +
      '(--normalisation): "none" or mean and deviation, such as {mean: 0.1307, deviation: 0.3081} ' +
      "(--normalisation 0.1307,0.3081); lists are one for each input or channel",
  );
}

/**
 * Finds the tensors of all layers; @throws if one is missing, has another shape, or is left over.
 */
function matchTensors(
  layers: readonly PlannedLayer[],
  tensors: ReadonlyMap<string, TensorShape>,
  source: string,
  needsBiases: boolean,
): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, shape } of layers.flatMap((layer) => layer.tensors)) {
    if (names.has(name)) {
      throw new FormatError(
        `${source}: two layers use the tensor ${quoteName(name)}; shared weights are not read`,
      );
    }
    if (!needsBiases && name.endsWith(".bias") && !tensors.has(name)) continue;
    names.set(name, matchTensor(tensors, name, shape, source));
  }
  const extra = [...tensors.keys()].find((name) => !names.has(name));
  if (extra !== undefined) {
    throw new FormatError(
      `${source}: tensor ${quoteName(extra)} belongs to no layer of the architecture`,
    );
  }
  return names;
}

function matchTensor(
  tensors: ReadonlyMap<string, TensorShape>,
  name: string,
  shape: readonly number[],
  source: string,
): string {
  const found = tensors.get(name);
  if (found === undefined) {
    throw new FormatError(`${source}: tensor ${quoteName(name)} is missing`);
  }
  const isRight =
    found.shape.length === shape.length &&
    found.shape.every((size, index) => size === shape[index]);
  if (isRight) return found.name;
  throw new ShapeError(
    `${source}: tensor ${quoteName(name)} should have shape [${shape.join(", ")}], found ` +
      `[${found.shape.join(", ")}]; was this file saved for another architecture?`,
  );
}
