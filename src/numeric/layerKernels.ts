/** Inner loops of network layers: flat arrays, sizes passed in, nothing allocated, output last. */

/** out = weights · x + bias; weights are rows × columns, row-major. */
export function affine(
  weights: Readonly<Float64Array>,
  bias: Readonly<Float64Array>,
  rows: number,
  columns: number,
  x: Readonly<Float64Array>,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    out[row] = rowProduct(weights, row * columns, columns, x) + bias[row];
  }
}

/** out += weights · x; weights are rows × columns, row-major. */
export function addProduct(
  weights: Readonly<Float64Array>,
  rows: number,
  columns: number,
  x: Readonly<Float64Array>,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    out[row] += rowProduct(weights, row * columns, columns, x);
  }
}

/**
 * Four partial sums in a fixed order: the same bits on every machine, and no chain of additions.
 */
function rowProduct(
  weights: Readonly<Float64Array>,
  start: number,
  columns: number,
  x: Readonly<Float64Array>,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let column = 0;
  for (; column + 3 < columns; column += 4) {
    s0 += weights[start + column] * x[column];
    s1 += weights[start + column + 1] * x[column + 1];
    s2 += weights[start + column + 2] * x[column + 2];
    s3 += weights[start + column + 3] * x[column + 3];
  }
  for (; column < columns; column++) s0 += weights[start + column] * x[column];
  return s0 + s1 + (s2 + s3);
}

/**
 * out += gradientᵀ · weights over the non-zero gradients; weights are rows × columns, row-major.
 */
export function addTransposedProduct(
  weights: Readonly<Float64Array>,
  rows: number,
  columns: number,
  gradient: Readonly<Float64Array>,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const factor = gradient[row];
    if (factor === 0) continue;
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      out[column] += factor * weights[start + column];
    }
  }
}

/**
 * The sizes of a convolution over images, channels first. With `groups` > 1 the channels fall into
 * as many groups, each of which is a convolution by itself.
 */
export interface ConvolutionSizes {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideDown: number;
  readonly strideAcross: number;
  /** How many rows and columns of zeros stand above and left of the image. */
  readonly top: number;
  readonly left: number;
  /** How far neighbouring taps lie apart. */
  readonly dilationDown: number;
  readonly dilationAcross: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/**
 * out = cross-correlation of x with weights, plus one bias per out channel; zeros outside the
 * image.
 */
export function convolve(
  sizes: ConvolutionSizes,
  weights: Readonly<Float64Array>,
  bias: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const planeSize = sizes.outHeight * sizes.outWidth;
  for (let channel = 0; channel < sizes.outChannels; channel++) {
    out.fill(bias[channel], channel * planeSize, (channel + 1) * planeSize);
  }
  addConvolution(sizes, weights, x, out);
}

/** out += cross-correlation of x with weights. */
export function addConvolution(
  sizes: ConvolutionSizes,
  weights: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { height, width, kernelHeight, kernelWidth, strideDown, strideAcross } = sizes;
  const { top, left, dilationDown, dilationAcross, outHeight, outWidth } = sizes;
  const sources = sizes.inChannels / sizes.groups;
  const perGroup = sizes.outChannels / sizes.groups;
  for (let channel = 0; channel < sizes.outChannels; channel++) {
    const plane = channel * outHeight * outWidth;
    const firstSource = Math.floor(channel / perGroup) * sources;
    for (let source = 0; source < sources; source++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          const tap = ((channel * sources + source) * kernelHeight + ky) * kernelWidth + kx;
          const weight = weights[tap];
          if (weight === 0) continue;
          const shift = left - kx * dilationAcross;
          const first = Math.max(0, Math.ceil(shift / strideAcross));
          const last = Math.min(outWidth - 1, Math.floor((width - 1 + shift) / strideAcross));
          for (let row = 0; row < outHeight; row++) {
            const y = row * strideDown + ky * dilationDown - top;
            if (y < 0 || y >= height) continue;
            const from = ((firstSource + source) * height + y) * width - shift;
            const to = plane + row * outWidth;
            for (let column = first; column <= last; column++) {
              out[to + column] += weight * x[from + column * strideAcross];
            }
          }
        }
      }
    }
  }
}

/** out += the transposed convolution of the non-zero gradients: what each input pixel gets back. */
export function addTransposedConvolution(
  sizes: ConvolutionSizes,
  weights: Readonly<Float64Array>,
  gradient: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { height, width, kernelHeight, kernelWidth, outHeight, outWidth } = sizes;
  const { top, left, dilationDown, dilationAcross, strideDown, strideAcross } = sizes;
  const sources = sizes.inChannels / sizes.groups;
  const perGroup = sizes.outChannels / sizes.groups;
  for (let channel = 0; channel < sizes.outChannels; channel++) {
    const firstSource = Math.floor(channel / perGroup) * sources;
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const factor = gradient[(channel * outHeight + row) * outWidth + column];
        if (factor === 0) continue;
        for (let source = 0; source < sources; source++) {
          const taps = (channel * sources + source) * kernelHeight * kernelWidth;
          for (let ky = 0; ky < kernelHeight; ky++) {
            const y = row * strideDown + ky * dilationDown - top;
            if (y < 0 || y >= height) continue;
            const start = ((firstSource + source) * height + y) * width;
            for (let kx = 0; kx < kernelWidth; kx++) {
              const x = column * strideAcross + kx * dilationAcross - left;
              if (x < 0 || x >= width) continue;
              out[start + x] += factor * weights[taps + ky * kernelWidth + kx];
            }
          }
        }
      }
    }
  }
}
