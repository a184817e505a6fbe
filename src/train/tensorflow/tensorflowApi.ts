import type * as tensorflow from "@tensorflow/tfjs-node";

/** The TensorFlow.js namespace, whichever backend stands behind it. */
export type TensorFlow = typeof tensorflow;
