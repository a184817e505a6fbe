import { Arena } from "./arena";
import { PlainBand, type BandKernels } from "./bandKernels";
import { PlainChoices, type ChoiceKernels } from "./choiceKernels";
import { PlainColumns, type ColumnKernels } from "./columnKernels";
import { PlainForward, type ForwardKernels } from "./forwardKernels";
import { PlainFrames, type FrameKernels } from "./frameKernels";
import { PlainGemm, type GemmKernels } from "./gemmKernels";
import { PlainPatches, type PatchKernels } from "./patchKernels";
import { PlainScatter, type ScatterKernels } from "./scatterKernels";
import { PlainSteps, type StepKernels } from "./stepKernels";
import { PlainTiles, type TileKernels } from "./tileKernels";

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

  /**
   * out += Σ_t weights[t] · row(list[t]), summed over t in order; rows are `size` long.
   * A weight of zero is passed over.
   */
  addRows(
    matrix: number,
    stride: number,
    list: number,
    weights: number,
    count: number,
    size: number,
    out: number,
  ): void;

  /**
   * out[i] = row i · x for i < rows. Four partial sums over the columns modulo 4, added as
   * (s0 + s2) + (s1 + s3); columns beyond the last multiple of 4 go to s0.
   */
  multiply(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    x: number,
    out: number,
  ): void;

  /** The same for two vectors at once: outA[i] = row i · a, outB[i] = row i · b. */
  multiplyTwice(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    a: number,
    b: number,
    outA: number,
    outB: number,
  ): void;

  /** row i += u[i] · v for i < rows; a zero u[i] is passed over. */
  addOuterProduct(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    u: number,
    v: number,
  ): void;
}

/** The kernels in plain TypeScript: the reference, and what serves where SIMD is missing. */
export function createPlainKernels(): Kernels {
  return new PlainKernels();
}

class PlainKernels implements Kernels {
  readonly name = "plain";
  readonly arena: Arena;
  readonly band: BandKernels;
  readonly frames: FrameKernels;
  readonly steps: StepKernels;
  readonly patches: PatchKernels;
  readonly tiles: TileKernels;
  readonly choices: ChoiceKernels;
  readonly forward: ForwardKernels;
  readonly columns: ColumnKernels;
  readonly scatter: ScatterKernels;
  readonly gemm: GemmKernels;

  constructor() {
    let values = new Float64Array(0);
    this.arena = new Arena((byteLength) => {
      const grown = new Float64Array(Math.ceil(byteLength / 8));
      grown.set(values);
      values = grown;
      return values.buffer;
    });
    this.band = new PlainBand(this.arena);
    this.frames = new PlainFrames(this.arena);
    this.steps = new PlainSteps(this.arena);
    this.patches = new PlainPatches(this.arena);
    this.tiles = new PlainTiles(this.arena);
    this.choices = new PlainChoices(this.arena);
    this.forward = new PlainForward(this.arena);
    this.columns = new PlainColumns(this.arena);
    this.scatter = new PlainScatter(this.arena);
    this.gemm = new PlainGemm(this.arena);
  }

  addRows(
    matrix: number,
    stride: number,
    list: number,
    weights: number,
    count: number,
    size: number,
    out: number,
  ): void {
    const { values, integers } = this.arena;
    for (let t = 0; t < count; t++) {
      const weight = values[weights + t];
      if (weight === 0) continue;
      const row = matrix + integers[list + t] * stride;
      for (let j = 0; j < size; j++) values[out + j] += weight * values[row + j];
    }
  }

  multiply(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    x: number,
    out: number,
  ): void {
    const { values } = this.arena;
    const whole = columns - (columns % 4);
    for (let i = 0; i < rows; i++) {
      const row = matrix + i * stride;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let j = 0; j < whole; j += 4) {
        s0 += values[row + j] * values[x + j];
        s1 += values[row + j + 1] * values[x + j + 1];
        s2 += values[row + j + 2] * values[x + j + 2];
        s3 += values[row + j + 3] * values[x + j + 3];
      }
      for (let j = whole; j < columns; j++) s0 += values[row + j] * values[x + j];
      values[out + i] = s0 + s2 + (s1 + s3);
    }
  }

  multiplyTwice(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    a: number,
    b: number,
    outA: number,
    outB: number,
  ): void {
    this.multiply(matrix, stride, rows, columns, a, outA);
    this.multiply(matrix, stride, rows, columns, b, outB);
  }

  addOuterProduct(
    matrix: number,
    stride: number,
    rows: number,
    columns: number,
    u: number,
    v: number,
  ): void {
    const { values } = this.arena;
    for (let i = 0; i < rows; i++) {
      const weight = values[u + i];
      if (weight === 0) continue;
      const row = matrix + i * stride;
      for (let j = 0; j < columns; j++) values[row + j] += weight * values[v + j];
    }
  }
}
