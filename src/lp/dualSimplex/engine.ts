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

/**
 * The methods that there were. 2 leaves a row that is like another of the same round to later ones
 * (decision 57); without rows that are alike both are one.
 */
export type DualSimplexMethod = 1 | 2;

/** The methods in stored rows: 1 has the name that it had when the first of them were written. */
const NAMES: Readonly<Record<DualSimplexMethod, string>> = { 1: "region", 2: "region-2" };

/** What may be varied of the method. */
export interface DualSimplexOptions {
  /** 2, unless rows of an earlier one are to be computed anew. */
  readonly method?: DualSimplexMethod;
  /** See STALL_ALLOWANCE; a negative number of large size has Bland's rule from the start. */
  readonly stallAllowance?: number;
}

/**
 * The specialised engine, a bounded dual simplex method. A solve borrows its buffers from the
 * kernels' memory and gives them back, so engines and workspaces may share kernels.
 */
export function createDualSimplexEngine(
  kernels: Kernels = createPlainKernels(),
  { stallAllowance = STALL_ALLOWANCE, method = 2 }: DualSimplexOptions = {},
): Engine {
  const variant = { stallAllowance, passesOverAlike: method === 2 };
  return {
    name: kernels.name === "plain" ? NAMES[method] : `${NAMES[method]}-${kernels.name}`,
    suits: ({ rows }) => rows.entries === undefined,
    takesUp: true,
    solve(program, options = {}) {
      const { size, rows } = program;
      const basisSize = Math.max(1, Math.min(size, rows.rowCount));
      const poolSize = Math.max(1, Math.min(rows.rowCount, size + POOL_ROOM));
      const lot = layOut(kernels, size, poolSize, basisSize);
      try {
        return new SimplexSolve(lot.blocks, program, options, variant).run();
      } finally {
        lot.release();
      }
    },
  };
}
