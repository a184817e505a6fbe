import { FormatError, messageOf } from "../../errors";
import { plainText } from "../../quoteName";
import { brief, readArray, readObject, readSize, refuseOthers, type Fields } from "./fields";
import { rulesOf } from "../layer/layer";
import type { Network } from "../network";
import { planLayer, type LayerDescription, type PlannedLayer } from "./plannedLayer";

/** A network without its numbers: the metadata entry `roundlab` of our own files, as JSON. */
export interface NetworkDescription {
  readonly inputSize: number;
  readonly layers: readonly LayerDescription[];
  /** What was assumed when the network was first loaded; absent where nothing was. */
  readonly assumptions?: readonly string[];
}

/** What a description says, ready to be given numbers. */
export interface PlannedNetwork {
  readonly inputSize: number;
  readonly layers: readonly PlannedLayer[];
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
  const counts = new Map<string, number>();
  const layers = network.layers.map((layer, index): LayerDescription => {
    const { stem, facts } = rulesOf(layer);
    const from = network.from?.[index];
    const graph = from === undefined ? {} : { from };
    const { kind, ...rest } = facts(layer);
    if (stem === undefined) return { kind, ...rest, ...graph };
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    return { kind, tensor: `${stem}${count}`, ...rest, ...graph };
  });
  const { inputSize, assumptions } = network;
  return { inputSize, layers, ...(assumptions === undefined ? {} : { assumptions }) };
}

/** A description as the text that metadata carry. */
export function formatDescription(description: NetworkDescription): string {
  return JSON.stringify({ version: VERSION, ...description });
}

/** @throws FormatError if the text is no description that this version understands */
export function parseDescription(text: string, source: string): PlannedNetwork {
  const where = `${source}: metadata "${DESCRIPTION_KEY}"`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = plainText(messageOf(cause), 120);
    throw new FormatError(`${where} is no JSON (${reason})`, { cause });
  }
  const fields = readObject(value, where);
  checkVersion(fields.values["version"], where);
  refuseOthers(fields, ["version", "inputSize", "layers", "assumptions"]);
  return {
    inputSize: readSize(fields, "inputSize"),
    layers: readArray(fields, "layers").map((layer, index) =>
      planLayer(layer, `${where}, layer ${index + 1}`),
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
