import {
  attributeDifference,
  type Attribution,
  type Part,
} from "../analyse/attribution/attribution";
import type { ErrorSource } from "../analyse/source/source";
import type { ChangedParameter } from "../analyse/source/eachChange";
import { eachWeightAt } from "../analyse/source/weightsAt";
import type { Twins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import { ArgumentError, assertNever } from "../errors";

/** How finely a difference is split. */
export type ShareUnit = "layer" | "neuron" | "weight";

/** Which shares are asked for. */
export interface ShareChoice {
  /** `layer` by default; `neuron` for each number a layer yields, `weight` for each that moved. */
  readonly by?: ShareUnit;
  /** Which outputs, counted from 0; all by default. */
  readonly outputs?: readonly number[];
  /** Which layers, counted from 1, 0 being the input; all by default. */
  readonly layers?: readonly number[];
}

/** Whose share it is. */
export interface ShareOf {
  /** The output whose difference is split, counted from 0. */
  readonly output: number;
  /** Counted from 1; 0 is the input. */
  readonly layer: number;
  /** The kind of that layer. */
  readonly kind: string;
  /** What makes the difference; `evaluation` is what rounding the two evaluations left over. */
  readonly source: ErrorSource["kind"] | "evaluation";
  /** The number of those that the layer yields. */
  readonly neuron: number | null;
  readonly parameter: "weight" | "bias" | null;
  /** Its place among the layer's weights or biases. */
  readonly index: number | null;
}

/** One share of the difference at one input. */
export interface ShareRow extends ShareOf {
  readonly share: number;
}

/** A share of a whole layer is no neuron's and no number's. */
export const NO_ONE = { neuron: null, parameter: null, index: null } as const;

const UNIT = "logits";

/** The facts of what says whose a share is. */
export const WHOSE = {
  output: { type: "integer", style: "count", meaning: "whose difference Ñ − N is split, from 0" },
  layer: { type: "integer", style: "count", meaning: "counted from 1; 0 is the input" },
  kind: { type: "text", meaning: "the layer's" },
  source: { type: "text", meaning: "what makes the difference there" },
  neuron: { type: "integer", style: "count", isOptional: true, meaning: "of the layer, from 0" },
  parameter: { type: "text", isOptional: true, meaning: "weight or bias" },
  index: {
    type: "integer",
    style: "count",
    isOptional: true,
    meaning: "among the layer's weights or biases, from 0",
  },
} as const;

/** The columns of shares at one input. */
export const SHARE_COLUMNS = declareColumns<ShareRow>({
  ...WHOSE,
  share: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    meaning: "its part of Ñ − N at the input; those of an output add up to the difference",
  },
});

/** One share over many inputs. */
export interface SampledShareRow extends ShareOf {
  readonly mean: number;
  readonly meanSize: number;
  /** The share of the largest size, with its sign. */
  readonly largest: number;
  readonly worstPoint: number;
}

/** The columns of shares over a data set. */
export const SAMPLED_SHARE_COLUMNS = declareColumns<SampledShareRow>({
  ...WHOSE,
  mean: {
    type: "number",
    unit: UNIT,
    kind: "sample",
    meaning: "mean share; those of an output add up to its mean difference",
  },
  meanSize: {
    type: "number",
    unit: UNIT,
    kind: "sample",
    heading: "mean size",
    meaning: "mean of the share without its sign",
  },
  largest: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    meaning: "the share of the largest size, with its sign",
  },
  worstPoint: { type: "integer", style: "count", heading: "at image", meaning: "where that is" },
});

/** Rows beyond which nobody reads a frame, and memory runs short. */
const LARGEST_COUNT = 1_000_000;

/**
 * The shares at one input, those of each output together; every input has the same rows.
 *
 * @throws ArgumentError for an output or a layer that there is not, or far too many rows
 */
export function sharesAt(
  twins: Twins,
  x: Readonly<Float64Array>,
  choice: ShareChoice = {},
): ShareRow[] {
  const { by = "layer", outputs, layers } = checkChoice(twins, choice);
  const attribution = attributeDifference(twins, x);
  const parts = attribution.parts.filter(({ value }) => layers?.includes(value) ?? true);
  return outputs.flatMap((output) => {
    const shares = sharesOf(twins, attribution, parts, { by, output, outputs });
    // What is left over belongs to all parts together.
    return layers === undefined
      ? [...shares, leftOver(twins, attribution, shares, output)]
      : shares;
  });
}

