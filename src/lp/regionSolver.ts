import { createPlainKernels, type Kernels } from "../numeric/kernels";
import type { Engine } from "./program";
import { layOut, type RegionMemory } from "./regionMemory";
import { RegionSolve } from "./regionSolve";

/** Room of the pool beyond the most rows that can be tight. */
const POOL_ROOM = 512;

/**
 * Iterations without dual progress, beyond twice the basis, after which Bland's rule takes over.
 */
const STALL_ALLOWANCE = 200;

/** What may be varied of the method. */
export interface RegionEngineOptions {
  /** See STALL_ALLOWANCE; a negative number of large size has Bland's rule from the start. */
  readonly stallAllowance?: number;
}

/** The specialised engine. Its buffers serve one solve after another of programs of any size. */
export function createRegionEngine(
  kernels: Kernels = createPlainKernels(),
  { stallAllowance = STALL_ALLOWANCE }: RegionEngineOptions = {},
): Engine {
  let memory: RegionMemory | undefined;
  return {
    name: kernels.name === "plain" ? "region" : `region-${kernels.name}`,
    suits: ({ rows }) => rows.entries === undefined,
    solve(program, options = {}) {
      const { size, rows } = program;
      const basisSize = Math.max(1, Math.min(size, rows.rowCount));
      const poolSize = Math.max(1, Math.min(rows.rowCount, size + POOL_ROOM));
      const fits =
        memory?.size === size && memory.poolSize === poolSize && memory.basisSize === basisSize;
      if (memory === undefined || !fits) memory = layOut(kernels, size, poolSize, basisSize);
      return new RegionSolve(memory, program, options, stallAllowance).run();
    },
  };
}
