import type { FramedBlock, FramedRows, FrameShape, Picture } from "../../src/lp/framedRows";
import type { BoxProgram } from "../../src/lp/program";
import { createRandom } from "../../src/numeric/random";
import { denseRows } from "./denseRows";

/** What a random framed program is made of. */
export interface FramedParts {
  readonly picture: Picture;
  readonly shapes: readonly FrameShape[];
  /** Rows at every place of every shape. */
  readonly perPlace: number;
  readonly denseCount: number;
  /** Distances of rows from the feasible point are up to this. */
  readonly farthest: number;
  /** How many rows pass through the feasible point itself. */
  readonly tied?: number;
  readonly seed: number;
}

/**
 * A program of random rows in frames at all places of a picture, and a few dense ones, around a
 * feasible point of which every third value is at an end of the box.
 */
export function framedProgram(parts: FramedParts): BoxProgram {
  const { picture, shapes, perPlace, denseCount, farthest, tied = 0, seed } = parts;
  const { height, width, channels } = picture;
  const size = height * width * channels;
  const random = createRandom(seed);
  const feasible = Float64Array.from({ length: size }, (_, index) =>
    index % 3 === 0 ? index % 2 : random.next(),
  );
  const rows: number[][] = [];
  const framed: FramedBlock[] = [];
  shapes.forEach((shape, index) => {
    const start = rows.length;
    const corners: number[] = [];
    for (let r = 0; r + shape.height <= height; r++) {
      for (let c = 0; c + shape.width <= width; c++) {
        for (let copy = 0; copy < perPlace; copy++) {
          const row = new Array<number>(size).fill(0);
          for (let channel = 0; channel < channels; channel++) {
            for (let dr = 0; dr < shape.height; dr++) {
              for (let dc = 0; dc < shape.width; dc++) {
                row[(channel * height + r + dr) * width + c + dc] = random.normal();
              }
            }
          }
          rows.push(row);
          corners.push(r * width + c);
        }
      }
    }
    const norms = rows.slice(start).map((row) => 1.3 * Math.hypot(...row));
    framed.push({
      start,
      count: corners.length,
      shape: index,
      corners: Int32Array.from(corners),
      norms: Float64Array.from(norms),
    });
  });
  const dense = [{ start: rows.length, count: denseCount, first: 5 }];
  for (let row = 0; row < denseCount; row++) {
    rows.push(Array.from({ length: size }, () => random.normal()));
  }
  const bounds = rows.map((row, index) => {
    const distance = index % 7 === 0 && index / 7 < tied ? 0 : farthest * random.next();
    const at = row.reduce((sum, value, column) => sum + value * feasible[column], 0);
    return at + distance * Math.hypot(...row);
  });
  const writeFrame: FramedRows["writeFrame"] = (row, out, at, pitch) => {
    const block = framed.find(({ start, count }) => row >= start && row < start + count);
    if (block === undefined) throw new Error(`row ${row} has no frame`);
    const shape = shapes[block.shape];
    const corner = block.corners[row - block.start];
    for (let r = 0; r < shape.height; r++) {
      for (let c = 0; c < shape.width; c++) {
        for (let channel = 0; channel < channels; channel++) {
          const pixel = corner + r * width + c;
          out[at + r * pitch + c * channels + channel] =
            rows[row][channel * height * width + pixel];
        }
      }
    }
  };
  const writeDense: FramedRows["writeDense"] = (row, out) => {
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        out[pixel * channels + channel] = rows[row][channel * height * width + pixel];
      }
    }
  };
  const open = (): FramedRows => ({ framed, dense, writeFrame, writeDense });
  return {
    size,
    cost: Float64Array.from({ length: size }, () => random.normal()),
    constant: 1,
    lower: new Float64Array(size),
    upper: new Float64Array(size).fill(1),
    rows: { ...denseRows(rows, bounds), frames: { picture, shapes, open } },
    feasible,
  };
}
