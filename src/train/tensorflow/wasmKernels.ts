import type * as tensorflow from "@tensorflow/tfjs-node";
import type { TensorFlow } from "./tensorflowApi";

/** A tensor as kernels see it: shape, type and where the data are, outside any tape or tidy. */
export type TensorInfo = tensorflow.TensorInfo;

/** What a kernel is called with: its tensors by name, and its attributes. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The part of the WebAssembly backend that kernels of our own need. */
interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  disposeData(id: object): void;
}

/**
 * Runs kernels of the WebAssembly backend one after another and frees, at the end, every tensor
 * that was made on the way. Made for one call of a kernel of our own.
 */
export class KernelRun {
  private readonly made: TensorInfo[] = [];

  constructor(
    private readonly tf: TensorFlow,
    private readonly backend: WasmBackend,
  ) {}

  /** The output of a registered kernel. */
  run(
    kernelName: string,
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: Readonly<Record<string, unknown>>,
  ): TensorInfo {
    const { kernelFunc } = this.tf.getKernel(kernelName, "wasm");
    return this.call(kernelFunc, inputs, attributes);
  }

  /** The output of a kernel that is no longer registered, because it was replaced. */
  call(
    kernelFunc: tensorflow.KernelFunc,
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: Readonly<Record<string, unknown>>,
  ): TensorInfo {
    // Attributes are handed on as they came, and each of the kernels called here makes one tensor.
    const output = kernelFunc({
      inputs,
      backend: this.backend,
      attrs: attributes as unknown as tensorflow.NamedAttrMap,
    }) as TensorInfo;
    this.made.push(output);
    return output;
  }

  /** The tensor with its axes in another order. */
  transpose(x: TensorInfo, perm: readonly number[]): TensorInfo {
    return this.run("Transpose", { x }, { perm });
  }

  /** A new tensor with undefined values. */
  create(shape: readonly number[]): TensorInfo {
    const output = this.backend.makeOutput(shape, "float32");
    this.made.push(output);
    return output;
  }

  /**
   * The values of a tensor in place. Valid until the next kernel: the heap may move when it grows.
   */
  values(info: TensorInfo): Float32Array {
    return this.backend.typedArrayFromHeap(info);
  }

  /** Frees all that was made but `kept`. */
  release(kept: TensorInfo | undefined): void {
    for (const info of this.made) {
      if (info !== kept) this.backend.disposeData(info.dataId);
    }
    this.made.length = 0;
  }
}

/**
 * How a kernel of our own computes; `original` is the backend's kernel of that name, if it has one.
 */
export type KernelBody = (
  run: KernelRun,
  call: KernelCall,
  original: tensorflow.KernelFunc | undefined,
) => TensorInfo;

/**
 * Registers a kernel of our own on the WebAssembly backend, in the place of the backend's if there
 * is one.
 */
export function registerWasmKernel(tf: TensorFlow, kernelName: string, body: KernelBody): void {
  const original: tensorflow.KernelConfig | undefined = tf.getKernel(kernelName, "wasm");
  if (original !== undefined) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...original,
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      // The kernels of a backend are called with it.
      const run = new KernelRun(tf, backend as WasmBackend);
      let output: TensorInfo | undefined;
      try {
        // Of the kernels that are registered here every input is given.
        const call = {
          inputs: inputs as Record<string, TensorInfo>,
          attributes: { ...attrs },
        };
        output = body(run, call, original?.kernelFunc);
        return output;
      } finally {
        run.release(output);
      }
    },
  });
}
