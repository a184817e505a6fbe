import * as path from "node:path";
import * as util from "node:util";
import { ArgumentError, messageOf } from "../../errors";
import { registerConvolutionGradients } from "./convolutionGradients";
import { transposeBeforeMultiplying } from "./matrixProducts";
import { registerPoolingGradient } from "./poolingGradient";
import type { BackendName } from "../backendName";
import type { TensorFlow } from "./tensorflowApi";

/** Which backend computes, and why a faster one does not. */
export interface Backend {
  readonly tf: TensorFlow;
  readonly name: BackendName;
  readonly version: string;
  /** One sentence for each faster backend that was refused. */
  readonly refused: readonly string[];
}

/**
 * TensorFlow.js on the fastest backend that works here: native, then WebAssembly, then plain.
 *
 * @param only  this backend and no other, for results that depend on its rounding
 * @throws ArgumentError if that one does not work here
 */
export async function loadTensorflow(only?: BackendName): Promise<Backend> {
  const refused: string[] = [];
  const isWanted = (name: BackendName): boolean => only === undefined || only === name;
  const native = isWanted("native") ? requireNative(refused) : undefined;
  if (native !== undefined) {
    return { tf: native, name: "native", version: native.version_core, refused };
  }
  // The package is an alias of plain @tensorflow/tfjs, which installs from the registry alone.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const tf = require("@tensorflow/tfjs-node") as TensorFlow;
  if (isWanted("wasm") && (await startWasm(tf, refused))) {
    return { tf, name: "wasm", version: tf.version_core, refused };
  }
  if (!isWanted("cpu")) {
    throw new ArgumentError(`the ${only} backend does not work here: ${refused.join("; ")}`);
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
    // It has the interface of every backend's package.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require("tfjs-node-native") as TensorFlow;
  } catch (error) {
    const reason = messageOf(error).split("\n")[0];
    refused.push(`native: ${reason}`);
    return undefined;
  }
}

/** The namespaces whose wasm kernels have been replaced, so that no kernel is replaced twice. */
const mended = new WeakSet<TensorFlow>();

async function startWasm(tf: TensorFlow, refused: string[]): Promise<boolean> {
  try {
    // What of the package is used beside its kernels, which register themselves.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const wasm = require("@tensorflow/tfjs-backend-wasm") as {
      setWasmPaths(folder: string): void;
    };
    const entry = require.resolve("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(path.dirname(entry) + path.sep);
    if (!(await tf.setBackend("wasm"))) {
      refused.push("wasm: the backend did not start");
      return false;
    }
    await tf.ready();
    if (!mended.has(tf)) {
      transposeBeforeMultiplying(tf);
      registerConvolutionGradients(tf);
      registerPoolingGradient(tf);
      mended.add(tf);
    }
    return true;
  } catch (error) {
    refused.push(`wasm: ${messageOf(error)}`);
    return false;
  }
}
