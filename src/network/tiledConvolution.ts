import type { Block, BlockMaker } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import type { ConvolutionSizes } from "../numeric/layerKernels";
import { convolutionSizes, type Conv2dLayer } from "./layer/conv2d";

/*
 * A convolution in the kernels' memory. The input's planes are padded by zeros, and each padded row
 * is cut into `stride` phases: the columns c with c mod stride = 0, then those with 1, and so on.
 * Neighbouring outputs then take a tap from neighbouring places, whatever the stride, and
 *
 *     ξ[channel, row, column] = bias + Σ_t weight_t · input[shift_t + row · rowStep + column],
 *
 * over the source channels and in each over its taps in reading order, as `numeric/layerKernels`
 * has it. Sums take their products in that order one at a time, so the bits are those of the plain
 * code. (That one passes over weights of zero, which makes a difference only where a sum is −0.)
 */

/** Channels that the kernel computes side by side. */
const GROUP = 4;

/** Where a convolution's numbers lie. */
export interface TiledConvolution {
  readonly kind: "convolution";
  readonly layer: Conv2dLayer;
  readonly sizes: ConvolutionSizes;
  readonly groups: number;
  /** Groups × taps × 4 channels; the last group is filled up with zeros. */
  readonly weights: Block<Float64Array>;
  readonly bias: Block<Float64Array>;
  readonly shifts: Block<Int32Array>;
}

/** Memory that convolutions take in turn. */
export interface ConvolutionScratch {
  readonly input: Block<Float64Array>;
  readonly output: Block<Float64Array>;
  readonly lists: Block<Int32Array>;
}

/** Whether the kernel has a form for a layer: for all but convolutions in groups. */
export function canBeTiled({ groups = 1 }: Conv2dLayer): boolean {
  return groups === 1;
}

/** Asks for a layer's place; `fillConvolution` fills it once it is laid out. */
export function placeConvolution(layer: Conv2dLayer, make: BlockMaker): TiledConvolution {
  const sizes = convolutionSizes(layer);
  const groups = Math.ceil(layer.outChannels / GROUP);
  const taps = tapCount(sizes);
  return {
    kind: "convolution",
    layer,
    sizes,
    groups,
    weights: make.values(groups * taps * GROUP),
    bias: make.values(groups * GROUP),
    shifts: make.integers(taps),
  };
}

/** How many values of scratch a layer needs. */
export function scratchLengths(layer: Conv2dLayer): {
  readonly input: number;
  readonly output: number;
  readonly lists: number;
} {
  const sizes = convolutionSizes(layer);
  const { inChannels, outChannels, outHeight, outWidth } = sizes;
  return {
    input: inChannels * padded(sizes).planeSize,
    output: Math.ceil(outChannels / GROUP) * GROUP * outHeight * outWidth,
    lists: Math.ceil(outWidth / GROUP) * 2 * (tapCount(sizes) + 1),
  };
}

/** Writes a layer's weights, biases and shifts. */
export function fillConvolution({ layer, sizes, weights, bias, shifts }: TiledConvolution): void {
  const { phaseWidth, rowSize, planeSize } = padded(sizes);
  const taps = tapCount(sizes);
  weights.view.fill(0);
  for (let channel = 0; channel < sizes.outChannels; channel++) {
    const first = (channel - (channel % GROUP)) * taps + (channel % GROUP);
    for (let tap = 0; tap < taps; tap++) {
      weights.view[first + GROUP * tap] = layer.weights[channel * taps + tap];
    }
  }
  bias.view.fill(0);
  // The kernel passes over what is 0, which −0 would tell.
  layer.bias.forEach((value, channel) => (bias.view[channel] = value + 0));
  let tap = 0;
  for (let source = 0; source < sizes.inChannels; source++) {
    for (let ky = 0; ky < sizes.kernelHeight; ky++) {
      for (let kx = 0; kx < sizes.kernelWidth; kx++) {
        const row = source * planeSize + ky * sizes.dilationDown * rowSize;
        shifts.view[tap++] = row + placeOf(kx * sizes.dilationAcross, sizes, phaseWidth);
      }
    }
  }
}

/** Runs a layer: `values` in, `out` written. */
export function applyConvolution(
  { sizes, groups, weights, bias, shifts }: TiledConvolution,
  kernels: Kernels,
  { input, output, lists }: ConvolutionScratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  writePadded(sizes, values, input.view);
  kernels.forward.convolve({
    input: input.at,
    shifts: shifts.at,
    taps: tapCount(sizes),
    weights: weights.at,
    bias: bias.at,
    groups,
    rowStep: sizes.strideDown * padded(sizes).rowSize,
    height: sizes.outHeight,
    width: sizes.outWidth,
    out: output.at,
    lists: lists.at,
  });
  out.set(output.view.subarray(0, out.length));
}

function tapCount({ inChannels, kernelHeight, kernelWidth }: ConvolutionSizes): number {
  return inChannels * kernelHeight * kernelWidth;
}

/** The form of a padded plane whose rows are cut into phases: as large as windows reach. */
function padded(sizes: ConvolutionSizes): {
  readonly phaseWidth: number;
  readonly rowSize: number;
  readonly planeSize: number;
} {
  const { height, width, top, left, strideDown, strideAcross } = sizes;
  const tall = (sizes.outHeight - 1) * strideDown + (sizes.kernelHeight - 1) * sizes.dilationDown;
  const wide = (sizes.outWidth - 1) * strideAcross + (sizes.kernelWidth - 1) * sizes.dilationAcross;
  const phaseWidth = Math.ceil(Math.max(left + width, wide + 1) / strideAcross);
  const rowSize = strideAcross * phaseWidth;
  return { phaseWidth, rowSize, planeSize: Math.max(top + height, tall + 1) * rowSize };
}

/** Where a padded column stands in its row. */
function placeOf(column: number, { strideAcross }: ConvolutionSizes, phaseWidth: number): number {
  return (column % strideAcross) * phaseWidth + Math.floor(column / strideAcross);
}

function writePadded(
  sizes: ConvolutionSizes,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { inChannels, height, width, top, left } = sizes;
  const { phaseWidth, rowSize, planeSize } = padded(sizes);
  out.fill(0, 0, inChannels * planeSize);
  const places = Int32Array.from({ length: width }, (_, column) =>
    placeOf(column + left, sizes, phaseWidth),
  );
  let from = 0;
  for (let source = 0; source < inChannels; source++) {
    for (let row = 0; row < height; row++) {
      const to = source * planeSize + (row + top) * rowSize;
      for (let column = 0; column < width; column++) out[to + places[column]] = values[from++];
    }
  }
}
