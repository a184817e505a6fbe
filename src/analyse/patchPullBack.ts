import { assertNever, InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import { ofValue } from "../network/layer/perChannel";
import { numberAt, spread, type PerInput } from "../network/layer/perInput";
import type { Block, BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import type { LocalLayer, LocalLayers, LocalValues } from "./localLayers";

/** One value among those after some layers, by its index, with a factor. */
export interface Term {
  place: number;
  factor: number;
}

/**
 * A rectangle of the values after so many layers, with all their channels: coefficients of a form
 * on them. Its first line and column may lie outside the picture.
 */
export interface Patch {
  readonly layerCount: number;
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** What is kept in the kernels' memory. */
interface PatchMemory {
  /** For the values after so many layers. */
  readonly patches: readonly Block<Float64Array>[];
  /** For each convolution, its weights by output, `pitch` values apart. */
  readonly weights: readonly (Block<Float64Array> | undefined)[];
  /** For the values behind each convolution: the channels of each pixel that count. */
  readonly active: readonly (ActiveBlocks | undefined)[];
  readonly scratch: Block<Float64Array>;
  readonly found: Block<Int32Array>;
}

interface ActiveBlocks {
  readonly lists: Block<Int32Array>;
  readonly counts: Block<Int32Array>;
}

/**
 * Carries forms on the values of a network's local layers back to the input, along a fixed pattern:
 * those on one or two neighbouring values as small rectangles of pictures, those on many as
 * whole pictures. What comes out lies in a buffer that the next call writes anew.
 */
export class PatchPullBack {
  private readonly lot: Lot<PatchMemory>;
  private pattern: ActivationPattern | undefined;

  constructor(
    readonly local: LocalLayers,
    private readonly kernels: Kernels,
  ) {
    const { values } = local;
    const sizes = patchSizes(local);
    const widest = Math.max(...values.map(({ channels }) => channels));
    const pitches = local.layers.map((_, layer) => this.pitchOf(layer));
    this.lot = kernels.arena.layOut((make) => ({
      patches: patchBlocks(local, sizes, make),
      weights: pitches.map((pitch, layer) =>
        pitch === 0 ? undefined : make.values(pitch * values[layer + 1].channels),
      ),
      active: local.layers.map(({ kind }, layer) =>
        kind === "conv2d" ? activeBlocks(make, values[layer + 1]) : undefined,
      ),
      scratch: make.values(Math.max(...pitches) + 8 + widest),
      found: make.integers(widest),
    }));
    this.lot.blocks.weights.forEach((block, layer) => {
      const own = local.weights[layer];
      if (block === undefined || own === undefined) return;
      block.view.fill(0);
      const taps = own.length / values[layer + 1].channels;
      for (let channel = 0; channel < values[layer + 1].channels; channel++) {
        const from = own.subarray(channel * taps, (channel + 1) * taps);
        block.view.set(from, channel * pitches[layer]);
      }
    });
  }

  /** Takes a pattern for the calls to come. */
  use(pattern: ActivationPattern): void {
    this.pattern = pattern;
    const { layers, values } = this.local;
    this.lot.blocks.active.forEach((blocks, layer) => {
      if (blocks === undefined) return;
      const isRectified = layers[layer + 1]?.kind === "relu";
      const switches = isRectified ? pattern.switches[layer + 1] : undefined;
      listActive(values[layer + 1], switches, blocks);
    });
  }

  /** The values of a patch, and what follows them in the memory. */
  viewOf({ layerCount }: Patch): Float64Array {
    return this.lot.blocks.patches[layerCount].view;
  }

  /** The coefficients of a patch, pixel after pixel, the channels beside each other. */
  valuesOf({ layerCount, rows, columns }: Patch): Float64Array {
    const { channels } = this.local.values[layerCount];
    return this.lot.blocks.patches[layerCount].view.subarray(0, rows * columns * channels);
  }

  /**
   * The form Σ factor · (value at place) on the values after `layerCount` layers, as a patch on the
   * input.
   *
   * @param window  how many lines and columns the places lie in
   * @param row     the first of these lines, and `column` of these columns
   */
  pullBack(
    layerCount: number,
    terms: readonly Term[],
    window: number,
    row: number,
    column: number,
  ): Patch {
    const { layers } = this.local;
    let [size, top, left] = [window, row, column];
    let index = layerCount - 1;
    // Up to the first convolution on the way, single values stay single values.
    for (; layers[index].kind !== "conv2d"; index--) {
      const layer = layers[index];
      this.passTerms(layer, index, terms);
      if (layer.kind !== "maxPool2d") continue;
      size *= layer.window;
      top *= layer.window;
      left *= layer.window;
    }
    return this.carry(this.seed(index, terms, size, top, left));
  }

  /** A form on all values behind the local layers, channels first as the network has them. */
  pullBackWhole(gradient: Readonly<Float64Array>): Patch {
    const layerCount = this.local.layers.length;
    const { channels, height, width } = this.local.values[layerCount];
    const patch = { layerCount, top: 0, left: 0, rows: height, columns: width };
    const values = this.valuesOf(patch);
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * height * width;
      for (let pixel = 0; pixel < height * width; pixel++) {
        values[pixel * channels + channel] = gradient[from + pixel];
      }
    }
    return this.carry(patch);
  }

  /** A patch on the input that stands for the same form. */
  private carry(patch: Patch): Patch {
    const { layers } = this.local;
    let carried = patch;
    while (carried.layerCount > 0) {
      carried = this.passPatch(layers[carried.layerCount - 1], carried);
    }
    return carried;
  }

  /** Terms behind a layer that takes one value to one value, as terms before it. */
  private passTerms(layer: LocalLayer, index: number, terms: readonly Term[]): void {
    const switches = this.pattern?.switches[index];
    for (const term of terms) {
      if (layer.kind === "normalise") {
        term.factor /= numberAt(layer.deviation, sizeOf(this.local.values[index]), term.place);
      } else if (layer.kind === "relu") term.factor *= switches?.[term.place] === 1 ? 1 : 0;
      else if (switches !== undefined) term.place = switches[term.place];
    }
  }

  /** The terms on the values behind a convolution, as a patch on those before it. */
  private seed(
    index: number,
    terms: readonly Term[],
    size: number,
    top: number,
    left: number,
  ): Patch {
    const { kernel, stride, inChannels } = this.convolution(index);
    const { width, height } = this.local.values[index + 1];
    const patch = this.before(index, {
      layerCount: index + 1,
      top,
      left,
      rows: size,
      columns: size,
    });
    const weights = this.weightsAt(index);
    const pitch = this.pitchOf(index);
    const line = patch.columns * inChannels;
    const out = this.lot.blocks.patches[index].at;
    for (const { place, factor } of terms) {
      if (factor === 0) continue;
      const channel = Math.floor(place / (width * height));
      const pixel = place - channel * width * height;
      const row = Math.floor(pixel / width);
      const column = pixel - row * width;
      const to = out + (row - top) * stride * line + (column - left) * stride * inChannels;
      const run = kernel * inChannels;
      this.kernels.patches.addLines({
        weights: weights + channel * pitch,
        lines: kernel,
        run,
        factor,
        out: to,
        line,
      });
    }
    return patch;
  }

  private passPatch(layer: LocalLayer, patch: Patch): Patch {
    const layerCount = patch.layerCount - 1;
    switch (layer.kind) {
      case "conv2d":
        return this.passConvolution(layerCount, patch);
      case "maxPool2d":
        return this.passPool(layerCount, layer.window, patch);
      case "relu":
        return this.passRelu(layerCount, patch);
      case "normalise":
        return this.passNormalisation(layerCount, layer.deviation, patch);
      default:
        return assertNever(layer);
    }
  }

  private passNormalisation(index: number, deviation: PerInput, patch: Patch): Patch {
    const before = { ...patch, layerCount: index };
    if (typeof deviation === "number") {
      const [source, target] = [this.viewOf(patch), this.viewOf(before)];
      const length = patch.rows * patch.columns * this.local.values[index].channels;
      for (let at = 0; at < length; at++) target[at] = source[at] / deviation;
      return before;
    }
    const from = this.valuesOf(patch);
    const to = this.valuesOf(before);
    const picture = this.local.values[index];
    const { height, width, channels } = picture;
    const divisors = spread(deviation, sizeOf(picture));
    // What lies outside the picture is padding, and no input has a part in it.
    to.fill(0);
    forPixels(patch, height, width, (place, pixel) => {
      for (let channel = 0; channel < channels; channel++) {
        const at = place * channels + channel;
        to[at] = from[at] / ofValue(divisors, channel * height * width + pixel);
      }
    });
    return before;
  }

  private passConvolution(index: number, patch: Patch): Patch {
    const { kernel, stride, inChannels } = this.convolution(index);
    const { height, width, channels } = this.local.values[index + 1];
    const { patches, active, scratch, found } = this.lot.blocks;
    const before = this.before(index, patch);
    const lists = active[index];
    if (lists === undefined) throw new InvariantError(`layer ${index + 1} has no lists`);
    this.kernels.patches.pullConvolution({
      patch: patches[index + 1].at,
      rows: patch.rows,
      columns: patch.columns,
      top: patch.top,
      left: patch.left,
      channels,
      height,
      width,
      active: lists.lists.at,
      counts: lists.counts.at,
      weights: this.weightsAt(index),
      pitch: this.pitchOf(index),
      kernel,
      run: kernel * inChannels,
      step: stride * inChannels,
      line: before.columns * inChannels,
      stride,
      out: patches[index].at,
      scratch: scratch.at,
      found: found.at,
    });
    return before;
  }

  /** Of zeros, before a convolution: what a patch behind it depends on. */
  private before(index: number, { top, left, rows, columns }: Patch): Patch {
    const { kernel, stride, padding, inChannels } = this.convolution(index);
    const patch = {
      layerCount: index,
      top: top * stride - padding,
      left: left * stride - padding,
      rows: (rows - 1) * stride + kernel,
      columns: (columns - 1) * stride + kernel,
    };
    const length = patch.rows * patch.columns * inChannels;
    this.kernels.patches.clear({ out: this.lot.blocks.patches[index].at, length });
    return patch;
  }

  /** Copies what a ReLU lets through; behind a convolution its lists take care of that. */
  private passRelu(index: number, patch: Patch): Patch {
    const before = { ...patch, layerCount: index };
    if (this.local.layers[index - 1]?.kind === "conv2d") return before;
    const from = this.valuesOf(patch);
    const to = this.valuesOf(before);
    to.set(from);
    const { height, width, channels } = this.local.values[index];
    const switches = this.pattern?.switches[index];
    forPixels(patch, height, width, (place, pixel) => {
      for (let channel = 0; channel < channels; channel++) {
        if (switches?.[channel * height * width + pixel] !== 1) to[place * channels + channel] = 0;
      }
    });
    return before;
  }

  private passPool(index: number, window: number, patch: Patch): Patch {
    const behind = this.local.values[index + 1];
    const { height, width, channels } = this.local.values[index];
    const winners = this.pattern?.switches[index];
    const before = {
      layerCount: index,
      top: patch.top * window,
      left: patch.left * window,
      rows: patch.rows * window,
      columns: patch.columns * window,
    };
    const from = this.valuesOf(patch);
    const to = this.valuesOf(before);
    to.fill(0);
    forPixels(patch, behind.height, behind.width, (place, pixel) => {
      for (let channel = 0; channel < channels; channel++) {
        const factor = from[place * channels + channel];
        if (factor === 0 || winners === undefined) continue;
        const winner = winners[channel * behind.height * behind.width + pixel];
        const inside = winner - channel * height * width;
        const row = Math.floor(inside / width);
        const column = inside - row * width;
        const target = (row - before.top) * before.columns + column - before.left;
        to[target * channels + channel] = factor;
      }
    });
    return before;
  }

  private convolution(index: number) {
    const layer = this.local.layers[index];
    if (layer.kind !== "conv2d") throw new InvariantError(`layer ${index + 1} is no convolution`);
    return layer;
  }

  private weightsAt(index: number): number {
    const block = this.lot.blocks.weights[index];
    if (block === undefined) throw new InvariantError(`layer ${index + 1} has no weights`);
    return block.at;
  }

  /** Values from one output's weights to the next: an even number; 0 where there are none. */
  private pitchOf(index: number): number {
    const layer = this.local.layers[index];
    if (layer.kind !== "conv2d") return 0;
    const taps = layer.kernel * layer.kernel * layer.inChannels;
    return taps + (taps % 2);
  }
}

/** How many values there are. */
function sizeOf({ channels, height, width }: LocalValues): number {
  return channels * height * width;
}

/** Calls back for each pixel of a patch that lies in the picture: its place in both. */
function forPixels(
  { top, left, rows, columns }: Patch,
  height: number,
  width: number,
  visit: (place: number, pixel: number) => void,
): void {
  for (let r = Math.max(0, -top); r < rows && top + r < height; r++) {
    for (let c = Math.max(0, -left); c < columns && left + c < width; c++) {
      visit(r * columns + c, (top + r) * width + left + c);
    }
  }
}

/** Values that the largest patch after so many layers has: what a whole picture depends on. */
function patchSizes({ layers, values }: LocalLayers): number[] {
  const sizes: number[] = [];
  const last = values[values.length - 1];
  let [rows, columns] = [last.height, last.width];
  for (let index = layers.length; index >= 0; index--) {
    const { height, width, channels } = values[index];
    // Values behind the last whole window belong to no window, but have rows of their own.
    rows = Math.max(rows, height);
    columns = Math.max(columns, width);
    sizes[index] = (rows + 2) * (columns + 2) * channels;
    const layer = layers[index - 1];
    if (layer?.kind === "maxPool2d")
      [rows, columns] = [rows * layer.window, columns * layer.window];
    if (layer?.kind !== "conv2d") continue;
    rows = (rows - 1) * layer.stride + layer.kernel;
    columns = (columns - 1) * layer.stride + layer.kernel;
  }
  return sizes;
}

/** A place for each; values before and behind a ReLU that follows a convolution share theirs. */
function patchBlocks({ layers }: LocalLayers, sizes: readonly number[], { values }: BlockMaker) {
  const blocks = sizes.map((size) => values(size));
  layers.forEach(({ kind }, index) => {
    if (kind === "relu" && layers[index - 1]?.kind === "conv2d") blocks[index + 1] = blocks[index];
  });
  return blocks;
}

function activeBlocks({ integers }: BlockMaker, { height, width, channels }: LocalValues) {
  return { lists: integers(height * width * channels), counts: integers(height * width) };
}

/** Lists the channels of each pixel that a ReLU lets through, or all where there is none. */
function listActive(
  { height, width, channels }: LocalValues,
  switches: Uint8Array | Int32Array | undefined,
  { lists, counts }: ActiveBlocks,
): void {
  const pixels = height * width;
  const list = lists.view;
  const count = counts.view;
  count.fill(0);
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const isActive = switches === undefined || switches[channel * pixels + pixel] === 1;
      if (isActive) list[pixel * channels + count[pixel]++] = channel;
    }
  }
}
