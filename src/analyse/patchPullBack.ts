import { assertNever, InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import type { LocalLayer, LocalLayers, LocalValues } from "./localLayers";

/** One value among those after some layers, by its index, with a factor. */
export interface Term {
  place: number;
  factor: number;
}

/** A square of values of a picture, with all their channels: coefficients of a form on them. */
interface Patch {
  /** Values after so many layers. */
  layerCount: number;
  /** First line and column, which may lie outside the picture. */
  top: number;
  left: number;
  size: number;
  values: Float64Array;
}

/** Where a form on the input stands: `size` × `size` pixels, channels beside each other. */
export type InputPatch = Readonly<Omit<Patch, "layerCount">>;

/**
 * Carries forms on one or two neighbouring values of a network's local layers back to the input,
 * along a fixed pattern: dense arithmetic on small squares of pictures. What comes out lies in a
 * buffer that the next call writes anew.
 */
export class PatchPullBack {
  private pattern: ActivationPattern | undefined;
  private readonly buffers: Float64Array[];
  /** For each ReLU, the active channels of each pixel, and how many there are. */
  private readonly active: (ActiveChannels | undefined)[];

  constructor(private readonly local: LocalLayers) {
    this.buffers = local.values.map(() => new Float64Array(0));
    this.active = local.values.map((_, layer) => {
      const values = local.values[layer];
      const isBehind =
        local.layers[layer]?.kind === "relu" && local.weights[layer - 1] !== undefined;
      const isUsed =
        isBehind && local.weights.slice(layer).some((weights) => weights !== undefined);
      return isUsed ? new ActiveChannels(values) : undefined;
    });
  }

  /** Takes a pattern for the calls to come. */
  use(pattern: ActivationPattern): void {
    this.pattern = pattern;
    this.active.forEach((channels, layer) => {
      const switches = pattern.switches[layer];
      if (switches !== undefined) channels?.read(switches);
    });
  }

  /**
   * The form Σ factor · (value at place) on the values after `layerCount` layers.
   *
   * @param window  how many lines and columns the places lie in
   * @param row     the first of these lines, and `column` of these columns
   */
  pullBack(
    layerCount: number,
    terms: Term[],
    window: number,
    row: number,
    column: number,
  ): InputPatch {
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
    let patch = this.seed(index, terms, size, top, left);
    for (index--; index >= 0; index--) patch = this.passPatch(layers[index], index, patch);
    return patch;
  }

  /** Terms behind a layer that takes one value to one value, as terms before it. */
  private passTerms(layer: LocalLayer, index: number, terms: Term[]): void {
    const switches = this.pattern?.switches[index];
    for (const term of terms) {
      if (layer.kind === "normalise") term.factor /= layer.deviation;
      else if (layer.kind === "relu") term.factor *= switches?.[term.place] === 1 ? 1 : 0;
      else if (switches !== undefined) term.place = switches[term.place];
    }
  }

  /** The terms on the values behind a convolution, as a patch on those before it. */
  private seed(index: number, terms: Term[], size: number, top: number, left: number): Patch {
    const layer = this.convolution(index);
    const { width, height } = this.local.values[index + 1];
    const weights = this.weightsOf(index);
    const { kernel, stride, padding, inChannels } = layer;
    const patch = this.cleared(index, (size - 1) * stride + kernel);
    patch.top = top * stride - padding;
    patch.left = left * stride - padding;
    const run = kernel * inChannels;
    const line = patch.size * inChannels;
    const { values } = patch;
    for (const { place, factor } of terms) {
      if (factor === 0) continue;
      const channel = Math.floor(place / (width * height));
      const pixel = place % (width * height);
      const row = Math.floor(pixel / width);
      const start =
        ((row - top) * stride * patch.size + ((pixel % width) - left) * stride) * inChannels;
      let weight = channel * kernel * run;
      for (let ky = 0; ky < kernel; ky++) {
        const to = start + ky * line;
        for (let k = 0; k < run; k++) values[to + k] += factor * weights[weight++];
      }
    }
    return patch;
  }

  private passPatch(layer: LocalLayer, index: number, patch: Patch): Patch {
    switch (layer.kind) {
      case "conv2d":
        return this.passConvolution(index, patch);
      case "maxPool2d":
        return this.passPool(index, layer.window, patch);
      case "relu":
        // A convolution before it passes over the channels that are saturated.
        if (this.active[index] === undefined) this.silence(index, patch);
        return { ...patch, layerCount: index };
      case "normalise": {
        const { values } = patch;
        for (let at = 0; at < values.length; at++) values[at] /= layer.deviation;
        return { ...patch, layerCount: index };
      }
      default:
        return assertNever(layer);
    }
  }

  private passConvolution(index: number, patch: Patch): Patch {
    const { kernel, stride, padding, inChannels } = this.convolution(index);
    const { height, width, channels } = this.local.values[index + 1];
    const weights = this.weightsOf(index);
    const active = this.active[index + 1];
    const out = this.cleared(index, (patch.size - 1) * stride + kernel);
    out.top = patch.top * stride - padding;
    out.left = patch.left * stride - padding;
    const taps = kernel * kernel * inChannels;
    const run = kernel * inChannels;
    const sums = new Float64Array(taps);
    for (let r = 0; r < patch.size; r++) {
      const row = patch.top + r;
      if (row < 0 || row >= height) continue;
      for (let c = 0; c < patch.size; c++) {
        const column = patch.left + c;
        if (column < 0 || column >= width) continue;
        const pixel = row * width + column;
        const from = (r * patch.size + c) * channels;
        const count = active === undefined ? channels : active.counts[pixel];
        let isZero = true;
        for (let entry = 0; entry < count; entry++) {
          const channel = active === undefined ? entry : active.lists[pixel * channels + entry];
          const factor = patch.values[from + channel];
          if (factor === 0) continue;
          if (isZero) sums.fill(0);
          isZero = false;
          const weight = channel * taps;
          for (let tap = 0; tap < taps; tap++) sums[tap] += factor * weights[weight + tap];
        }
        if (isZero) continue;
        for (let ky = 0; ky < kernel; ky++) {
          const to = ((r * stride + ky) * out.size + c * stride) * inChannels;
          for (let k = 0; k < run; k++) out.values[to + k] += sums[ky * run + k];
        }
      }
    }
    return out;
  }

  /** Sets to zero what a ReLU does not let through. */
  private silence(index: number, patch: Patch): void {
    const { height, width, channels } = this.local.values[index];
    const switches = this.pattern?.switches[index];
    for (let r = 0; r < patch.size; r++) {
      const row = patch.top + r;
      if (row < 0 || row >= height) continue;
      for (let c = 0; c < patch.size; c++) {
        const column = patch.left + c;
        if (column < 0 || column >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          if (switches?.[(channel * height + row) * width + column] === 1) continue;
          patch.values[(r * patch.size + c) * channels + channel] = 0;
        }
      }
    }
  }

  private passPool(index: number, window: number, patch: Patch): Patch {
    const { height, width, channels } = this.local.values[index + 1];
    const before = this.local.values[index];
    const winners = this.pattern?.switches[index];
    const out = this.cleared(index, patch.size * window);
    out.top = patch.top * window;
    out.left = patch.left * window;
    for (let r = 0; r < patch.size; r++) {
      const row = patch.top + r;
      if (row < 0 || row >= height) continue;
      for (let c = 0; c < patch.size; c++) {
        const column = patch.left + c;
        if (column < 0 || column >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          const factor = patch.values[(r * patch.size + c) * channels + channel];
          if (factor === 0 || winners === undefined) continue;
          const winner = winners[(channel * height + row) * width + column];
          const pixel = winner - channel * before.height * before.width;
          const line = Math.floor(pixel / before.width) - out.top;
          const place = (pixel % before.width) - out.left;
          out.values[(line * out.size + place) * channels + channel] = factor;
        }
      }
    }
    return out;
  }

  /** A patch of zeros on the values before a layer. */
  private cleared(index: number, size: number): Patch {
    const length = size * size * this.local.values[index].channels;
    if (this.buffers[index].length < length) this.buffers[index] = new Float64Array(length);
    const values = this.buffers[index].subarray(0, length);
    values.fill(0);
    return { layerCount: index, top: 0, left: 0, size, values };
  }

  private convolution(index: number) {
    const layer = this.local.layers[index];
    if (layer.kind !== "conv2d") throw new InvariantError(`layer ${index + 1} is no convolution`);
    return layer;
  }

  private weightsOf(index: number): Float64Array {
    const weights = this.local.weights[index];
    if (weights === undefined) throw new InvariantError(`layer ${index + 1} has no weights`);
    return weights;
  }
}

/** The channels of each pixel that a ReLU lets through. */
class ActiveChannels {
  readonly counts: Int32Array;
  readonly lists: Int32Array;

  constructor(private readonly values: LocalValues) {
    const { height, width, channels } = values;
    this.counts = new Int32Array(height * width);
    this.lists = new Int32Array(height * width * channels);
  }

  read(switches: Uint8Array | Int32Array): void {
    const { counts, lists } = this;
    const { channels } = this.values;
    const pixels = counts.length;
    counts.fill(0);
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        if (switches[channel * pixels + pixel] === 1) {
          lists[pixel * channels + counts[pixel]++] = channel;
        }
      }
    }
  }
}
