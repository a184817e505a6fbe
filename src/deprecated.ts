import { AGREEMENT_RUNS, APPMAX_RUNS, type NamedRun } from "./experiment/namedRuns";
import { createDualSimplexEngine, type DualSimplexOptions } from "./lp/dualSimplex/engine";

/**
 * The specialised engine under its old name.
 *
 * @deprecated Kept for one release; use `createDualSimplexEngine`.
 */
export const createRegionEngine = createDualSimplexEngine;

/** @deprecated Kept for one release; use `DualSimplexOptions`. */
export type RegionEngineOptions = DualSimplexOptions;

/** @deprecated Kept for one release; use `APPMAX_RUNS`: it never was all named runs. */
export const NAMED_RUNS: readonly NamedRun[] = APPMAX_RUNS;

/** @deprecated Kept for one release; use `AGREEMENT_RUNS`. */
export const CLASSIFICATION_RUNS: readonly NamedRun[] = AGREEMENT_RUNS;
