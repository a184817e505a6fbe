import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SolverError } from "../errors";
import { packageRoot } from "../packageRoot";
import { Arena } from "./arena";
import { createPlainKernels, KERNEL_TABLES, type Kernels } from "./kernels";
import { bindMembers } from "./members";

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

/** The members of all tables, and what the memory needs. */
interface WasmExports extends Readonly<Record<string, unknown>> {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(byteLength: number): void;
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
  // What assembly/index.ts exports, as test/numeric/members.test.ts holds it to the tables.
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
    band: bindMembers(KERNEL_TABLES.band, wasm),
    choices: bindMembers(KERNEL_TABLES.choices, wasm),
    columns: bindMembers(KERNEL_TABLES.columns, wasm),
    forward: bindMembers(KERNEL_TABLES.forward, wasm),
    frames: bindMembers(KERNEL_TABLES.frames, wasm),
    gemm: bindMembers(KERNEL_TABLES.gemm, wasm),
    matrix: bindMembers(KERNEL_TABLES.matrix, wasm),
    patches: bindMembers(KERNEL_TABLES.patches, wasm),
    scatter: bindMembers(KERNEL_TABLES.scatter, wasm),
    steps: bindMembers(KERNEL_TABLES.steps, wasm),
    tiles: bindMembers(KERNEL_TABLES.tiles, wasm),
  };
}
