import type { Network } from "../network/network";
import type { ConvolutionTerm } from "../network/layer/term";
import { stepsOf } from "../network/walk";
import type { Block, BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import type { Counted } from "./counted";
import { addEntry, type SparseForm } from "./sparseForm";

/** One convolution's numbers in the kernels' memory. */
interface Scattered {
  readonly term: ConvolutionTerm;
  readonly weights: Block<Float64Array>;
  readonly shifts: Block<Int32Array>;
  /** For each place of the padded picture, the place of the layer's input, or −1. */
  readonly places: Int32Array;
}

/** What all of a network's convolutions take in turn. */
interface Scratch {
  readonly targets: Block<Int32Array>;
  readonly offsets: Block<Int32Array>;
  /** Values, or pairs of values and counts. */
  readonly factors: Block<Float64Array>;
  readonly sums: Block<Float64Array>;
  readonly flags: Block<Int32Array>;
  readonly list: Block<Int32Array>;
  readonly layers: readonly (Scattered | undefined)[];
}

/**
 * Carries forms back through a network's convolutions in the kernels, neuron after neuron, to the
 * bits of plain code. A step that is not one convolution and nothing else is left to others.
 */
export class ScatteredConvolutions {
  private readonly lot: Lot<Scratch>;

  constructor(
    network: Network,
    private readonly kernels: Kernels,
  ) {
    const terms = stepsOf(network).map((step) => {
      if (step.form !== "affine" || step.terms.length !== 1) return undefined;
      const [term] = step.terms;
      return term.kind === "convolution" ? term : undefined;
    });
    const found = terms.filter((term) => term !== undefined);
    const neurons = Math.max(0, ...found.map(({ sizes }) => neuronCount(sizes)));
    const pixels = Math.max(0, ...found.map((term) => padded(term).size));
    this.lot = kernels.arena.layOut((make) => ({
      targets: make.integers(neurons),
      offsets: make.integers(neurons),
      factors: make.values(2 * neurons),
      sums: make.values(2 * pixels),
      flags: make.integers(pixels),
      list: make.integers(pixels),
      layers: terms.map((term) => (term === undefined ? undefined : place(term, make))),
    }));
    const { flags, layers } = this.lot.blocks;
    flags.view.fill(0);
    for (const layer of layers) if (layer !== undefined) fill(layer);
  }

  /** Adds a form on what a layer yields to one on its input; false if the layer is not here. */
  carryCounted(index: number, form: Counted, out: Counted): boolean {
    const { layers, factors, sums } = this.lot.blocks;
    const layer = layers[index];
    if (layer === undefined) return false;
    const { places } = layer;
    const neurons: number[] = [];
    const pairs = factors.view;
    for (let neuron = 0; neuron < form.values.length; neuron++) {
      if (form.counts[neuron] === 0) continue;
      pairs[2 * neurons.length] = form.values[neuron];
      pairs[2 * neurons.length + 1] = form.counts[neuron];
      neurons.push(neuron);
    }
    const aimed = this.aim(layer, neurons);
    const found = sums.view;
    found.fill(0, 0, 2 * places.length);
    this.kernels.scatter.scatterPairs({ ...aimed, pairs: factors.at });
    for (let at = 0; at < places.length; at++) {
      const to = places[at];
      if (to < 0) continue;
      out.values[to] += found[2 * at];
      out.counts[to] += found[2 * at + 1];
    }
    return true;
  }

  /**
   * The same for a sparse form: coefficients of `out`, which must be empty, are touched in the
   * order in which plain code touches them.
   */
  carrySparse(index: number, form: SparseForm, out: SparseForm): boolean {
    const { layers, factors, sums, flags, list } = this.lot.blocks;
    const layer = layers[index];
    if (layer === undefined || out.count > 0) return false;
    const neurons: number[] = [];
    for (let entry = 0; entry < form.count; entry++) {
      const neuron = form.touched[entry];
      if (form.values[neuron] === 0) continue;
      factors.view[neurons.length] = form.values[neuron];
      neurons.push(neuron);
    }
    const aimed = this.aim(layer, neurons);
    sums.view.fill(0, 0, layer.places.length);
    const own = { factors: factors.at, flags: flags.at, list: list.at };
    const count = this.kernels.scatter.scatterValues({ ...aimed, ...own });
    const reached = list.view;
    const [found, marks, { places }] = [sums.view, flags.view, layer];
    for (let entry = 0; entry < count; entry++) {
      const at = reached[entry];
      marks[at] = 0;
      if (places[at] >= 0) addEntry(out, places[at], found[at]);
    }
    return true;
  }

  /**
   * Says for each neuron where its first tap stands and where its weights begin; what both kernels
   * take.
   */
  private aim({ term, shifts, weights }: Scattered, neurons: readonly number[]) {
    const { sizes } = term;
    const { length: count } = neurons;
    const { row, plane } = padded(term);
    const targets = this.lot.blocks.targets.view;
    const offsets = this.lot.blocks.offsets.view;
    const outputs = sizes.outHeight * sizes.outWidth;
    const sources = sizes.inChannels / sizes.groups;
    const perGroup = sizes.outChannels / sizes.groups;
    const taps = tapCount(term);
    for (let index = 0; index < count; index++) {
      const channel = Math.floor(neurons[index] / outputs);
      const pixel = neurons[index] - channel * outputs;
      const line = Math.floor(pixel / sizes.outWidth);
      const column = pixel - line * sizes.outWidth;
      const corner = line * sizes.strideDown * row + column * sizes.strideAcross;
      targets[index] = Math.floor(channel / perGroup) * sources * plane + corner;
      offsets[index] = channel * taps;
    }
    const { blocks } = this.lot;
    return {
      count,
      targets: blocks.targets.at,
      offsets: blocks.offsets.at,
      shifts: shifts.at,
      taps,
      weights: weights.at,
      sums: blocks.sums.at,
    };
  }
}

function neuronCount(sizes: ConvolutionTerm["sizes"]): number {
  return sizes.outChannels * sizes.outHeight * sizes.outWidth;
}

/** Weights of one neuron. */
function tapCount({ sizes }: ConvolutionTerm): number {
  return (sizes.inChannels / sizes.groups) * sizes.kernelHeight * sizes.kernelWidth;
}

/** The input's planes, as far as taps reach: values of a row, of a plane, and of all. */
function padded({ sizes }: ConvolutionTerm): { row: number; plane: number; size: number } {
  const tall = (sizes.outHeight - 1) * sizes.strideDown;
  const wide = (sizes.outWidth - 1) * sizes.strideAcross;
  const row = wide + (sizes.kernelWidth - 1) * sizes.dilationAcross + 1;
  const plane = row * (tall + (sizes.kernelHeight - 1) * sizes.dilationDown + 1);
  return { row, plane, size: plane * sizes.inChannels };
}

function place(term: ConvolutionTerm, make: BlockMaker): Scattered {
  return {
    term,
    weights: make.values(term.weights.length),
    shifts: make.integers(tapCount(term)),
    places: placesOf(term),
  };
}

function placesOf(term: ConvolutionTerm): Int32Array {
  const { inChannels, height, width, top, left } = term.sizes;
  const { row, plane, size } = padded(term);
  const places = new Int32Array(size).fill(-1);
  for (let channel = 0; channel < inChannels; channel++) {
    for (let y = 0; y < height && (y + top) * row < plane; y++) {
      for (let x = 0; x < width && x + left < row; x++) {
        places[channel * plane + (y + top) * row + x + left] = (channel * height + y) * width + x;
      }
    }
  }
  return places;
}

function fill({ term, weights, shifts }: Scattered): void {
  const { sizes } = term;
  const { row, plane } = padded(term);
  weights.view.set(term.weights);
  let tap = 0;
  for (let source = 0; source < sizes.inChannels / sizes.groups; source++) {
    for (let ky = 0; ky < sizes.kernelHeight; ky++) {
      for (let kx = 0; kx < sizes.kernelWidth; kx++) {
        const line = ky * sizes.dilationDown * row;
        shifts.view[tap++] = source * plane + line + kx * sizes.dilationAcross;
      }
    }
  }
}
