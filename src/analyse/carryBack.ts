import { assertNever } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import type { Conv2dLayer, Layer, Network } from "../network/network";
import { convolutionSizes } from "../network/shape";
import {
  addDouble,
  addProduct,
  addQuotient,
  addScaled,
  createDoubleVector,
  UNDERFLOW,
  type DoubleVector,
} from "../numeric/doubleDouble";

/*
 * A linear form on everything that flows through a network, with some factor at every place, as one
 * form on the input: Σ over places of factor · value = gradient · y + constant, along a fixed
 * pattern, for the network whose arithmetic is that of the real numbers. One pass backwards in
 * twice the precision, with the sums of the magnitudes of all that was added up beside it.
 */

/** Numbers in twice the precision, and the magnitudes that they are sums of. */
interface Magnified extends DoubleVector {
  readonly magnitude: Float64Array;
}

/** A form on the input, and how many roundings at most lie one behind another. */
export interface CarriedForm {
  readonly gradient: Magnified;
  /** One number. */
  readonly constant: Magnified;
  readonly depth: number;
}

/** Factors to be added at places of the values after so many layers. */
export interface Seed {
  readonly layerCount: number;
  readonly place: number;
  readonly factor: number;
  readonly times: number;
}

/** Carries Σ factor · times · (value at place) back to the input. */
export function carryBack(
  network: Network,
  pattern: ActivationPattern,
  sizes: readonly number[],
  seeds: readonly Seed[],
): CarriedForm {
  const constant = createMagnified(1);
  let gradient = createMagnified(sizes[network.layers.length]);
  let depth = plant(gradient, seeds, network.layers.length);
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const out = createMagnified(sizes[index]);
    const layer = network.layers[index];
    depth += carryThrough(layer, pattern.switches[index], gradient, out, constant);
    depth += plant(out, seeds, index);
    gradient = out;
  }
  return { gradient, constant, depth };
}

function createMagnified(size: number): Magnified {
  return { ...createDoubleVector(size), magnitude: new Float64Array(size) };
}

/** Adds the seeds of one place in the network; returns how many. */
function plant(form: Magnified, seeds: readonly Seed[], layerCount: number): number {
  let count = 0;
  for (const { layerCount: at, place, factor, times } of seeds) {
    if (at !== layerCount) continue;
    addProduct(form, place, factor, 0, times);
    form.magnitude[place] += Math.abs(factor * times) + UNDERFLOW;
    count++;
  }
  return count;
}

/** Carries a form through one layer; returns the most roundings that lie one behind another. */
function carryThrough(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  form: Magnified,
  out: Magnified,
  constant: Magnified,
): number {
  switch (layer.kind) {
    case "dense":
      return carryDense(layer.weights.data, layer.weights.columns, layer.bias, form, out, constant);
    case "conv2d":
      return carryConvolution(layer, form, out, constant);
    case "normalise":
      out.magnitude.forEach((_, place) => {
        addQuotient(out, place, form.high[place], form.low[place], layer.deviation);
        out.magnitude[place] += form.magnitude[place] / Math.abs(layer.deviation);
        if (form.magnitude[place] > 0) out.magnitude[place] += UNDERFLOW;
        addTo(constant, 0, out, place, -layer.mean);
      });
      return form.magnitude.length + 2;
    case "relu":
      out.magnitude.forEach((_, place) => {
        if (switches?.[place] === 1) move(form, place, out, place);
      });
      return 0;
    case "maxPool2d":
      form.magnitude.forEach((_, place) => {
        if (switches !== undefined) move(form, place, out, switches[place]);
      });
      return layer.window * layer.window;
    default:
      return assertNever(layer);
  }
}

function carryDense(
  weights: Readonly<Float64Array>,
  columns: number,
  bias: Readonly<Float64Array>,
  form: Magnified,
  out: Magnified,
  constant: Magnified,
): number {
  let count = 0;
  for (let row = 0; row < bias.length; row++) {
    const magnitude = form.magnitude[row];
    if (magnitude === 0) continue;
    count++;
    addTo(constant, 0, form, row, bias[row]);
    addScaled(out, weights, row * columns, columns, form.high[row], form.low[row]);
    for (let column = 0; column < columns; column++) {
      out.magnitude[column] += magnitude * Math.abs(weights[row * columns + column]);
    }
  }
  if (count > 0)
    for (let column = 0; column < columns; column++) out.magnitude[column] += UNDERFLOW;
  return count + 1;
}

function carryConvolution(
  layer: Conv2dLayer,
  form: Magnified,
  out: Magnified,
  constant: Magnified,
): number {
  const { inChannels, height, width, kernel, stride, padding, weights, bias } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const planeSize = outHeight * outWidth;
  let count = 0;
  for (let neuron = 0; neuron < form.magnitude.length; neuron++) {
    if (form.magnitude[neuron] === 0) continue;
    count++;
    const channel = Math.floor(neuron / planeSize);
    const top = Math.floor((neuron % planeSize) / outWidth) * stride - padding;
    const left = ((neuron % planeSize) % outWidth) * stride - padding;
    addTo(constant, 0, form, neuron, bias[channel]);
    for (let source = 0; source < inChannels; source++) {
      const taps = (channel * inChannels + source) * kernel * kernel;
      for (let ky = Math.max(0, -top); ky < kernel && top + ky < height; ky++) {
        const start = (source * height + top + ky) * width + left;
        for (let kx = Math.max(0, -left); kx < kernel && left + kx < width; kx++) {
          addTo(out, start + kx, form, neuron, weights[taps + ky * kernel + kx]);
        }
      }
    }
  }
  return count + 1;
}

/** out[to] += form[from] · factor. */
function addTo(out: Magnified, to: number, form: Magnified, from: number, factor: number): void {
  if (form.magnitude[from] === 0) return;
  addProduct(out, to, form.high[from], form.low[from], factor);
  out.magnitude[to] += form.magnitude[from] * Math.abs(factor) + UNDERFLOW;
}

/** out[to] += form[from]. */
function move(form: Magnified, from: number, out: Magnified, to: number): void {
  addDouble(out, to, form.high[from], form.low[from]);
  out.magnitude[to] += form.magnitude[from];
}
