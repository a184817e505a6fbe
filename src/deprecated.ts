import { AGREEMENT_RUNS, APPMAX_RUNS, type NamedRun } from "./experiment/namedRuns";
import * as lp from "./doors/lp";
import type { DualSimplexOptions } from "./lp/dualSimplex/engine";

/**
 * The specialised engine under its old name.
 *
 * @deprecated Kept for one release; use `rl.lp.createDualSimplexEngine`.
 */
export const createRegionEngine = lp.createDualSimplexEngine;

/** @deprecated Kept for one release; use `DualSimplexOptions`. */
export type RegionEngineOptions = DualSimplexOptions;

/** @deprecated Kept for one release; use `APPMAX_RUNS`: it never was all named runs. */
export const NAMED_RUNS: readonly NamedRun[] = APPMAX_RUNS;

/** @deprecated Kept for one release; use `AGREEMENT_RUNS`. */
export const CLASSIFICATION_RUNS: readonly NamedRun[] = AGREEMENT_RUNS;

// What went behind the door `rl.lp`.

/**
 * @deprecated Kept for one release; use `rl.appMax(twins, x)`, or `rl.lp.createPolytopeWorkspace`.
 */
export const createPolytopeWorkspace = lp.createPolytopeWorkspace;

/** @deprecated Kept for one release; use `rl.lp.polytopeAt`. */
export const polytopeAt = lp.polytopeAt;

/** @deprecated Kept for one release; use `rl.lp.AGREEMENT_LIMITS`. */
export const AGREEMENT_LIMITS: typeof lp.AGREEMENT_LIMITS = lp.AGREEMENT_LIMITS;

/** @deprecated Kept for one release; use `rl.agree(twins, x)`, or `rl.lp.decideAgreement`. */
export const decideAgreement = lp.decideAgreement;

/**
 * @deprecated Kept for one release; use `rl.appMax(twins, x)`, or `rl.lp.createEngines`.
 */
export const createEngines = lp.createEngines;

/** @deprecated Kept for one release; use `rl.lp.createDualSimplexEngine`. */
export const createDualSimplexEngine = lp.createDualSimplexEngine;

/** @deprecated Kept for one release; use `rl.lp.createHighsEngine`. */
export const createHighsEngine = lp.createHighsEngine;

/** @deprecated Kept for one release; use `rl.lp.createInteriorPointEngine`. */
export const createInteriorPointEngine = lp.createInteriorPointEngine;

/** @deprecated Kept for one release; use `rl.lp.loadKernels`. */
export const loadKernels = lp.loadKernels;

/** @deprecated Kept for one release; use `rl.lp.solveCertified`. */
export const solveCertified = lp.solveCertified;

/** @deprecated Kept for one release; use `rl.lp.dualBound`. */
export const dualBound = lp.dualBound;

/** @deprecated Kept for one release; use `rl.lp.verifyFarkas`. */
export const verifyFarkas = lp.verifyFarkas;
