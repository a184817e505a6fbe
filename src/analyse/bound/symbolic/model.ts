import type { Step } from "../../../network/layer/step";
import type { Gemm } from "../../../numeric/gemm";
import { summationError } from "../../../numeric/rounding";
import type { Intervals } from "../../intervals";
import type { AffineFacts } from "./affineSite";
import type { Relaxation } from "./piecesPlanes";
import type { MaxFacts } from "./maxFacts";
import { middlesOf, type Middles } from "./middles";

/** A relaxed step of pieces. */
export interface PiecesFacts extends Relaxation {
  readonly form: "pieces";
  /** The places where y, and where Δ, is not 0 for certain. */
  readonly values: Int32Array;
  readonly differences: Int32Array;
}

/** The facts of planes. */
export function piecesFacts(relaxation: Relaxation): PiecesFacts {
  const { over, under, overDifference, underDifference } = relaxation;
  const placesOf = (...all: readonly Float64Array[]): Int32Array =>
    Int32Array.from(over.slope.keys()).filter((place) => all.some((part) => part[place] !== 0));
  const planes = [overDifference, underDifference];
  return {
    ...{ form: "pieces", ...relaxation },
    values: placesOf(over.slope, over.constant, under.slope, under.constant),
    differences: placesOf(
      ...planes.flatMap(({ onValue, onDifference, constant }) => [onValue, onDifference, constant]),
    ),
  };
}

/** What back-substitution knows of a step: of each form something else. */
export type Facts = AffineFacts | PiecesFacts | MaxFacts;

/** A layer that forms can be carried back through. */
export interface ModelNode {
  readonly step: Step;
  readonly from: readonly number[];
  readonly facts: Facts;
  /** What else is added to the differences that it yields: by sources other than weights. */
  readonly charge?: Intervals;
}

/** Twins over a box, as far as they are known: node l yields value l + 1. */
export interface Model {
  readonly gemm: Gemm;
  readonly nodes: ModelNode[];
  readonly values: Intervals[];
  readonly differences: Intervals[];
  /** Middles of intervals that are settled, so that they are formed once. */
  readonly middles: WeakMap<Intervals, Middles>;
  /** The relative error that sums of coefficients on each value may have. */
  readonly relative: readonly number[];
}

/** Middles of a model's intervals. */
export function middlesIn({ middles }: Model, intervals: Intervals): Middles {
  const known = middles.get(intervals) ?? middlesOf(intervals);
  middles.set(intervals, known);
  return known;
}

/** Coefficients on a value are sums over everything that all its readers yield. */
export function relativeErrors(
  valueCount: number,
  readers: readonly { readonly size: number; readonly from: readonly number[] }[],
): number[] {
  const counts = new Array<number>(valueCount).fill(16);
  for (const { size, from } of readers) for (const value of from) counts[value] += 4 * size + 8;
  return counts.map(summationError);
}

/** Whether all of these are 0 for certain. */
export function isNothing({ lower, upper }: Intervals): boolean {
  return lower.every((low, place) => low === 0 && upper[place] === 0);
}
