import { affine, convolve } from "../numeric/layerKernels";
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

interface PlacedConvolution {
  readonly kind: "convolution";
  readonly layer: Conv2dLayer;
  readonly paddedWidth: number;
  readonly paddedSize: number;
  readonly weights: number;
  /** Where the shifts stand among the integers. */
  readonly shifts: number;
}

interface PlacedDense {
  readonly kind: "dense";
  readonly layer: DenseLayer;
  /** inputs × outputs. */
  readonly columns: number;
}

type Placed = PlacedConvolution | PlacedDense | undefined;

interface Scratch {
  readonly kernels: Kernels;
  readonly identity: number;
  readonly input: number;
  readonly output: number;
}

/** Passes of several networks that share one memory. */
export function createConvolutionPasses(
  networks: readonly Network[],
  kernels: Kernels,
): PatternPasses[] {
  let next = 0;
  const take = (length: number): number => {
    const at = next;
    next += length + (length % 2);
    return at;
  };
  const flows = networks.flatMap((network) => createFlows(network).map(({ length }) => length));
  const padded = networks.flatMap(({ layers }) => layers.map(paddedLength));
  const widest = Math.max(...flows, ...padded);
  const identity = 2 * take(Math.ceil(widest / 2));
  const input = take(widest);
  const output = take(widest);
  const placed = networks.map(({ layers }) => layers.map((layer) => placeLayer(layer, take)));
  kernels.reserve(8 * next);
  for (let index = 0; index < widest; index++) kernels.integers[identity + index] = index;
  for (const place of placed.flat()) fillLayer(place, kernels);
  return networks.map((network, index) =>
    createPasses(network, placed[index], { kernels, identity, input, output }),
  );
}

function paddedLength(layer: Layer): number {
  if (layer.kind !== "conv2d") return 0;
  const { inChannels, height, width, padding } = layer;
  return inChannels * (height + 2 * padding) * (width + 2 * padding);
}

function placeLayer(layer: Layer, take: (length: number) => number): Placed {
  if (layer.kind === "dense" && layer.weights.data.length <= LARGEST_PLACED) {
    return { kind: "dense", layer, columns: take(layer.weights.data.length) };
  }
  if (layer.kind !== "conv2d" || layer.stride !== 1) return undefined;
  const { height, width, padding, inChannels, kernel } = layer;
  const paddedWidth = width + 2 * padding;
  return {
    kind: "convolution",
    layer,
    paddedWidth,
    paddedSize: (height + 2 * padding) * paddedWidth,
    weights: take(layer.weights.length),
    shifts: 2 * take(Math.ceil((inChannels * kernel * kernel) / 2)),
  };
}

function fillLayer(place: Placed, { values, integers }: Kernels): void {
  if (place === undefined) return;
  if (place.kind === "dense") {
    const { rows, columns, data } = place.layer.weights;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        values[place.columns + column * rows + row] = data[row * columns + column];
      }
    }
    return;
  }
  const { inChannels, kernel, weights } = place.layer;
  values.set(weights, place.weights);
  let shift = place.shifts;
  for (let source = 0; source < inChannels; source++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++) {
        integers[shift++] = source * place.paddedSize + ky * place.paddedWidth + kx;
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
  { kernels, identity, input, output }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const memory = kernels.values;
  const { rows } = layer.weights;
  memory.set(values, input);
  memory.set(layer.bias, output);
  kernels.addRows(columns, rows, identity, input, values.length, rows, output);
  out.set(memory.subarray(output, output + rows));
}

function applyConvolution(
  { layer, paddedWidth, paddedSize, weights, shifts }: PlacedConvolution,
  { kernels, input, output }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { inChannels, outChannels, height, width, kernel, padding } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const memory = kernels.values;
  memory.fill(0, input, input + inChannels * paddedSize);
  for (let source = 0; source < inChannels; source++) {
    for (let row = 0; row < height; row++) {
      const from = (source * height + row) * width;
      const to = input + source * paddedSize + (row + padding) * paddedWidth + padding;
      memory.set(values.subarray(from, from + width), to);
    }
  }
  const taps = inChannels * kernel * kernel;
  const length = (outHeight - 1) * paddedWidth + outWidth;
  for (let channel = 0; channel < outChannels; channel++) {
    memory.fill(layer.bias[channel], output, output + length);
    kernels.addRows(input, 1, shifts, weights + channel * taps, taps, length, output);
    for (let row = 0; row < outHeight; row++) {
      const from = output + row * paddedWidth;
      out.set(memory.subarray(from, from + outWidth), (channel * outHeight + row) * outWidth);
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
  }
}
