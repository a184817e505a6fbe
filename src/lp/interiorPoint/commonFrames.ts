import type { FramedBlock, FramedRows } from "../framedRows";
import type { Layout } from "./layout";
import type { Values } from "./memory";

/** Frames that rows of one block have in common, of unit norm. */
interface Shelf {
  /** The first frame's place in the kernels' memory, and values from one to the next. */
  readonly at: number;
  readonly length: number;
  /** By the number of a frame: its norm before it was scaled, −1 as long as it is not known. */
  readonly norms: Float64Array;
}

/** How many values all frames take that rows have in common. */
export function commonLength({ framed }: FramedRows, layout: Layout): number {
  return framed.reduce(
    (sum, block) => sum + (block.alike?.count ?? 0) * lengthOf(block, layout),
    0,
  );
}

function lengthOf({ shape }: FramedBlock, { shapes }: Layout): number {
  return shapes[shape].lines * shapes[shape].pitch;
}

/**
 * The frames that many rows have in common, such as those of a first convolution, where rows differ
 * by their place in the picture alone. Each is generated once a solve.
 */
export class CommonFrames {
  private readonly shelves = new Map<FramedBlock, Shelf>();

  constructor(
    framed: readonly FramedBlock[],
    layout: Layout,
    private readonly memory: Values,
  ) {
    let at = memory.at;
    for (const block of framed) {
      if (block.alike === undefined) continue;
      const length = lengthOf(block, layout);
      this.shelves.set(block, { at, length, norms: new Float64Array(block.alike.count).fill(-1) });
      at += block.alike.count * length;
    }
  }

  /** The norm of a row's frame: undefined if it has none in common, −1 if it is not known yet. */
  normOf(block: FramedBlock, row: number): number | undefined {
    const shelf = this.shelves.get(block);
    if (shelf === undefined || block.alike === undefined) return undefined;
    return shelf.norms[block.alike.of[row - block.start]];
  }

  /** Where it lies. */
  placeOf(block: FramedBlock, row: number): number {
    const shelf = this.shelves.get(block);
    if (shelf === undefined || block.alike === undefined) return -1;
    return shelf.at + shelf.length * block.alike.of[row - block.start];
  }

  /** Takes a frame in, scaled to unit norm. */
  keep(block: FramedBlock, row: number, values: Readonly<Float64Array>, norm: number): void {
    const shelf = this.shelves.get(block);
    if (shelf === undefined || block.alike === undefined) return;
    const place = this.placeOf(block, row) - this.memory.at;
    shelf.norms[block.alike.of[row - block.start]] = norm;
    const inverse = 1 / norm;
    for (let index = 0; index < shelf.length; index++) {
      this.memory.view[place + index] = values[index] * inverse;
    }
  }

  /** Whether a place in the kernels' memory is one of these. */
  holds(place: number): boolean {
    return place >= this.memory.at && place < this.memory.at + this.memory.view.length;
  }
}
