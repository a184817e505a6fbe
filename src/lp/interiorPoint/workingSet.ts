import type { Kernels } from "../../numeric/kernels";
import { HEAD } from "../../numeric/frameKernels";
import type { FramedBlock, FramedRows } from "../framedRows";
import { CommonFrames } from "./commonFrames";
import type { Layout } from "./layout";
import { denseStride, type Room, type SolverMemory } from "./memory";

/** The largest frame of a layout, in values. */
function longestFrame({ shapes }: Layout): number {
  return Math.max(...shapes.map(({ lines, pitch }) => lines * pitch));
}

/**
 * The rows that the method works with, at unit norm in the kernels' memory: framed and dense ones
 * mixed, in the order in which they joined.
 */
export class WorkingSet {
  count = 0;
  denseCount = 0;
  groupCount = 0;
  /** The program's row at each place, and its norm. */
  readonly rows: Int32Array;
  readonly norms: Float64Array;
  /** 1 for the program's rows that are in the set, or never need be. */
  readonly present: Uint8Array;
  /** The places of the dense rows. */
  readonly densePlaces: Int32Array;
  /** What has been generated, dense ones included. */
  generated = 0;

  private frameEnd = 0;
  private readonly common: CommonFrames;
  private readonly scratch: Float64Array;
  private readonly dense: Float64Array;

  constructor(
    private readonly kernels: Kernels,
    private readonly layout: Layout,
    private readonly memory: SolverMemory,
    private readonly room: Room,
    rowCount: number,
    private readonly framed: FramedRows,
    /** What one is in the program's variables, in the method's. */
    private readonly scale: number,
  ) {
    this.rows = new Int32Array(room.rows);
    this.norms = new Float64Array(room.rows);
    this.present = new Uint8Array(rowCount);
    this.densePlaces = new Int32Array(room.dense);
    this.scratch = new Float64Array(longestFrame(layout));
    this.dense = new Float64Array(layout.size);
    this.common = new CommonFrames(framed.framed, layout, memory.commonFrames);
  }

  /** Whether a row found no room. */
  isShort = false;

  /**
   * Adds a framed row, unless it is zero or as far away as `limit`; its distance from the feasible
   * point, or −1 if it was not added.
   */
  addFramed(block: FramedBlock, row: number, slack: number, limit: number): number {
    const { lines, pitch } = this.layout.shapes[block.shape];
    const length = lines * pitch;
    const known = this.common.normOf(block, row);
    const norm = known === undefined || known < 0 ? this.generate(block, row) : known;
    if (norm === 0) this.present[row] = 1;
    const distance = slack / (norm * this.scale);
    if (known === -1) this.common.keep(block, row, this.scratch, norm);
    if (norm === 0 || !(distance < limit)) return -1;
    if (this.count >= this.room.rows) {
      this.isShort = true;
      return -1;
    }
    const corner = block.corners[row - block.start] * this.layout.channels;
    if (known !== undefined) {
      this.push(row, norm, block.shape, corner, this.common.placeOf(block, row), distance);
      return distance;
    }
    const inverse = 1 / norm;
    const frames = this.memory.frames.view;
    for (let index = 0; index < length; index++) {
      frames[this.frameEnd + index] = this.scratch[index] * inverse;
    }
    this.push(row, norm, block.shape, corner, this.memory.frames.at + this.frameEnd, distance);
    this.frameEnd += length;
    return distance;
  }

  /** How far each row passes by the feasible point, by their places. */
  distances(): Float64Array {
    return this.memory.rows.bound.view.slice(0, this.count);
  }

  /** Writes a row's frame into the scratch; its norm. */
  private generate({ shape }: FramedBlock, row: number): number {
    const { scratch } = this;
    const { lines, width, pitch } = this.layout.shapes[shape];
    const length = lines * pitch;
    if (pitch > width) scratch.fill(0, 0, length);
    this.framed.writeFrame(row, scratch, 0, pitch);
    this.generated++;
    let sum = 0;
    for (let index = 0; index < length; index++) sum += scratch[index] * scratch[index];
    return Math.sqrt(sum);
  }

