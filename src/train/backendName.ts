/*
 * Apart from `tensorflow/`, whose declarations need TensorFlow's: whoever imports RoundLab is not
 * made to read those.
 */

/** What computes: TensorFlow's C library, WebAssembly with SIMD, or plain JavaScript. */
export type BackendName = "native" | "wasm" | "cpu";

export const BACKEND_NAMES: readonly BackendName[] = ["native", "wasm", "cpu"];
