/**
 * The light part of the public API, `roundlab/core`: networks, approximations and their analysis,
 * without frames, figures, notebooks and training. What it loads is counted by a test.
 */

export * from "./parts";
export * as lp from "./doors/lp";
export { appMax } from "./analyse/appMax";
export { runAppMax } from "./experiment/variant/runAppMax";

// Old names, kept for one release.
export * from "./deprecated";
