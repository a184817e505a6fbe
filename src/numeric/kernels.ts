import { Arena } from "./arena";
import { plainBand, BAND_MEMBERS, type BandKernels } from "./bandKernels";
import { plainChoices, CHOICE_MEMBERS, type ChoiceKernels } from "./choiceKernels";
import { plainColumns, COLUMN_MEMBERS, type ColumnKernels } from "./columnKernels";
import { plainForward, FORWARD_MEMBERS, type ForwardKernels } from "./forwardKernels";
import { plainFrames, FRAME_MEMBERS, type FrameKernels } from "./frameKernels";
import { plainGemm, GEMM_MEMBERS, type GemmKernels } from "./gemmKernels";
import { plainMatrix, MATRIX_MEMBERS, type MatrixKernels } from "./matrixKernels";
import { plainPatches, PATCH_MEMBERS, type PatchKernels } from "./patchKernels";
import { plainScatter, SCATTER_MEMBERS, type ScatterKernels } from "./scatterKernels";
import { STEP_MEMBERS, type StepKernels } from "./stepKernels";
import { plainSteps } from "./plainSteps";
import { plainTiles, TILE_MEMBERS, type TileKernels } from "./tileKernels";
import type { MemberTable } from "./members";

/**
 * The inner loops of the solvers, over one flat memory, whose parts `arena` hands out.
 *
 * Positions and strides count values of the memory: `values` for binary64, `singles` for binary32,
 * `integers` for int32. Nothing is allocated; sizes are passed in. Every implementation sums in the
 * order stated here, so all of them give the same bits. Engines and workspaces may share kernels.
 */
export interface Kernels {
  readonly name: "plain" | "simd";
  /** The owner of the memory: positions come from the blocks that it lays out. */
  readonly arena: Arena;
  /** Band matrices, sparse rows over pictures, steps: what the interior point engine is made of. */
  readonly band: BandKernels;
  readonly frames: FrameKernels;
  readonly steps: StepKernels;
  /** Forms on pictures, carried back through convolutions. */
  readonly patches: PatchKernels;
  /** The dual simplex engine: sums over its loose rows, and the choice of its pivots. */
  readonly tiles: TileKernels;
  readonly choices: ChoiceKernels;
  /** Layers of networks forwards. */
  readonly forward: ForwardKernels;
  /** Parts of dense layers backwards. */
  readonly columns: ColumnKernels;
  /** Convolutions backwards, neuron after neuron. */
  readonly scatter: ScatterKernels;
  /** Many rows through a layer at once. */
  readonly gemm: GemmKernels;
  /** Matrices and vectors. */
  readonly matrix: MatrixKernels;
}

/** The members of each table of kernels: what the compiled ones must be. */
export const KERNEL_TABLES = {
  band: BAND_MEMBERS,
  choices: CHOICE_MEMBERS,
  columns: COLUMN_MEMBERS,
  forward: FORWARD_MEMBERS,
  frames: FRAME_MEMBERS,
  gemm: GEMM_MEMBERS,
  matrix: MATRIX_MEMBERS,
  patches: PATCH_MEMBERS,
  scatter: SCATTER_MEMBERS,
  steps: STEP_MEMBERS,
  tiles: TILE_MEMBERS,
} as const satisfies Readonly<Record<Exclude<keyof Kernels, "name" | "arena">, MemberTable>>;

/** The kernels in plain TypeScript: the reference, and what serves where SIMD is missing. */
export function createPlainKernels(): Kernels {
  let values = new Float64Array(0);
  const arena = new Arena((byteLength) => {
    const grown = new Float64Array(Math.ceil(byteLength / 8));
    grown.set(values);
    values = grown;
    return values.buffer;
  });
  return {
    name: "plain",
    arena,
    band: plainBand(arena),
    choices: plainChoices(arena),
    columns: plainColumns(arena),
    forward: plainForward(arena),
    frames: plainFrames(arena),
    gemm: plainGemm(arena),
    matrix: plainMatrix(arena),
    patches: plainPatches(arena),
    scatter: plainScatter(arena),
    steps: plainSteps(arena),
    tiles: plainTiles(arena),
  };
}
