import { createPlainKernels, type Kernels } from "../../numeric/kernels";
import type { Engine } from "../program";
import { layOut } from "./memory";
import { SimplexSolve } from "./solve";

/** Room of the pool beyond the most rows that can be tight. */
const POOL_ROOM = 512;

/**
 * Iterations without dual progress, beyond twice the basis, after which Bland's rule takes over.
 */
const STALL_ALLOWANCE = 200;

/** What may be varied of the method. */
export interface DualSimplexOptions {
  /** See STALL_ALLOWANCE; a negative number of large size has Bland's rule from the start. */
  readonly stallAllowance?: number;
}

/**
 * The specialised engine, a bounded dual simplex method. A solve borrows its buffers from the
 * kernels' memory and gives them back, so engines and workspaces may share kernels.
 */
export function createDualSimplexEngine(
  kernels: Kernels = createPlainKernels(),
  { stallAllowance = STALL_ALLOWANCE }: DualSimplexOptions = {},
): Engine {
  return {
    // Stored rows carry this name, so it stays what it was when the first of them were written.
    name: kernels.name === "plain" ? "region" : `region-${kernels.name}`,
    suits: ({ rows }) => rows.entries === undefined,
    takesUp: true,
    solve(program, options = {}) {
      const { size, rows } = program;
      const basisSize = Math.max(1, Math.min(size, rows.rowCount));
      const poolSize = Math.max(1, Math.min(rows.rowCount, size + POOL_ROOM));
      const lot = layOut(kernels, size, poolSize, basisSize);
      try {
        return new SimplexSolve(lot.blocks, program, options, stallAllowance).run();
      } finally {
        lot.release();
      }
    },
  };
}
