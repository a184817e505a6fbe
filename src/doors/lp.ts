/**
 * The door `rl.lp`: the linear programs themselves. The polytope of a point as a program, the
 * engines that solve programs, and the certificates that trust none of them.
 *
 * @module
 */

// The program of a point
export { createPolytopeWorkspace, polytopeAt } from "../analyse/polytope";
export { appMax } from "../analyse/appMax";
export { AGREEMENT_LIMITS, decideAgreement } from "../analyse/agreement";

// Engines
export { createEngines } from "../experiment/backend/engines";
export { createDualSimplexEngine } from "../lp/dualSimplex/engine";
export { createHighsEngine } from "../lp/highs/engine";
export { createInteriorPointEngine } from "../lp/interiorPoint/engine";
export { loadKernels } from "../numeric/loadKernels";

// Answers that are proved
export { solveCertified } from "../lp/solveCertified";
export { dualBound, verifyFarkas } from "../lp/certificate";
