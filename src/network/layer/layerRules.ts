import type { Fields } from "../format/fields";
import type { Step } from "./step";

/**
 * Whether an approximation may touch a number. What is rounded is part of the network: the 1/9 of
 * an average, the 1 of a skip and a normalisation are exact in both twins.
 */
export type Role = "rounded" | "exact";

/** One array of numbers of a layer. */
export interface Parameter {
  /** As messages and tensors name it. */
  readonly name: ParameterName;
  readonly values: Float64Array;
  readonly shape: readonly number[];
  /** How many outputs the numbers belong to in equal runs: the channels of a quantiser. */
  readonly channels: number;
  readonly role: Role;
}

/** What a parameter is to its layer: a bias is added, a weight is multiplied by. */
export type ParameterName = "weight" | "bias";

/** Gives a parameter other values, as many. */
export type ParameterChange = (parameter: Parameter) => Float64Array;

/** What a layer is but for its parameters: numbers, texts and lists of numbers. */
export type Facts = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What every kind of layer says of itself; everything else follows from its step. */
export interface LayerRules<L extends { readonly kind: string }> {
  /** How many sources a layer of this kind reads. */
  readonly sources: "one" | "several";
  /** The number of values that it takes of each source, or undefined where any will do. */
  inputSize(layer: L): number | undefined;
  /**
   * What it must be to be one at all. `sizes` are those of its sources.
   *
   * @throws ShapeError for sizes that make no layer, ArgumentError for a number that makes no sense
   */
  check(layer: L, where: string, sizes: readonly number[]): void;
  /** What it does to values, `sizes` of them from each source. */
  step(layer: L, sizes: readonly number[]): Step;
  /** Its numbers, in the order in which files and checksums have them. */
  parameters(layer: L): readonly Parameter[];
  /** The same layer with other numbers. */
  withParameters(layer: L, change: ParameterChange): L;
  /** All that is not a parameter: what files say of it beside its tensors. */
  facts(layer: L): Facts;
  /** What stands in front of the number of its tensors in files: `fc` of `fc1.weight`. */
  readonly stem?: string;
  /** The names of its facts, beside `kind`: any other field of a file is refused. */
  readonly fields: readonly string[];
  /**
   * The layer of some facts and parameters.
   *
   * @throws FormatError naming the field that is missing or makes no sense
   */
  read(fields: Fields, take: TakeParameter): L;
}

/** The values of a parameter, by its name and the shape that it must have. */
export type TakeParameter = (name: ParameterName, shape: readonly number[]) => Float64Array;
