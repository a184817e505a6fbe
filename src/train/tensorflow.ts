import * as path from "node:path";
import * as util from "node:util";
import type * as tensorflow from "@tensorflow/tfjs-node";

/** The TensorFlow.js namespace, whichever backend stands behind it. */
export type TensorFlow = typeof tensorflow;

/** Which backend computes, and why a faster one does not. */
export interface Backend {
  readonly tf: TensorFlow;
  readonly name: "native" | "wasm" | "cpu";
  readonly version: string;
  /** One sentence for each faster backend that was refused. */
  readonly refused: readonly string[];
}

/** TensorFlow.js on the fastest backend that works here: native, then WebAssembly, then plain. */
export async function loadTensorflow(): Promise<Backend> {
  const refused: string[] = [];
  const native = requireNative(refused);
  if (native !== undefined) {
    return { tf: native, name: "native", version: native.version_core, refused };
  }
  // The package is an alias of plain @tensorflow/tfjs, which installs from the registry alone.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const tf = require("@tensorflow/tfjs-node") as TensorFlow;
  if (await startWasm(tf, refused)) {
    return { tf, name: "wasm", version: tf.version_core, refused };
  }
  await tf.setBackend("cpu");
  await tf.ready();
  return { tf, name: "cpu", version: tf.version_core, refused };
}

function requireNative(refused: string[]): TensorFlow | undefined {
  // tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed.
  const legacy = util as unknown as { isNullOrUndefined?: (value: unknown) => boolean };
  try {
    legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  } catch {
    // A sealed namespace object: the require below then decides.
  }
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require("tfjs-node-native") as TensorFlow;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    refused.push(`native: ${reason}`);
    return undefined;
  }
}

async function startWasm(tf: TensorFlow, refused: string[]): Promise<boolean> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const wasm = require("@tensorflow/tfjs-backend-wasm") as {
      setWasmPaths(folder: string): void;
    };
    const entry = require.resolve("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(path.dirname(entry) + path.sep);
    if (!(await tf.setBackend("wasm"))) throw new Error("the backend did not start");
    await tf.ready();
    transposeBeforeMultiplying(tf);
    return true;
  } catch (error) {
    refused.push(`wasm: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/**
 * Replaces the wasm matrix products by ones that transpose first. The backend's own handling of its
 * transpose flags is more than ten times slower (179 ms against 13 ms for 128 × 784 by 128 × 2000).
 */
function transposeBeforeMultiplying(tf: TensorFlow): void {
  for (const kernelName of ["BatchMatMul", "_FusedMatMul"]) {
    const original = tf.getKernel(kernelName, "wasm");
    if (original === undefined || original === null) continue;
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...original,
      kernelName,
      backendName: "wasm",
      kernelFunc: (call) => {
        const attributes = { ...call.attrs } as Record<string, unknown>;
        const made: tensorflow.TensorInfo[] = [];
        const flat = (
          name: "a" | "b",
          flag: "transposeA" | "transposeB",
        ): tensorflow.TensorInfo => {
          const input = (call.inputs as Record<string, tensorflow.TensorInfo>)[name];
          if (attributes[flag] !== true) return input;
          attributes[flag] = false;
          const turned = transposeLastTwo(tf, input, call.backend);
          made.push(turned);
          return turned;
        };
        const inputs = {
          ...call.inputs,
          a: flat("a", "transposeA"),
          b: flat("b", "transposeB"),
        };
        const result = original.kernelFunc({
          inputs,
          backend: call.backend,
          attrs: attributes as unknown as typeof call.attrs,
        });
        for (const info of made) disposeData(call.backend, info);
        return result;
      },
    });
  }
}

function transposeLastTwo(
  tf: TensorFlow,
  input: tensorflow.TensorInfo,
  backend: unknown,
): tensorflow.TensorInfo {
  const rank = input.shape.length;
  const perm = input.shape.map((_, axis) => axis);
  perm[rank - 2] = rank - 1;
  perm[rank - 1] = rank - 2;
  const transpose = tf.getKernel("Transpose", "wasm");
  return transpose.kernelFunc({
    inputs: { x: input },
    backend: backend as object,
    attrs: { perm } as unknown as tensorflow.NamedAttrMap,
  }) as tensorflow.TensorInfo;
}

function disposeData(backend: unknown, info: tensorflow.TensorInfo): void {
  (backend as { disposeData(id: object): void }).disposeData(info.dataId);
}