  /** The same for a dense row. */
  addDense(row: number, slack: number, limit: number): number {
    const { dense, denseCount, layout, memory } = this;
    this.framed.writeDense(row, dense);
    this.generated++;
    let sum = 0;
    for (let column = 0; column < dense.length; column++) sum += dense[column] * dense[column];
    if (sum === 0) this.present[row] = 1;
    const norm = Math.sqrt(sum);
    const distance = slack / (norm * this.scale);
    if (sum === 0 || !(distance < limit)) return -1;
    if (this.count >= this.room.rows || denseCount >= this.room.dense) {
      this.isShort = true;
      return -1;
    }
    const start = denseCount * denseStride(layout);
    const values = memory.denseRows.view;
    const inverse = 1 / norm;
    for (let index = 0; index < dense.length; index++)
      values[start + index] = dense[index] * inverse;
    values.fill(0, start + layout.size, start + denseStride(layout));
    this.densePlaces[this.denseCount++] = this.count;
    this.push(row, norm, layout.shapes.length, 0, memory.denseRows.at + start, distance);
    return distance;
  }

  /** Takes the row that was added last, a framed one, out again. */
  dropLast(): void {
    const place = --this.count;
    const { heads } = this.memory;
    const { lines, pitch } = this.layout.shapes[heads.view[HEAD * place]];
    if (!this.common.holds(heads.view[HEAD * place + 2])) this.frameEnd -= lines * pitch;
    this.present[this.rows[place]] = 0;
  }

  private push(
    row: number,
    norm: number,
    shape: number,
    corner: number,
    frame: number,
    distance: number,
  ): void {
    const place = this.count++;
    const { heads, rows } = this.memory;
    heads.view[HEAD * place] = shape;
    heads.view[HEAD * place + 1] = corner;
    heads.view[HEAD * place + 2] = frame;
    rows.bound.view[place] = distance;
    this.rows[place] = row;
    this.norms[place] = norm;
    this.present[row] = 1;
  }

  /** Keeps the framed rows nearer than `limit`; only before there are dense ones. */
  keepNearer(limit: number): void {
    const { heads, rows, frames } = this.memory;
    let kept = 0;
    let end = 0;
    for (let place = 0; place < this.count; place++) {
      const shape = heads.view[HEAD * place];
      const { lines, pitch } = this.layout.shapes[shape];
      const at = heads.view[HEAD * place + 2];
      if (!(rows.bound.view[place] < limit)) {
        this.present[this.rows[place]] = 0;
        continue;
      }
      heads.view[HEAD * kept] = shape;
      heads.view[HEAD * kept + 1] = heads.view[HEAD * place + 1];
      heads.view[HEAD * kept + 2] = at;
      if (!this.common.holds(at)) {
        frames.view.copyWithin(end, at - frames.at, at - frames.at + lines * pitch);
        heads.view[HEAD * kept + 2] = frames.at + end;
        end += lines * pitch;
      }
      rows.bound.view[kept] = rows.bound.view[place];
      this.rows[kept] = this.rows[place];
      this.norms[kept] = this.norms[place];
      kept++;
    }
    this.count = kept;
    this.frameEnd = end;
  }

  /** Sorts the framed rows by shape and corner, for `formNormal`; after rows were added. */
  group(): void {
    const { shapes, size } = this.layout;
    const heads = this.memory.heads.view;
    const starts = new Int32Array(shapes.length * size + 1);
    const keyOf = (place: number): number => heads[HEAD * place] * size + heads[HEAD * place + 1];
    const isFramed = (place: number): boolean => heads[HEAD * place] < shapes.length;
    for (let place = 0; place < this.count; place++) {
      if (isFramed(place)) starts[keyOf(place) + 1]++;
    }
    const groups = this.memory.groups.view;
    this.groupCount = 0;
    for (let key = 0; key < shapes.length * size; key++) {
      if (starts[key + 1] > 0) groups[this.groupCount++] = starts[key];
      starts[key + 1] += starts[key];
    }
    groups[this.groupCount] = starts[shapes.length * size];
    const order = this.memory.order.view;
    for (let place = 0; place < this.count; place++) {
      if (isFramed(place)) order[starts[keyOf(place)]++] = place;
    }
  }

  /** out = A x, for vectors of the memory. */
  multiply(x: number, out: number): void {
    this.kernels.frames.multiplyFrames({ ...this.described(), x, out });
  }

  /** products = A x, out += Aᵀ (weights ∘ products). */
  apply(weights: number, x: number, products: number, out: number): void {
    this.kernels.frames.applyFrames({ ...this.described(), weights, x, products, out });
  }

  /** out += Aᵀ weights. */
  addTransposed(weights: number, out: number): void {
    this.kernels.frames.addFrames({ ...this.described(), weights, out });
  }

  /** The rows as kernels take them. */
  private described() {
    const { heads, table } = this.memory;
    return { count: this.count, heads: heads.at, table: table.at, line: this.layout.line };
  }
}
