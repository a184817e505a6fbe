import { ArgumentError } from "../../errors";
import { createHighsEngine } from "../../lp/highs/engine";
import { createDualSimplexEngine } from "../../lp/dualSimplex/engine";
import { loadKernels } from "../../numeric/loadKernels";
import type { Engine } from "../../lp/program";

/** The solvers that can be asked for by name. */
export const SOLVERS = ["auto", "region", "highs"] as const;

/** @throws ArgumentError listing the names if there is no solver of this one */
export function checkSolver(name: string): void {
  if (!(SOLVERS as readonly string[]).includes(name)) {
    throw new ArgumentError(`unknown solver "${name}"; there are ${SOLVERS.join(", ")}`);
  }
}

/**
 * The engines of a solver's name, in the order in which they are tried: `auto` is the specialised
 * one with HiGHS to fall back on, `region` and `highs` are either alone.
 *
 * @throws ArgumentError listing the names
 */
export async function createEngines(name: string): Promise<Engine[]> {
  checkSolver(name);
  const engines: Engine[] = [];
  if (name !== "highs") engines.push(createDualSimplexEngine(loadKernels()));
  if (name !== "region") engines.push(await createHighsEngine());
  return engines;
}