function sharesOf(
  { network }: Twins,
  { gradients }: Attribution,
  parts: readonly Part[],
  { by, output, outputs }: { by: ShareUnit; output: number; outputs: readonly number[] },
): ShareRow[] {
  const forms = gradients(output);
  const rows: ShareRow[] = [];
  for (const part of parts) {
    const { value, source } = part;
    const kind = value === 0 ? "input" : network.layers[value - 1].kind;
    const whose = { output, layer: value, kind, source };
    for (const { share, ...which } of splitPart(splitAt(part, forms[value]), by)) {
      rows.push({ ...whose, ...NO_ONE, ...which, share });
    }
    checkCount(rows.length * outputs.length, by);
  }
  return rows;
}

/** How a part at one input is split further. */
function splitAt({ local, source, site }: Part, form: Readonly<Float64Array>): SplitPart {
  const isOfWeights = source === "weights" && site !== undefined;
  return {
    size: local.length,
    single: (neuron) => form[neuron] * local[neuron],
    ...(isOfWeights ? { eachWeight: (see) => eachWeightAt(site, form, see) } : {}),
  };
}

/** A share of one part, and whose within the part it is. */
type OwnShare = Partial<Pick<ShareRow, "neuron" | "parameter" | "index">> & { share: number };

/** A part as it is split further: a share of each number that its layer yields, and of weights. */
export interface SplitPart {
  readonly size: number;
  readonly single: (neuron: number) => number;
  /** Tells the share of each number of the layer that moved; nothing where none is to blame. */
  readonly eachWeight?: (see: (changed: ChangedParameter, share: number) => void) => void;
}

/** The shares of a part by what is asked for. */
export function splitPart(part: SplitPart, by: ShareUnit): OwnShare[] {
  const { size, single, eachWeight } = part;
  const neurons = Array.from({ length: size }, (_, neuron) => neuron);
  switch (by) {
    case "layer":
      return [{ share: neurons.reduce((sum, neuron) => sum + single(neuron), 0) }];
    case "weight": {
      const rows: OwnShare[] = [];
      // What is no weight's is its neuron's.
      if (eachWeight === undefined) return splitPart(part, "neuron");
      eachWeight((changed, share) => rows.push({ ...changed, share }));
      return rows;
    }
    case "neuron":
      return neurons.map((neuron) => ({ neuron, share: single(neuron) }));
    default:
      return assertNever(by);
  }
}

/** What rounding the two evaluations, and these shares, left over. */
function leftOver(
  { network }: Twins,
  { difference }: Attribution,
  shares: readonly ShareRow[],
  output: number,
): ShareRow {
  const layer = network.layers.length;
  const { kind } = network.layers[layer - 1];
  const share = shares.reduce((rest, row) => rest - row.share, difference[output]);
  return { output, layer, kind, source: "evaluation", ...NO_ONE, share };
}

/**
 * A choice with the outputs that it means.
 *
 * @throws ArgumentError for an output or a layer that there is not
 */
export function checkChoice({ network }: Twins, choice: ShareChoice) {
  const all = Array.from({ length: network.outputSize }, (_, output) => output);
  const { outputs = all, layers } = choice;
  checkNumbers("output", outputs, 0, network.outputSize - 1);
  checkNumbers("layer", layers ?? [], 0, network.layers.length);
  return { ...choice, outputs };
}

/** @throws ArgumentError if there are too many rows */
export function checkCount(count: number, by: ShareUnit): void {
  if (count <= LARGEST_COUNT) return;
  throw new ArgumentError(
    `there are more than ${LARGEST_COUNT} shares by ${by}; name fewer with { outputs } and { layers }`,
  );
}

function checkNumbers(what: string, given: readonly number[], least: number, most: number): void {
  const odd = given.find((one) => !Number.isSafeInteger(one) || one < least || one > most);
  if (odd === undefined) return;
  throw new ArgumentError(`there is no ${what} ${odd}; they are ${least} to ${most}`);
}
