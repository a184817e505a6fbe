import type { Conv2dLayer } from "../network/network";
import { convolutionSizes } from "../network/shape";

/** Coefficients at the places of one flow, and the count of each (see `carryWeights`). */
export interface Counted {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

export function createCounted(size: number): Counted {
  return { values: new Float64Array(size), counts: new Float64Array(size) };
}

/**
 * Carries a form through a convolution, `out` being zeros before, and returns what it adds to the
 * count of the constant. Work is done for neurons that count. Source channels stand side by side in
 * weights and sums, so that the innermost loop is the longest.
 */
export function carryConvolution(layer: Conv2dLayer, form: Counted, out: Counted): number {
  const { inChannels, height, width, kernel, stride, padding, bias } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const planeSize = outHeight * outWidth;
  const weights = sourcesInnermost(layer);
  const sums = createCounted(out.values.length);
  let constant = 0;
  for (let neuron = 0; neuron < form.values.length; neuron++) {
    const count = form.counts[neuron];
    if (count === 0) continue;
    const channel = Math.floor(neuron / planeSize);
    const top = Math.floor((neuron % planeSize) / outWidth) * stride - padding;
    const left = ((neuron % planeSize) % outWidth) * stride - padding;
    constant += count * Math.abs(bias[channel]);
    const [firstX, endX] = [Math.max(0, -left), Math.min(kernel, width - left)];
    for (let ky = Math.max(0, -top); ky < kernel && top + ky < height; ky++) {
      for (let kx = firstX; kx < endX; kx++) {
        const from = ((channel * kernel + ky) * kernel + kx) * inChannels;
        const to = ((top + ky) * width + left + kx) * inChannels;
        addScaled(sums, to, weights, from, inChannels, form.values[neuron], count);
      }
    }
  }
  for (let source = 0; source < inChannels; source++) {
    for (let pixel = 0; pixel < height * width; pixel++) {
      out.values[source * height * width + pixel] = sums.values[pixel * inChannels + source];
      out.counts[source * height * width + pixel] = sums.counts[pixel * inChannels + source];
    }
  }
  return constant;
}

/** outChannels × kernel × kernel × inChannels. */
function sourcesInnermost({ inChannels, outChannels, kernel, weights }: Conv2dLayer): Float64Array {
  const taps = kernel * kernel;
  const turned = new Float64Array(weights.length);
  for (let channel = 0; channel < outChannels; channel++) {
    for (let source = 0; source < inChannels; source++) {
      const from = (channel * inChannels + source) * taps;
      for (let tap = 0; tap < taps; tap++) {
        turned[(channel * taps + tap) * inChannels + source] = weights[from + tap];
      }
    }
  }
  return turned;
}

function addScaled(
  { values, counts }: Counted,
  to: number,
  weights: Readonly<Float64Array>,
  from: number,
  length: number,
  value: number,
  count: number,
): void {
  for (let index = 0; index < length; index++) {
    const weight = weights[from + index];
    values[to + index] += value * weight;
    counts[to + index] += count * Math.abs(weight);
  }
}
