import { appMax } from "../appMax";
import { boxOver } from "../box";
import { PIXEL_DOMAIN, toDomain, type DomainChoice } from "../domain";
import type { PolytopeWorkspace } from "../polytope";
import type { Engine } from "../../lp/program";
import { createAttained } from "./attained";
import { walkFrom } from "./walk";

/** How a walk from a point goes. */
export interface PointWalkOptions {
  /** Where inputs may lie; [0, 1] for every input by default. */
  readonly domain?: DomainChoice;
  /** How many polytopes are solved at most, beside the point's own. */
  readonly polytopes: number;
  readonly shouldStop?: () => boolean;
}

/** What is attained at a point, on its polytope, and on the walk that leads on from there. */
export interface PointWalk {
  /** E at the point, at AppMax's witness, and at the end of the walk: all attained. */
  readonly error: number;
  readonly maximum: number;
  readonly walked: number;
  /** Where `walked` is attained. */
  readonly witness: Float64Array;
  /** How many polytopes the walk solved. */
  readonly polytopes: number;
  /** Of all programs, AppMax's among them. */
  readonly iterations: number;
  /** Which solver found AppMax. */
  readonly solver: string;
}

/**
 * AppMax at a point, and how far a walk raises it: from the point and from AppMax's witness to
 * neighbouring polytopes, as long as one attains more.
 *
 * @throws ArgumentError if the point lies outside the domain
 */
export function walkAt(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  engines: readonly Engine[],
  { domain: choice = PIXEL_DOMAIN, polytopes, shouldStop = () => false }: PointWalkOptions,
): PointWalk {
  const domain = toDomain(choice);
  const { error, maximum, witness, iterations, solver } = appMax(workspace, x, engines, {
    domain,
    shouldStop,
  });
  const goal = { kind: "error" } as const;
  const box = boxOver(domain, x.length);
  const attained = createAttained(workspace.twins, goal, workspace.sides);
  const means = { workspace, engines, goal, box, attained, shouldStop };
  let found = { walked: maximum, witness, polytopes: 0, iterations };
  const steps = polytopes === 0 ? [] : walkFrom([x, witness], means);
  for (const { step, point, value, iterations: more } of steps) {
    found = { ...found, polytopes: step + 1, iterations: found.iterations + more };
    if (value > found.walked)
      found = { ...found, walked: value, witness: Float64Array.from(point) };
    if (step + 1 >= polytopes) break;
  }
  return { error, maximum, ...found, solver };
}
