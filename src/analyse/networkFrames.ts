import type {
  DenseBlock,
  FramedBlock,
  FramedRows,
  FrameOffer,
  FrameShape,
  Picture,
} from "../lp/framedRows";
import { InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import {
  frameShape,
  frameStart,
  localLayers,
  type LocalLayers,
  type LocalValues,
} from "./localLayers";
import { PatchPullBack, type Term } from "./patchPullBack";
import type { RowBlock } from "./rowBlocks";

/** Rows of one channel that are tried for a guess of its rows' norms, and how much it allows. */
const SAMPLES = 12;
const ALLOWANCE = 1.2;

/**
 * The frames of two networks' rows: what of them is the same at every point. The rows of ReLUs and
 * poolings before the first dense layer are framed, all others dense.
 */
export interface NetworkFrames {
  readonly picture: Picture;
  readonly sides: readonly [FramedSide, FramedSide];
}

interface FramedSide {
  readonly local: LocalLayers;
  readonly pullBack: PatchPullBack;
}

/** Undefined unless both networks begin with convolutions of the same pictures. */
export function networkFrames(networks: readonly [Network, Network]): NetworkFrames | undefined {
  const [one, other] = networks.map(localLayers);
  if (one === undefined || other === undefined) return undefined;
  const { height, width, channels } = one.values[0];
  const theirs = other.values[0];
  if (theirs.height !== height || theirs.width !== width || theirs.channels !== channels) {
    return undefined;
  }
  const sideOf = (local: LocalLayers): FramedSide => ({
    local,
    pullBack: new PatchPullBack(local),
  });
  return { picture: { height, width, channels }, sides: [sideOf(one), sideOf(other)] };
}

/**
 * The frames of a region's rows.
 *
 * @param rowCount  of all rows: what follows the blocks is dense
 */
export function frameOffer(
  frames: NetworkFrames,
  blocks: readonly RowBlock[],
  patterns: readonly [ActivationPattern, ActivationPattern],
  rowCount: number,
): FrameOffer {
  const shapes: FrameShape[] = [];
  const framed: LocalBlock[] = [];
  const dense: DenseBlock[] = [];
  for (const block of blocks) {
    const { local } = frames.sides[block.side];
    if (block.layer >= local.layers.length) {
      dense.push({ start: block.start, count: block.count });
      continue;
    }
    const values = local.values[block.layer];
    const window = windowOf(local, block);
    const shape = frameShape(values, frames.picture, window);
    const same = (known: FrameShape): boolean =>
      known.height === shape.height && known.width === shape.width;
    if (!shapes.some(same)) shapes.push(shape);
    framed.push({ block, values, window, shape: shapes.findIndex(same) });
  }
  const last = blocks[blocks.length - 1];
  const end = last === undefined ? 0 : last.start + last.count;
  if (rowCount > end) dense.push({ start: end, count: rowCount - end });
  const open = (): FramedRows => openFrames(frames, { shapes, framed, dense }, patterns);
  return { picture: frames.picture, shapes, open };
}

/** A block of rows whose frames are known. */
interface LocalBlock {
  readonly block: RowBlock;
  readonly values: LocalValues;
  /** Lines and columns that the terms of a row lie in. */
  readonly window: number;
  readonly shape: number;
}

function windowOf({ layers }: LocalLayers, { layer }: RowBlock): number {
  const found = layers[layer];
  return found.kind === "maxPool2d" ? found.window : 1;
}

interface OfferParts {
  readonly shapes: readonly FrameShape[];
  readonly framed: readonly LocalBlock[];
  readonly dense: readonly DenseBlock[];
}

function openFrames(
  { picture, sides }: NetworkFrames,
  { shapes, framed, dense }: OfferParts,
  patterns: readonly [ActivationPattern, ActivationPattern],
): FramedRows {
  sides.forEach((side, index) => side.pullBack.use(patterns[index]));
  const guesses = sides.map((side) => new NormGuesses(side));
  const blocks = framed.map(({ block, values, window, shape }): FramedBlock => {
    const { start, count, side } = block;
    const corners = cornersOf(block, values, window, shapes[shape], picture);
    const norms = guesses[side].of(block, values);
    return { start, count, shape, corners, norms };
  });
  const terms: Term[] = [
    { place: 0, factor: 0 },
    { place: 0, factor: 0 },
  ];
  const single = terms.slice(0, 1);
  const blockOf = (row: number): number => {
    const index = blocks.findIndex(({ start, count }) => row >= start && row < start + count);
    if (index < 0) throw new InvariantError(`row ${row} has no frame`);
    return index;
  };
  const writeFrame: FramedRows["writeFrame"] = (row, out, at, pitch) => {
    const index = blockOf(row);
    const { block, values, window, shape } = framed[index];
    const place = row - block.start;
    let used = single;
    const { rows } = block;
    // A row is the slack's gradient turned round.
    if (rows.kind === "pairs") {
      used = terms;
      setTerm(terms[0], rows.winners[place], -1);
      setTerm(terms[1], rows.losers[place], 1);
    } else setTerm(terms[0], rows.places[place], -rows.signs[place]);
    const pixel = used[0].place % (values.height * values.width);
    const line = Math.floor(pixel / values.width);
    const top = line - (line % window);
    const column = pixel % values.width;
    const left = column - (column % window);
    const patch = sides[block.side].pullBack.pullBack(block.layer, used, window, top, left);
    const corner = blocks[index].corners[place];
    const first = Math.floor(corner / picture.width);
    const { height, width } = shapes[shape];
    const { channels } = picture;
    for (let r = 0; r < height; r++) {
      const from = first + r - patch.top;
      if (from < 0 || from >= patch.size) {
        out.fill(0, at + r * pitch, at + r * pitch + width * channels);
        continue;
      }
      const shift = (corner % picture.width) - patch.left;
      for (let c = 0; c < width; c++) {
        const inside = c + shift >= 0 && c + shift < patch.size;
        const source = (from * patch.size + c + shift) * channels;
        const to = at + r * pitch + c * channels;
        for (let channel = 0; channel < channels; channel++) {
          out[to + channel] = inside ? patch.values[source + channel] : 0;
        }
      }
    }
  };
  return { framed: blocks, dense, writeFrame };
}

function setTerm(term: Term, place: number, factor: number): void {
  term.place = place;
  term.factor = factor;
}

/** The corner of each row's frame. */
function cornersOf(
  { count, rows }: RowBlock,
  values: LocalValues,
  window: number,
  shape: FrameShape,
  picture: Picture,
): Int32Array {
  const corners = new Int32Array(count);
  const pixels = values.height * values.width;
  // By pixel first: channels share them.
  const byPixel = new Int32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const line = Math.floor(pixel / values.width);
    const column = pixel % values.width;
    const top = frameStart(values, line - (line % window), shape.height, picture.height);
    const left = frameStart(values, column - (column % window), shape.width, picture.width);
    byPixel[pixel] = top * picture.width + left;
  }
  for (let index = 0; index < count; index++) {
    corners[index] = byPixel[(rows.kind === "pairs" ? rows.winners : rows.places)[index] % pixels];
  }
  return corners;
}

