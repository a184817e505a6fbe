import { assertNever, InvariantError } from "../errors";
import type { DenseBlock, FramedBlock, FramedRows, FrameShape, Picture } from "../lp/framedRows";
import type { ActivationPattern } from "../network/activationPattern";
import { leadingPlaces, slackForm, type BlockRows } from "./blockRows";
import type { DensePullBack } from "./densePullBack";
import { alikeFrames } from "./alikeFrames";
import { NormGuesses } from "./normGuesses";
import type { OutputForm } from "./outputForm";
import type { LocalValues } from "./patch/localLayer";
import { frameStart } from "./patch/localLayers";
import type { Patch, Term } from "./patch/patch";
import type { PatchPullBack } from "./patch/patchPullBack";
import type { RowBlock } from "./rowBlocks";

/**
 * The frames of two networks' rows: what of them is the same at every point. The rows of ReLUs and
 * poolings before the first dense layer are framed, all others dense.
 */
export interface NetworkFrames {
  readonly picture: Picture;
  readonly sides: readonly [FramedSide, FramedSide];
}

/** One network's part. */
export interface FramedSide {
  readonly pullBack: PatchPullBack;
  readonly dense: DensePullBack;
}

/** A block of rows whose frames are known. */
export interface LocalBlock {
  readonly block: RowBlock;
  readonly values: LocalValues;
  /** Lines and columns that the terms of a row lie in. */
  readonly window: number;
  /** An index of the offer's shapes. */
  readonly shape: number;
}

/** What an offer of frames is made of. */
export interface OfferParts {
  readonly shapes: readonly FrameShape[];
  readonly framed: readonly LocalBlock[];
  readonly dense: readonly DenseBlock[];
  readonly blocks: readonly RowBlock[];
  readonly forms: readonly OutputForm[];
  /** The first form's row. */
  readonly end: number;
}

/** The rows of an offer, along the patterns of one polytope. */
export function openFrames(
  { picture, sides }: NetworkFrames,
  parts: OfferParts,
  patterns: readonly [ActivationPattern, ActivationPattern],
): FramedRows {
  const { shapes, framed: local, dense, blocks, forms, end } = parts;
  const passes = sides.map(({ pullBack }, index) => pullBack.along(patterns[index]));
  const guesses = passes.map((pass) => new NormGuesses(pass));
  const framed = local.map((each): FramedBlock => {
    const { block, values, window, shape } = each;
    const corners = cornersOf(block, values, window, shapes[shape], picture);
    const norms = guesses[block.side].of(block, values);
    const alike = alikeFrames(sides[block.side].pullBack.local, each, shapes[shape], picture);
    return { start: block.start, count: block.count, shape, corners, norms, alike };
  });
  const scratch = createTerms();

  const writeFrame: FramedRows["writeFrame"] = (row, out, at, pitch) => {
    const index = indexOf(framed, row);
    const { block, values, window, shape } = local[index];
    const place = row - block.start;
    const terms = rowTerms(block.rows, place, scratch);
    const pixel = terms[0].place % (values.height * values.width);
    const line = Math.floor(pixel / values.width);
    const column = pixel - line * values.width;
    const top = line - (line % window);
    const left = column - (column % window);
    const pass = passes[block.side];
    const rectangle = { top, left, rows: window, columns: window };
    const patch = pass.pullBack(block.layer, terms, rectangle);
    const corner = framed[index].corners[place];
    copyFrame(pass.viewOf(patch), patch, shapes[shape], corner, picture, out, at, pitch);
  };

  const writeDense: FramedRows["writeDense"] = (row, out) => {
    if (row >= end) {
      const { network, approximated } = forms[row - end];
      sides[0].dense.write(passes[0], wholeForm(network), -1, out);
      sides[1].dense.add(passes[1], wholeForm(approximated), -1, out);
      return;
    }
    const block = blocks[indexOf(blocks, row)];
    const form = slackForm(block.rows, row - block.start);
    const deep = { ...form, layerCount: block.layer };
    sides[block.side].dense.write(passes[block.side], deep, -1, out);
  };
  return { framed, dense, writeFrame, writeDense };
}

/** A form on all outputs; those of no weight are left out. */
function wholeForm(seed: Readonly<Float64Array>) {
  const places = Array.from(seed.keys()).filter((output) => seed[output] !== 0);
  return { places, factors: places.map((output) => seed[output]) };
}

function indexOf(blocks: readonly { start: number; count: number }[], row: number): number {
  for (let index = 0; index < blocks.length; index++) {
    if (row >= blocks[index].start && row < blocks[index].start + blocks[index].count) return index;
  }
  throw new InvariantError(`row ${row} belongs to no block of these`);
}

/** Terms of a row, written anew for each: a row has one or two. */
interface RowTerms {
  readonly single: readonly Term[];
  readonly pair: readonly Term[];
}

function createTerms(): RowTerms {
  const pair = [
    { place: 0, factor: 0 },
    { place: 0, factor: 0 },
  ];
  return { single: pair.slice(0, 1), pair };
}

/** A row is the slack's gradient turned round. */
function rowTerms(rows: BlockRows, index: number, { single, pair }: RowTerms): readonly Term[] {
  switch (rows.kind) {
    case "pairs":
      setTerm(pair[0], rows.winners[index], -1);
      setTerm(pair[1], rows.losers[index], 1);
      return pair;
    case "pieces":
      setTerm(single[0], rows.places[index], -rows.signs[index]);
      return single;
    default:
      return assertNever(rows);
  }
}

function setTerm(term: Term, place: number, factor: number): void {
  term.place = place;
  term.factor = factor;
}

/** Copies the part of a patch that lies in a frame; the rest of the frame is zero. */
function copyFrame(
  values: Readonly<Float64Array>,
  patch: Patch,
  { height, width }: FrameShape,
  corner: number,
  picture: Picture,
  out: Float64Array,
  at: number,
  pitch: number,
): void {
  const { channels } = picture;
  const first = Math.floor(corner / picture.width);
  const shift = corner - first * picture.width - patch.left;
  const begin = Math.max(0, -shift);
  const end = Math.min(width, patch.columns - shift);
  for (let r = 0; r < height; r++) {
    const to = at + r * pitch;
    const line = first + r - patch.top;
    if (line < 0 || line >= patch.rows) {
      out.fill(0, to, to + width * channels);
      continue;
    }
    const from = (line * patch.columns + shift) * channels;
    for (let k = 0; k < begin * channels; k++) out[to + k] = 0;
    for (let k = begin * channels; k < end * channels; k++) out[to + k] = values[from + k];
    for (let k = Math.max(begin, end) * channels; k < width * channels; k++) out[to + k] = 0;
  }
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
    const column = pixel - line * values.width;
    const top = frameStart(values, line - (line % window), shape.height, picture.height);
    const left = frameStart(values, column - (column % window), shape.width, picture.width);
    byPixel[pixel] = top * picture.width + left;
  }
  const places = leadingPlaces(rows);
  for (let index = 0; index < count; index++) corners[index] = byPixel[places[index] % pixels];
  return corners;
}
