import type * as tensorflow from "@tensorflow/tfjs-node";
import type { TensorFlow } from "./tensorflowApi";
import { registerWasmKernel, type KernelRun, type TensorInfo } from "./wasmKernels";
import { InvariantError } from "../../errors";

/**
 * From how many entries on the second factor is too big to be packed. The backend copies it into
 * its own layout at every product; for 12544 × 1024 that takes 80 ms of 185, turning the first
 * factor 25 ms.
 */
const LARGE_FACTOR = 4_000_000;

/**
 * Replaces the wasm matrix products by ones that transpose first. The backend's own handling of its
 * transpose flags is more than ten times slower (179 ms against 13 ms for 128 × 784 by 128 × 2000).
 * A second factor that is much the larger one goes first, as (bᵀaᵀ)ᵀ = ab.
 */
export function transposeBeforeMultiplying(tf: TensorFlow): void {
  registerWasmKernel(tf, "BatchMatMul", (run, { inputs, attributes }, original) => {
    const factors = { run, original: backendsOwn(original), attributes };
    const { a, b } = inputs;
    const size = sizeOf(b);
    const isLopsided = b.shape.length === 2 && size > LARGE_FACTOR && size > 4 * sizeOf(a);
    const transposeA = attributes["transposeA"] === true;
    const transposeB = attributes["transposeB"] === true;
    if (!isLopsided) return plainProduct(factors, a, transposeA, b, transposeB);
    return turn(run, plainProduct(factors, b, !transposeB, a, !transposeA));
  });
  registerWasmKernel(tf, "_FusedMatMul", (run, { inputs, attributes }, original) => {
    const plain = { ...attributes, transposeA: false, transposeB: false };
    const a = attributes["transposeA"] === true ? turn(run, inputs["a"]) : inputs["a"];
    const b = attributes["transposeB"] === true ? turn(run, inputs["b"]) : inputs["b"];
    return run.call(backendsOwn(original), { ...inputs, a, b }, plain);
  });
}

/** @throws InvariantError if the backend has no product of its own, of which ours is made */
function backendsOwn(original: tensorflow.KernelFunc | undefined): tensorflow.KernelFunc {
  if (original === undefined) {
    throw new InvariantError("the WebAssembly backend of TensorFlow.js has no matrix product");
  }
  return original;
}

interface Factors {
  readonly run: KernelRun;
  readonly original: tensorflow.KernelFunc;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function plainProduct(
  { run, original, attributes }: Factors,
  a: TensorInfo,
  transposeA: boolean,
  b: TensorInfo,
  transposeB: boolean,
): TensorInfo {
  return run.call(
    original,
    { a: transposeA ? turn(run, a) : a, b: transposeB ? turn(run, b) : b },
    { ...attributes, transposeA: false, transposeB: false },
  );
}

/** The tensor with its last two axes exchanged. */
function turn(run: KernelRun, input: TensorInfo): TensorInfo {
  const perm = input.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return run.transpose(input, perm);
}

function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((product, size) => product * size, 1);
}