/** Guesses of rows' norms: the largest of a few rows of the same channel, and a little more. */
class NormGuesses {
  private readonly byLayer = new Map<number, Float64Array>();

  constructor(private readonly side: FramedSide) {}

  of({ layer, count, rows }: RowBlock, values: LocalValues): Float64Array {
    const channels = this.ofChannels(layer, values);
    const pixels = values.height * values.width;
    const norms = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      // The difference of two values is at most as long as both together.
      norms[index] =
        rows.kind === "pieces"
          ? channels[Math.floor(rows.places[index] / pixels)]
          : 2 * channels[Math.floor(rows.winners[index] / pixels)];
    }
    return norms;
  }

  /** By channel, of single values after so many layers. */
  private ofChannels(layerCount: number, values: LocalValues): Float64Array {
    const { layers } = this.side.local;
    // A ReLU or a pooling passes single values on, or nothing: guess where they come from.
    let from = layerCount;
    while (from > 1 && layers[from - 1].kind !== "conv2d") from--;
    const known = this.byLayer.get(from);
    if (known !== undefined) return known;
    const source = this.side.local.values[from];
    const guesses = new Float64Array(values.channels);
    const term = [{ place: 0, factor: 0 }];
    for (let channel = 0; channel < guesses.length; channel++) {
      let most = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const row = (sample * 61 + channel * 7) % source.height;
        const column = (sample * 37 + channel * 11) % source.width;
        setTerm(term[0], (channel * source.height + row) * source.width + column, 1);
        const patch = this.side.pullBack.pullBack(from, term, 1, row, column);
        most = Math.max(most, normOf(patch.values));
      }
      guesses[channel] = ALLOWANCE * most;
    }
    // A channel may be silent where it was tried, and not elsewhere.
    const largest = guesses.reduce((most, guess) => Math.max(most, guess), 0);
    const filled = guesses.map((guess) => (guess > 0 ? guess : largest));
    this.byLayer.set(from, filled);
    return filled;
  }
}

function normOf(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] * values[index];
  return Math.sqrt(sum);
}
