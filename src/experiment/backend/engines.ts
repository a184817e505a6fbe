import { ArgumentError } from "../../errors";
import { createHighsEngine } from "../../lp/highs/engine";
import { createDualSimplexEngine } from "../../lp/dualSimplex/engine";
import { loadKernels } from "../../numeric/loadKernels";
import { createInteriorPointEngine } from "../../lp/interiorPoint/engine";
import type { Engine } from "../../lp/program";

/** The solvers that can be asked for by name. */
export const SOLVERS = ["auto", "region", "region-1", "interior", "highs"] as const;

/** @throws ArgumentError listing the names if there is no solver of this one */
export function checkSolver(name: string): void {
  if (!SOLVERS.some((known) => known === name)) {
    throw new ArgumentError(`unknown solver "${name}"; there are ${SOLVERS.join(", ")}`);
  }
}

/**
 * The engines of a solver's name, in the order in which they are tried: `auto` is the specialised
 * ones, each for the programs that it is made for, with HiGHS to fall back on; `region` (dual
 * simplex), `interior` (interior point, convolutional networks only) and `highs` are one alone.
 * `region-1` is the first method of `region`, by which stored rows that name it are computed anew.
 *
 * @throws ArgumentError listing the names
 */
export async function createEngines(name: string): Promise<Engine[]> {
  checkSolver(name);
  const engines: Engine[] = [];
  const isWanted = (engine: string): boolean => name === "auto" || name === engine;
  if (isWanted("interior")) engines.push(createInteriorPointEngine(loadKernels()));
  if (isWanted("region")) engines.push(createDualSimplexEngine(loadKernels()));
  if (name === "region-1") engines.push(createDualSimplexEngine(loadKernels(), { method: 1 }));
  if (isWanted("highs")) engines.push(await createHighsEngine());
  return engines;
}

/**
 * The engine for the many similar programs of one point, such as those of `decideAgreement`: the
 * first that takes up where the last program ended.
 *
 * @throws ArgumentError if there is none
 */
export function engineForSeries(engines: readonly Engine[]): Engine {
  const found = engines.find(({ takesUp }) => takesUp === true);
  if (found !== undefined) return found;
  const names = engines.map(({ name }) => name).join(", ");
  throw new ArgumentError(
    `${names} solves each program afresh, and cannot prove one infeasible; use auto, region or highs`,
  );
}
