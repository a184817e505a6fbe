import type { ActivationPattern } from "../network/activationPattern";
import { evaluate, evaluateInto } from "../network/evaluate";
import { createFlows, type Flows } from "../network/flows";
import type { Network } from "../network/network";
import type { DenseColumns } from "./denseColumns";
import { writeForm, type LinearForm } from "./linearForm";
import { pullBack } from "./pullBack";
import type { ScatteredConvolutions } from "./scatteredConvolutions";

export type { LinearForm } from "./linearForm";

/**
 * A network along a fixed activation pattern, in both directions: what pricing and generating rows
 * is made of.
 *
 * Forwards it is the affine map of the pattern's polytope, evaluated layer by layer; backwards it
 * carries
 * one linear form to the input.                                                (paper, Eqs. 20–25)
 */
export interface PatternPasses {
  readonly network: Network;
  /** Values after each layer, as the last `forward` left them; flows[0] is the input. */
  readonly flows: Flows;
  /** Fills `flows` at y; without a pattern ReLUs and pools do what the values say. */
  forward(y: Readonly<Float64Array>, pattern?: ActivationPattern): void;
  /**
   * The logits at x as `network/evaluate` gives them, to the bit and with its refusals, in a buffer
   * that the next call writes anew; `flows` stay as they are.
   */
  evaluate(x: Readonly<Float64Array>): Readonly<Float64Array>;
  /**
   * A form on the value `flows[value]`, as one on the input: one coefficient per input,
   * in a buffer that the next call writes anew.
   */
  pullBack(pattern: ActivationPattern, value: number, form: LinearForm): Readonly<Float64Array>;
  /** The same as its non-zero coefficients, where forms on most layers have few of them. */
  pullBackSparse?(pattern: ActivationPattern, value: number, form: LinearForm): SparseVector;
  /** Carries forms back through dense layers, where a pattern lets few values through. */
  readonly dense?: DenseColumns;
  /** Carries forms back through convolutions. */
  readonly scattered?: ScatteredConvolutions;
}

/**
 * A vector over the inputs by its entries: `values[k]` at `columns[k]`, k < count; no column twice.
 */
export interface SparseVector {
  readonly columns: Int32Array;
  readonly values: Float64Array;
  count: number;
}

/** The reference: the network's own evaluation, and `pullBack`. */
export function createPlainPasses(network: Network): PatternPasses {
  const flows = createFlows(network);
  const gradients = createFlows(network);
  return {
    network,
    flows,
    forward: (y, pattern) => evaluateInto(network, y, flows, pattern),
    evaluate: (x) => evaluate(network, x),
    pullBack(pattern, value, form) {
      writeForm(form, gradients[value]);
      return pullBack(network, pattern, value, gradients);
    },
  };
}

/** What the network yielded when it was last run. */
export function outputOf({ flows }: PatternPasses): Float64Array {
  return flows[flows.length - 1];
}
