import { FormatError } from "../../errors";
import { quoteName } from "../../quoteName";
import { checkVersion } from "./description";
import { readArray, readObject, readSize, readText, refuseOthers } from "./fields";
import type { ArchitectureLayer } from "./architectureLayer";
import { ARCHITECTURE_RULES } from "./architectureRules";
import { readSources } from "./plannedLayer";
import { readNormalisationField, type Normalisation } from "../normalisation";

/*
 * What a file of weights does not say: which function they belong to. A person writes it as JSON;
 * sizes stand in the tensors, so only what they cannot tell is asked for. docs/own-network.md has
 * the form and examples.
 */

export type { ArchitectureLayer } from "./architectureLayer";

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
  relu6: "write clip, with lower 0 and upper 6",
  hardtanh: "write clip, with lower -1 and upper 1",
  avgPool2d: "it is called averagePool2d",
  batchNorm1d: "it is called batchNorm",
  batchNorm2d: "it is called batchNorm",
  dropout: "leave it out: it does nothing after training",
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
      : { normalisation: readNormalisationField(normalisation, `${source}: "normalisation"`) }),
  };
}

function parseLayer(value: unknown, where: string): ArchitectureLayer {
  const fields = readObject(value, where);
  const kind = readText(fields, "kind");
  if (!Object.hasOwn(ARCHITECTURE_RULES, kind)) {
    const reason = Object.hasOwn(REFUSED, kind) ? `; ${REFUSED[kind]}` : "";
    const known = Object.keys(ARCHITECTURE_RULES);
    throw new FormatError(
      `${where}: ${quoteName(kind)} is no layer here${reason}; there are ` +
        `${known.slice(0, -1).join(", ")} and ${known[known.length - 1]}`,
    );
  }
  // Whether it is a key was asked just now.
  const { fields: known, parse } = ARCHITECTURE_RULES[kind as ArchitectureLayer["kind"]];
  refuseOthers(fields, ["kind", ...known, "from"]);
  return { ...parse(fields), ...readSources(fields) };
}

function parseImage(value: unknown, where: string): ImageSize {
  const fields = readObject(value, where);
  refuseOthers(fields, ["height", "width"]);
  return { height: readSize(fields, "height"), width: readSize(fields, "width") };
}
