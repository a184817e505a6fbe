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
    const start = row * columns;
    // Four partial sums in a fixed order: the same bits on every machine, and no chain of
    // additions.
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
    out[row] = s0 + s1 + (s2 + s3) + bias[row];
  }
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

/** The sizes of a convolution of square kernels over images, channels first. */
export interface ConvolutionSizes {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly height: number;
  readonly width: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
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
  const { inChannels, outChannels, height, width, kernel, stride, padding } = sizes;
  const { outHeight, outWidth } = sizes;
  for (let channel = 0; channel < outChannels; channel++) {
    const plane = channel * outHeight * outWidth;
    out.fill(bias[channel], plane, plane + outHeight * outWidth);
    for (let source = 0; source < inChannels; source++) {
      for (let ky = 0; ky < kernel; ky++) {
        for (let kx = 0; kx < kernel; kx++) {
          const weight = weights[((channel * inChannels + source) * kernel + ky) * kernel + kx];
          if (weight === 0) continue;
          for (let row = 0; row < outHeight; row++) {
            const y = row * stride + ky - padding;
            if (y < 0 || y >= height) continue;
            const from = (source * height + y) * width + kx - padding;
            const to = plane + row * outWidth;
            const first = Math.max(0, Math.ceil((padding - kx) / stride));
            const last = Math.min(outWidth - 1, Math.floor((width - 1 + padding - kx) / stride));
            for (let column = first; column <= last; column++) {
              out[to + column] += weight * x[from + column * stride];
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
  const { inChannels, outChannels, height, width, kernel, stride, padding } = sizes;
  const { outHeight, outWidth } = sizes;
  for (let channel = 0; channel < outChannels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const factor = gradient[(channel * outHeight + row) * outWidth + column];
        if (factor === 0) continue;
        for (let source = 0; source < inChannels; source++) {
          const taps = (channel * inChannels + source) * kernel * kernel;
          for (let ky = 0; ky < kernel; ky++) {
            const y = row * stride + ky - padding;
            if (y < 0 || y >= height) continue;
            for (let kx = 0; kx < kernel; kx++) {
              const x = column * stride + kx - padding;
              if (x < 0 || x >= width) continue;
              out[(source * height + y) * width + x] += factor * weights[taps + ky * kernel + kx];
            }
          }
        }
      }
    }
  }
}
