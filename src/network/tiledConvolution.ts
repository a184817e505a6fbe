import type { Block, BlockMaker } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import type { ConvolutionSizes } from "../numeric/layerKernels";
import { convolutionSizes, type SquareConvolution } from "./layer/conv2d";

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
  readonly layer: SquareConvolution;
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
}

/** Asks for a layer's place; `fillConvolution` fills it once it is laid out. */
export function placeConvolution(layer: SquareConvolution, make: BlockMaker): TiledConvolution {
  const groups = Math.ceil(layer.outChannels / GROUP);
  const taps = tapCount(layer);
  return {
    layer,
    sizes: convolutionSizes(layer),
    groups,
    weights: make.values(groups * taps * GROUP),
    bias: make.values(groups * GROUP),
    shifts: make.integers(taps),
  };
}

/** How many values of scratch a layer needs. */
export function scratchLengths(layer: SquareConvolution): { input: number; output: number } {
  const { outHeight, outWidth, outChannels } = convolutionSizes(layer);
  return {
    input: layer.inChannels * padded(layer).planeSize,
    output: Math.ceil(outChannels / GROUP) * GROUP * outHeight * outWidth,
  };
}

/** Writes a layer's weights, biases and shifts. */
export function fillConvolution({ layer, weights, bias, shifts }: TiledConvolution): void {
  const { inChannels, outChannels, kernel, stride } = layer;
  const { phaseWidth, rowSize, planeSize } = padded(layer);
  const taps = tapCount(layer);
  weights.view.fill(0);
  for (let channel = 0; channel < outChannels; channel++) {
    const first = (channel - (channel % GROUP)) * taps + (channel % GROUP);
    for (let tap = 0; tap < taps; tap++) {
      weights.view[first + GROUP * tap] = layer.weights[channel * taps + tap];
    }
  }
  bias.view.fill(0);
  bias.view.set(layer.bias);
  let tap = 0;
  for (let source = 0; source < inChannels; source++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++) {
        const column = (kx % stride) * phaseWidth + Math.floor(kx / stride);
        shifts.view[tap++] = source * planeSize + ky * rowSize + column;
      }
    }
  }
}

/** Runs a layer: `values` in, `out` written. */
export function applyConvolution(
  { layer, sizes, groups, weights, bias, shifts }: TiledConvolution,
  kernels: Kernels,
  { input, output }: ConvolutionScratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { outHeight, outWidth } = sizes;
  const { rowSize } = padded(layer);
  writePadded(layer, values, input.view);
  kernels.convolve(
    input.at,
    shifts.at,
    tapCount(layer),
    weights.at,
    bias.at,
    groups,
    layer.stride * rowSize,
    outHeight,
    outWidth,
    output.at,
  );
  out.set(output.view.subarray(0, out.length));
}

function tapCount({ inChannels, kernel }: SquareConvolution): number {
  return inChannels * kernel * kernel;
}

/** The form of a padded plane whose rows are cut into phases. */
function padded({ height, width, padding, stride }: SquareConvolution): {
  readonly phaseWidth: number;
  readonly rowSize: number;
  readonly planeSize: number;
} {
  const phaseWidth = Math.ceil((width + 2 * padding) / stride);
  const rowSize = stride * phaseWidth;
  return { phaseWidth, rowSize, planeSize: (height + 2 * padding) * rowSize };
}

function writePadded(
  layer: SquareConvolution,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { inChannels, height, width, padding, stride } = layer;
  const { phaseWidth, rowSize, planeSize } = padded(layer);
  out.fill(0, 0, inChannels * planeSize);
  const places = Int32Array.from({ length: width }, (_, column) => {
    const at = column + padding;
    return (at % stride) * phaseWidth + Math.floor(at / stride);
  });
  let from = 0;
  for (let source = 0; source < inChannels; source++) {
    for (let row = 0; row < height; row++) {
      const to = source * planeSize + (row + padding) * rowSize;
      for (let column = 0; column < width; column++) out[to + places[column]] = values[from++];
    }
  }
}
