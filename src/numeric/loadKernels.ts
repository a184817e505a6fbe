import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SolverError } from "../errors";
import { packageRoot } from "../packageRoot";
import { Arena } from "./arena";
import type { BandKernels } from "./bandKernels";
import type { ChoiceKernels } from "./choiceKernels";
import type { ColumnKernels } from "./columnKernels";
import type { ForwardKernels } from "./forwardKernels";
import type { FrameKernels } from "./frameKernels";
import type { GemmKernels } from "./gemmKernels";
import type { PatchKernels } from "./patchKernels";
import type { ScatterKernels } from "./scatterKernels";
import type { StepKernels } from "./stepKernels";
import type { TileKernels } from "./tileKernels";
import { createPlainKernels, type Kernels } from "./kernels";

/** What 32-bit addresses reach, in whole pages. */
const LARGEST_MEMORY = 2 ** 32 - 2 ** 16;

/** Where `npm run build` puts the compiled kernels, below the package's root. */
const WASM_PATH = join("dist", "kernels.wasm");

/**
 * The part of the WebAssembly global that is used here; the project compiles without browser types.
 */
interface WebAssemblyGlobal {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface WasmExports
  extends
    BandKernels,
    ChoiceKernels,
    ColumnKernels,
    ForwardKernels,
    FrameKernels,
    GemmKernels,
    PatchKernels,
    ScatterKernels,
    StepKernels,
    TileKernels {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(byteLength: number): void;
  readonly addRows: Kernels["addRows"];
  readonly multiply: Kernels["multiply"];
  readonly multiplyTwice: Kernels["multiplyTwice"];
  readonly addOuterProduct: Kernels["addOuterProduct"];
}

/** The kernels with SIMD, in a memory of their own; undefined where the file or SIMD is missing. */
export function loadSimdKernels(): Kernels | undefined {
  const path = join(packageRoot(), WASM_PATH);
  // A global of every Node, which the types of the language alone leave out.
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyGlobal };
  if (WebAssembly === undefined || !existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  // A module with SIMD instructions does not validate where there is no SIMD.
  if (!WebAssembly.validate(bytes)) return undefined;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  // What assembly/index.ts exports.
  return wrap(instance.exports as WasmExports);
}

/** The fastest kernels this machine has: SIMD, or else plain TypeScript with the same results. */
export function loadKernels(): Kernels {
  return loadSimdKernels() ?? createPlainKernels();
}

function wrap(wasm: WasmExports): Kernels {
  const grow = (byteLength: number): ArrayBuffer => {
    try {
      if (byteLength > LARGEST_MEMORY) throw new RangeError("a WebAssembly memory ends at 4 GB");
      wasm.reserve(byteLength);
    } catch (cause) {
      throw new SolverError(
        `the kernels' memory cannot grow to ${byteLength} bytes; ` +
          "give large networks kernels of their own, or none: then plain code runs them",
        { cause },
      );
    }
    return wasm.memory.buffer;
  };
  return {
    name: "simd",
    arena: new Arena(grow),
    band: wasm,
    frames: wasm,
    steps: wasm,
    patches: wasm,
    tiles: wasm,
    choices: wasm,
    forward: wasm,
    columns: wasm,
    scatter: wasm,
    gemm: wasm,
    addRows: wasm.addRows,
    multiply: wasm.multiply,
    multiplyTwice: wasm.multiplyTwice,
    addOuterProduct: wasm.addOuterProduct,
  };
}
