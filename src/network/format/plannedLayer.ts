import { FormatError } from "../../errors";
import { plainText } from "../../quoteName";
import { readIndices, readObject, readText, refuseOthers, type Fields } from "./fields";
import { LAYER_RULES, type Layer, type LayerKind } from "../layer/layer";
import type { LayerRules } from "../layer/layerRules";

/** A tensor as a layer needs it, by its bare name. */
export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A layer without its numbers: what it needs, and how it is made of it. */
export interface PlannedLayer {
  readonly tensors: readonly WantedTensor[];
  /** The values that it reads; the one before it where absent. */
  readonly from?: readonly number[];
  make(valuesOf: (tensor: string) => Float64Array): Layer;
}

/**
 * A layer in a file of ours: its kind and facts, `tensor` for the stem of its parameters' names,
 * and `from` in a graph.
 */
export interface LayerDescription {
  readonly kind: string;
  readonly tensor?: string;
  readonly from?: readonly number[];
  readonly [fact: string]: unknown;
}

/** Stands for values while only shapes are asked for. */
const NO_VALUES = new Float64Array(0);

/** @throws FormatError for an unknown kind, or a field that is missing or makes no sense */
export function planLayer(description: unknown, where: string): PlannedLayer {
  const fields = readObject(description, where);
  const rules = rulesOfKind(fields);
  const named = rules.stem === undefined ? [] : ["tensor"];
  refuseOthers(fields, ["kind", ...named, ...rules.fields, "from"]);
  const stem = rules.stem === undefined ? "" : readText(fields, "tensor");
  const tensors: WantedTensor[] = [];
  rules.read(fields, (name, shape) => {
    tensors.push({ name: `${stem}.${name}`, shape });
    return NO_VALUES;
  });
  return {
    tensors,
    ...readSources(fields),
    make: (valuesOf) => rules.read(fields, (name) => valuesOf(`${stem}.${name}`)),
  };
}

/** The values that a layer of a graph reads; @throws FormatError unless they are whole numbers */
export function readSources(fields: Fields): { readonly from?: readonly number[] } {
  return fields.values["from"] === undefined ? {} : { from: readIndices(fields, "from") };
}

/** @throws FormatError naming the kinds there are */
export function rulesOfKind(fields: Fields): LayerRules<Layer> {
  const kind = readText(fields, "kind");
  if (Object.hasOwn(LAYER_RULES, kind)) {
    // Every entry of the table makes some layer, and which one only its own fields decide.
    return LAYER_RULES[kind as LayerKind];
  }
  const known = Object.keys(LAYER_RULES);
  throw new FormatError(
    `${fields.where}: unknown kind "${plainText(kind)}", expected ${known.slice(0, -1).join(", ")} ` +
      `or ${known[known.length - 1]}`,
  );
}
