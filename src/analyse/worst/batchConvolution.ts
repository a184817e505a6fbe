import type { ConvolutionTerm } from "../../network/layer/term";
import type { Gemm } from "../../numeric/gemm";
import type { Kernels } from "../../numeric/kernels";
import type { Matrix } from "../../numeric/matrix";

/*
 * Convolutions of many images at once. In the kernels' memory images are turned: pixel after pixel,
 * for each that of all images side by side. A pixel that comes out is then a sum of rows, one for
 * each tap. Taps beyond the edge are left out of the list, which all channels of a pixel share.
 */

/** Where the taps of a pixel read, and which of a channel's weights they have. */
interface TapList {
  readonly sources: readonly number[];
  readonly taps: readonly number[];
}

/** Weights as sums over lists of taps have them. */
interface Listed {
  readonly groups: number;
  /** Channels and pixels of what comes out, in each group. */
  readonly channels: number;
  readonly pixels: number;
  /** Channel after channel, all with the same number of taps. */
  readonly weights: Float64Array;
  readonly listOf: (group: number, pixel: number) => TapList;
}

/** out += the convolution of each row of x. */
export function addConvolutions(
  { sizes, weights }: ConvolutionTerm,
  { kernels }: Gemm,
  x: Matrix,
  out: Matrix,
): void {
  const { groups, outChannels, outHeight, outWidth } = sizes;
  const listed = {
    groups,
    channels: outChannels / groups,
    pixels: outHeight * outWidth,
    weights,
    listOf: (group: number, pixel: number) => tapsInto(sizes, group, pixel),
  };
  addListed(listed, kernels, x, out);
}

/** out += what each row, a form on what comes out, is on what goes in. */
export function addConvolutionsBack(
  { sizes, weights }: ConvolutionTerm,
  { kernels }: Gemm,
  forms: Matrix,
  out: Matrix,
): void {
  const { groups, inChannels, height, width } = sizes;
  const listed = {
    groups,
    channels: inChannels / groups,
    pixels: height * width,
    weights: readersOf(sizes, weights),
    listOf: (group: number, pixel: number) => tapsOutOf(sizes, group, pixel),
  };
  addListed(listed, kernels, forms, out);
}

/** Input channel after input channel, for each the weights of all channels that read it. */
function readersOf(sizes: ConvolutionTerm["sizes"], weights: Readonly<Float64Array>): Float64Array {
  const area = sizes.kernelHeight * sizes.kernelWidth;
  const [own, readers] = [sizes.inChannels / sizes.groups, sizes.outChannels / sizes.groups];
  const out = new Float64Array(weights.length);
  for (let channel = 0; channel < sizes.inChannels; channel++) {
    const group = Math.floor(channel / own);
    for (let reader = 0; reader < readers; reader++) {
      const from = ((group * readers + reader) * own + (channel % own)) * area;
      out.set(weights.subarray(from, from + area), (channel * readers + reader) * area);
    }
  }
  return out;
}

function addListed(listed: Listed, kernels: Kernels, x: Matrix, out: Matrix): void {
  const { groups, channels, pixels, weights, listOf } = listed;
  const count = x.rows;
  const taps = weights.length / (groups * channels);
  const lot = kernels.arena.layOut((make) => ({
    x: make.values(x.columns * count),
    out: make.values(out.columns * count),
    weights: make.values(weights.length),
    own: make.values(taps),
    list: make.integers(taps),
  }));
  const { blocks } = lot;
  turn(x.data, count, x.columns, blocks.x.view);
  turn(out.data, count, out.columns, blocks.out.view);
  blocks.weights.view.set(weights);
  for (let group = 0; group < groups; group++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const list = listOf(group, pixel);
      const isWhole = list.taps.length === taps;
      blocks.list.view.set(list.sources);
      for (let channel = group * channels; channel < (group + 1) * channels; channel++) {
        const first = channel * taps;
        if (!isWhole) list.taps.forEach((tap, k) => (blocks.own.view[k] = weights[first + tap]));
        const at = isWhole ? blocks.weights.at + first : blocks.own.at;
        const to = blocks.out.at + (channel * pixels + pixel) * count;
        kernels.matrix.addRows({
          matrix: blocks.x.at,
          stride: count,
          list: blocks.list.at,
          weights: at,
          count: list.taps.length,
          size: count,
          out: to,
        });
      }
    }
  }
  turn(blocks.out.view, out.columns, count, out.data);
  lot.release();
}

/** Writes a matrix of so many rows and columns with the one for the other. */
function turn(
  values: Readonly<Float64Array>,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out[column * rows + row] = values[row * columns + column];
    }
  }
}

/** What the output pixel at a place reads, channels of its group in order. */
function tapsInto(sizes: ConvolutionTerm["sizes"], group: number, place: number): TapList {
  const { height, width, kernelHeight, kernelWidth, outWidth } = sizes;
  const channels = sizes.inChannels / sizes.groups;
  const top = Math.floor(place / outWidth) * sizes.strideDown - sizes.top;
  const left = (place % outWidth) * sizes.strideAcross - sizes.left;
  const sources: number[] = [];
  const taps: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = top + ky * sizes.dilationDown;
      if (y < 0 || y >= height) continue;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = left + kx * sizes.dilationAcross;
        if (x < 0 || x >= width) continue;
        sources.push(((group * channels + channel) * height + y) * width + x);
        taps.push((channel * kernelHeight + ky) * kernelWidth + kx);
      }
    }
  }
  return { sources, taps };
}

/** What reads the input pixel at a place, output channels of its group in order. */
function tapsOutOf(sizes: ConvolutionTerm["sizes"], group: number, place: number): TapList {
  const { width, kernelHeight, kernelWidth, outHeight, outWidth } = sizes;
  const channels = sizes.outChannels / sizes.groups;
  const down = Math.floor(place / width) + sizes.top;
  const across = (place % width) + sizes.left;
  const sources: number[] = [];
  const taps: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = (down - ky * sizes.dilationDown) / sizes.strideDown;
      if (!Number.isInteger(y) || y < 0 || y >= outHeight) continue;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = (across - kx * sizes.dilationAcross) / sizes.strideAcross;
        if (!Number.isInteger(x) || x < 0 || x >= outWidth) continue;
        sources.push(((group * channels + channel) * outHeight + y) * outWidth + x);
        taps.push((channel * kernelHeight + ky) * kernelWidth + kx);
      }
    }
  }
  return { sources, taps };
}
