import type { ConvolutionTerm } from "../network/layer/term";
import { createCounted, type Counted } from "./counted";

/**
 * Adds a form on a convolution's values to one on its input. Work is done for neurons that count.
 * Source channels stand side by side in weights and sums, so that the innermost loop is the
 * longest.
 */
export function carryConvolution(term: ConvolutionTerm, form: Counted, out: Counted): void {
  const { sizes } = term;
  const { height, width, kernelHeight, kernelWidth, inChannels, outWidth } = sizes;
  const planeSize = sizes.outHeight * outWidth;
  const sources = inChannels / sizes.groups;
  const perGroup = sizes.outChannels / sizes.groups;
  const weights = sourcesInnermost(term);
  const sums = createCounted(inChannels * height * width);
  for (let neuron = 0; neuron < form.values.length; neuron++) {
    const count = form.counts[neuron];
    if (count === 0) continue;
    const channel = Math.floor(neuron / planeSize);
    const firstSource = Math.floor(channel / perGroup) * sources;
    const top = Math.floor((neuron % planeSize) / outWidth) * sizes.strideDown - sizes.top;
    const left = ((neuron % planeSize) % outWidth) * sizes.strideAcross - sizes.left;
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = top + ky * sizes.dilationDown;
      if (y < 0 || y >= height) continue;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = left + kx * sizes.dilationAcross;
        if (x < 0 || x >= width) continue;
        const from = ((channel * kernelHeight + ky) * kernelWidth + kx) * sources;
        const to = (y * width + x) * inChannels + firstSource;
        addScaled(sums, to, weights, from, sources, form.values[neuron], count);
      }
    }
  }
  const pixels = height * width;
  for (let source = 0; source < inChannels; source++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      out.values[source * pixels + pixel] += sums.values[pixel * inChannels + source];
      out.counts[source * pixels + pixel] += sums.counts[pixel * inChannels + source];
    }
  }
}

/** Out channels × taps × source channels. */
function sourcesInnermost({ sizes, weights }: ConvolutionTerm): Float64Array {
  const taps = sizes.kernelHeight * sizes.kernelWidth;
  const sources = sizes.inChannels / sizes.groups;
  const turned = new Float64Array(weights.length);
  for (let channel = 0; channel < sizes.outChannels; channel++) {
    for (let source = 0; source < sources; source++) {
      const from = (channel * sources + source) * taps;
      for (let tap = 0; tap < taps; tap++) {
        turned[(channel * taps + tap) * sources + source] = weights[from + tap];
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
