import type { ConvolutionTerm } from "../network/layer/term";
import type { Counted } from "./counted";

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
  const taps = kernelHeight * kernelWidth;
  // One loop, and no property of an object within it: it runs some million times a certificate.
  const values = new Float64Array(inChannels * height * width);
  const counts = new Float64Array(inChannels * height * width);
  for (let neuron = 0; neuron < form.values.length; neuron++) {
    const count = form.counts[neuron];
    if (count === 0) continue;
    const value = form.values[neuron];
    const channel = Math.floor(neuron / planeSize);
    const line = Math.floor((neuron - channel * planeSize) / outWidth);
    const firstSource = Math.floor(channel / perGroup) * sources;
    const top = line * sizes.strideDown - sizes.top;
    const left = (neuron - channel * planeSize - line * outWidth) * sizes.strideAcross - sizes.left;
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = top + ky * sizes.dilationDown;
      if (y < 0 || y >= height) continue;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = left + kx * sizes.dilationAcross;
        if (x < 0 || x >= width) continue;
        const from = (channel * taps + ky * kernelWidth + kx) * sources;
        const to = (y * width + x) * inChannels + firstSource;
        for (let source = 0; source < sources; source++) {
          const weight = weights[from + source];
          values[to + source] += value * weight;
          counts[to + source] += count * Math.abs(weight);
        }
      }
    }
  }
  const pixels = height * width;
  for (let source = 0; source < inChannels; source++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      out.values[source * pixels + pixel] += values[pixel * inChannels + source];
      out.counts[source * pixels + pixel] += counts[pixel * inChannels + source];
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
