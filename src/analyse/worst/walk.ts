import { sha256 } from "../../dataset/checksum";
import type { Engine } from "../../lp/program";
import { solveCertified } from "../../lp/solveCertified";
import type { ActivationPattern } from "../../network/activationPattern";
import type { Box } from "../box";
import type { PolytopeWorkspace } from "../twinPolytope";
import type { Attained } from "./attained";
import { pastFacets } from "./facets";
import type { WorstGoal } from "./goal";
import { goalProgram } from "./goalProgram";

/*
 * A walk from polytope to polytope. On the polytope of an input the goal's form is affine, and a
 * program finds where it is largest. There the walk reads which polytope that input lies in, and
 * then steps past the facets that held it, until a neighbour is found where more is attained.
 * Every place it goes on from attains more than the last.
 */

/** What a walk needs. */
export interface WalkMeans {
  readonly workspace: PolytopeWorkspace;
  /** Tried in order until an answer is certified. */
  readonly engines: readonly Engine[];
  readonly goal: WorstGoal;
  readonly box: Box;
  readonly attained: Attained;
  readonly shouldStop: () => boolean;
}

/** A polytope that was solved. */
export interface WalkStep {
  /** How many were solved before it. */
  readonly step: number;
  readonly point: Float64Array;
  /** Attained at the point. */
  readonly value: number;
  /** What solved it, and in how many iterations. */
  readonly solver: string;
  readonly iterations: number;
}

/** A relative gain below this is rounding, and no reason to go on. */
const LEAST_GAIN = 1e-9;

/** How near program and bound must come: what counts is what networks yield at the end. */
const GAPS = { relativeGap: 1e-6, absoluteGap: 1e-10 } as const;

/**
 * Walks from one input after another, polytope after polytope, each time until no neighbour of the
 * best attains more. No polytope is solved twice.
 */
export function* walkFrom(
  starts: Iterable<Readonly<Float64Array>>,
  means: WalkMeans,
): Generator<WalkStep, void> {
  const seen = new Set<string>();
  let step = 0;
  for (const start of starts) {
    for (const found of walk(start, means, seen)) yield { ...found, step: step++ };
  }
}

/**
 * Walks from an input, polytope after polytope, until no neighbour of the best attains more.
 *
 * @param seen  keys of polytopes that are not to be solved again; those that are solved join them
 */
export function* walk(
  start: Readonly<Float64Array>,
  { workspace, engines, goal, box, attained, shouldStop }: WalkMeans,
  seen = new Set<string>(),
): Generator<WalkStep, void> {
  let best = attained(start);
  let step = 0;
  let next: Iterable<Readonly<Float64Array>> = [start];
  for (let isOn = true; isOn;) {
    isOn = false;
    for (const x of next) {
      if (shouldStop()) return;
      const { polytope, program } = goalProgram(workspace, goal, x, box);
      const key = keyOf(polytope.patterns);
      if (seen.has(key)) continue;
      seen.add(key);
      const outcome = solveCertified(engines, program, { ...GAPS, shouldStop });
      if (outcome.kind === "infeasible" || outcome.point === undefined) continue;
      const { point, multipliers, basis } = outcome;
      const value = attained(point);
      yield { step, point, value, solver: outcome.engine, iterations: outcome.iterations };
      const isFirst = step++ === 0;
      if (!isFirst && !(value > best + LEAST_GAIN * Math.abs(best))) continue;
      best = Math.max(best, value);
      next = onwards(point, pastFacets(program, { point, multipliers, basis }));
      isOn = true;
      break;
    }
  }
}

/** First the corner itself, which may lie in another polytope than the one it was found in. */
function* onwards(
  point: Float64Array,
  past: Iterable<Float64Array>,
): Generator<Float64Array, void> {
  yield point;
  yield* past;
}

function keyOf(patterns: readonly ActivationPattern[]): string {
  const parts = patterns.flatMap(({ switches }) =>
    switches.flatMap((each) =>
      each === undefined ? [] : [new Uint8Array(each.buffer, each.byteOffset, each.byteLength)],
    ),
  );
  return sha256(...parts);
}
