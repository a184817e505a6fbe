import { createDualSimplexEngine, type DualSimplexOptions } from "./lp/dualSimplex/engine";

/**
 * The specialised engine under its old name.
 *
 * @deprecated Kept for one release; use `createDualSimplexEngine`.
 */
export const createRegionEngine = createDualSimplexEngine;

/** @deprecated Kept for one release; use `DualSimplexOptions`. */
export type RegionEngineOptions = DualSimplexOptions;
