import { ArgumentError } from "../errors";
import { createHighsEngine } from "../lp/highs";
import type { Engine } from "../lp/program";

/** The solvers that can be asked for by name. */
export const SOLVERS = ["auto", "highs"] as const;

/**
 * The engines of a solver's name, in the order in which they are tried; `auto` is the fastest first.
 *
 * @throws ArgumentError listing the names
 */
export async function createEngines(name: string): Promise<Engine[]> {
  if (name === "auto" || name === "highs") return [await createHighsEngine()];
  throw new ArgumentError(`unknown solver "${name}"; there are ${SOLVERS.join(", ")}`);
}
