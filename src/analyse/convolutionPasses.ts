import { assertNever } from "../errors";
import { affine, convolve } from "../numeric/layerKernels";
import type { Block, BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import { createFlows } from "../network/flows";
import { poolWinners } from "../network/maxPool";
import type { Conv2dLayer, DenseLayer, Layer, Network } from "../network/network";
import { convolutionSizes } from "../network/shape";
import type { PatternPasses } from "./patternPasses";
import { createSparsePullBack } from "./sparsePullBack";

/*
 * Networks with convolutions, forwards in the kernels and backwards along the non-zero
 * coefficients.
 *
 * With the input's planes padded by zeros, one output plane is a sum of shifted input planes, one
 * for each source channel and tap: `addRows` over a matrix of stride 1 whose "rows" start at those
 * shifts. Output rows come out with the padded width between them. A dense layer adds up the
 * columns of its weights over the inputs that are not zero.
 */

/**
 * Dense layers with more weights than this stay out of the kernels' memory (256 MB of binary64).
 */
const LARGEST_PLACED = 1 << 25;

type Values = Block<Float64Array>;

interface PlacedConvolution {
  readonly kind: "convolution";
  readonly layer: Conv2dLayer;
  readonly paddedWidth: number;
  readonly paddedSize: number;
  readonly weights: Values;
  readonly shifts: Block<Int32Array>;
}

interface PlacedDense {
  readonly kind: "dense";
  readonly layer: DenseLayer;
  /** inputs × outputs. */
  readonly columns: Values;
}

type Placed = PlacedConvolution | PlacedDense | undefined;

interface Scratch {
  readonly kernels: Kernels;
  /** Held as long as the passes are: without a holder its blocks would be given to others. */
  readonly lot: Lot<{
    readonly identity: Block<Int32Array>;
    readonly input: Values;
    readonly output: Values;
  }>;
}

/** Passes of several networks that share one memory. */
export function createConvolutionPasses(
  networks: readonly Network[],
  kernels: Kernels,
): PatternPasses[] {
  const flows = networks.flatMap((network) => createFlows(network).map(({ length }) => length));
  const padded = networks.flatMap(({ layers }) => layers.map(paddedLength));
  const widest = Math.max(...flows, ...padded);
  const lot = kernels.arena.layOut((make) => ({
    identity: make.integers(widest),
    input: make.values(widest),
    output: make.values(widest),
    placed: networks.map(({ layers }) => layers.map((layer) => placeLayer(layer, make))),
  }));
  const { identity, placed } = lot.blocks;
  identity.view.forEach((_, index, view) => (view[index] = index));
  for (const place of placed.flat()) fillLayer(place);
  return networks.map((network, index) => createPasses(network, placed[index], { kernels, lot }));
}

function paddedLength(layer: Layer): number {
  if (layer.kind !== "conv2d") return 0;
  const { inChannels, height, width, padding } = layer;
  return inChannels * (height + 2 * padding) * (width + 2 * padding);
}

function placeLayer(layer: Layer, make: BlockMaker): Placed {
  if (layer.kind === "dense" && layer.weights.data.length <= LARGEST_PLACED) {
    return { kind: "dense", layer, columns: make.values(layer.weights.data.length) };
  }
  if (layer.kind !== "conv2d" || layer.stride !== 1) return undefined;
  const { height, width, padding, inChannels, kernel } = layer;
  const paddedWidth = width + 2 * padding;
  return {
    kind: "convolution",
    layer,
    paddedWidth,
    paddedSize: (height + 2 * padding) * paddedWidth,
    weights: make.values(layer.weights.length),
    shifts: make.integers(inChannels * kernel * kernel),
  };
}

function fillLayer(place: Placed): void {
  if (place === undefined) return;
  if (place.kind === "dense") {
    const { rows, columns, data } = place.layer.weights;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        place.columns.view[column * rows + row] = data[row * columns + column];
      }
    }
    return;
  }
  const { inChannels, kernel, weights } = place.layer;
  place.weights.view.set(weights);
  const shifts = place.shifts.view;
  let shift = 0;
  for (let source = 0; source < inChannels; source++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++) {
        shifts[shift++] = source * place.paddedSize + ky * place.paddedWidth + kx;
      }
    }
  }
}

function createPasses(
  network: Network,
  placed: readonly Placed[],
  scratch: Scratch,
): PatternPasses {
  const flows = createFlows(network);
  return {
    network,
    flows,
    forward(y, pattern) {
      flows[0].set(y);
      network.layers.forEach((layer, index) => {
        const place = placed[index];
        const from = flows[index];
        const to = flows[index + 1];
        if (place?.kind === "dense") applyDense(place, scratch, from, to);
        else if (place?.kind === "convolution") applyConvolution(place, scratch, from, to);
        else applyPlain(layer, pattern?.switches[index], from, to);
      });
    },
    ...createSparsePullBack(network),
  };
}

function applyDense(
  { layer, columns }: PlacedDense,
  { kernels, lot }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { identity, input, output } = lot.blocks;
  const { rows } = layer.weights;
  input.view.set(values);
  output.view.set(layer.bias);
  kernels.addRows(columns.at, rows, identity.at, input.at, values.length, rows, output.at);
  out.set(output.view.subarray(0, rows));
}

function applyConvolution(
  { layer, paddedWidth, paddedSize, weights, shifts }: PlacedConvolution,
  { kernels, lot }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { inChannels, outChannels, height, width, kernel, padding } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const { input, output } = lot.blocks;
  input.view.fill(0, 0, inChannels * paddedSize);
  for (let source = 0; source < inChannels; source++) {
    for (let row = 0; row < height; row++) {
      const from = (source * height + row) * width;
      const to = source * paddedSize + (row + padding) * paddedWidth + padding;
      input.view.set(values.subarray(from, from + width), to);
    }
  }
  const taps = inChannels * kernel * kernel;
  const length = (outHeight - 1) * paddedWidth + outWidth;
  for (let channel = 0; channel < outChannels; channel++) {
    output.view.fill(layer.bias[channel], 0, length);
    const taken = weights.at + channel * taps;
    kernels.addRows(input.at, 1, shifts.at, taken, taps, length, output.at);
    for (let row = 0; row < outHeight; row++) {
      const from = row * paddedWidth;
      out.set(output.view.subarray(from, from + outWidth), (channel * outHeight + row) * outWidth);
    }
  }
}

/** Layers without a place in the kernels' memory. */
function applyPlain(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  switch (layer.kind) {
    case "dense":
      affine(
        layer.weights.data,
        layer.bias,
        layer.weights.rows,
        layer.weights.columns,
        values,
        out,
      );
      break;
    case "conv2d":
      convolve(convolutionSizes(layer), layer.weights, layer.bias, values, out);
      break;
    case "normalise":
      for (let index = 0; index < values.length; index++) {
        out[index] = (values[index] - layer.mean) / layer.deviation;
      }
      break;
    case "relu":
      for (let index = 0; index < values.length; index++) {
        const isActive = switches === undefined ? values[index] > 0 : switches[index] === 1;
        out[index] = isActive ? values[index] : 0;
      }
      break;
    case "maxPool2d": {
      const winners = switches ?? poolWinners(layer, values);
      for (let index = 0; index < out.length; index++) out[index] = values[winners[index]];
      break;
    }
    default:
      assertNever(layer);
  }
}
