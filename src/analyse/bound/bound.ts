import { createEnclosure, type Enclosure } from "../../claim/enclosure";
import type { Kernels } from "../../numeric/kernels";
import { centreOf } from "../box";
import type { Intervals } from "../intervals";
import { totalError } from "../errorBounds";
import { absoluteError } from "../roundingError";
import type { Twins } from "../twin";

/** What is known of all that flows through twins while their inputs stay in a box. */
export interface NodeBounds {
  /** N's: entry 0 is the box, entry n what the n-th layer yields. */
  readonly values: readonly Intervals[];
  /** How far Ñ's values may lie above and below N's, in the same order. */
  readonly differences: readonly Intervals[];
}

/** What a method proves of twins over a box, and what was attained there. */
export interface Bound extends NodeBounds {
  /** The method's name. */
  readonly method: string;
  /**
   * The largest E over the box: the upper end is proved in real arithmetic; the lower end is E at
   * the witness, as binary64 evaluates it.                                        (paper, Eq. 17)
   */
  readonly total: Enclosure;
}

export interface BoundOptions {
  /** An input of the box at which E is evaluated; the centre of the box by default. */
  readonly witness?: Readonly<Float64Array>;
  /** Where methods multiply matrices; kernels of their own by default. */
  readonly kernels?: Kernels;
  /** Ends a bound that takes long, between blocks of its work: its reason is thrown. */
  readonly signal?: AbortSignal;
}

/** What a method knows of each node, and of E where it knows more than the ends of the outputs. */
export interface Proved extends NodeBounds {
  readonly total?: number;
}

/** A way of bounding twins over a box: all of them take and give the same. */
export type BoundMethod = (twins: Twins, box: Intervals, options?: BoundOptions) => Bound;

/** A bound of what a method knows of each node. */
export function createBound(
  method: string,
  twins: Twins,
  box: Intervals,
  { values, differences, total: known = Infinity }: Proved,
  { witness = centreOf(box) }: BoundOptions,
): Bound {
  const upper = Math.min(known, totalError(differences[differences.length - 1]));
  // Evaluation rounds: what it finds may lie a few last bits above what is proved of real numbers.
  const lower = Math.min(upper, absoluteError(twins, witness));
  const total = createEnclosure({ lower, upper, witness, proof: "real" as const });
  return { method, values, differences, total };
}
