import type { ActivationPattern } from "../../src/network/activationPattern";
import type { Layer, Network } from "../../src/network/network";
import { convolutionSizes } from "../../src/network/shape";
import { assertNever } from "../../src/errors";
import {
  add,
  addForms,
  divide,
  rational,
  ZERO,
  type Rational,
  type RationalForm,
} from "./rational";

/**
 * All values that flow through a network, as affine forms on its input, along a pattern: exactly,
 * forwards, in rational numbers. The slow obvious reference of everything that is pulled back.
 */
export function exactForms(network: Network, pattern: ActivationPattern): RationalForm[][] {
  const size = network.inputSize;
  const input = Array.from({ length: size }, (_, at) => ({
    weights: Array.from({ length: size }, (_value, j) => (j === at ? rational(1) : ZERO)),
    constant: ZERO,
  }));
  const flows: RationalForm[][] = [input];
  network.layers.forEach((layer, index) => {
    flows.push(through(layer, pattern.switches[index], flows[index], size));
  });
  return flows;
}

function constantForm(constant: Rational, size: number): RationalForm {
  return { weights: Array.from({ length: size }, () => ZERO), constant };
}

function through(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  forms: readonly RationalForm[],
  size: number,
): RationalForm[] {
  switch (layer.kind) {
    case "dense": {
      const { rows, columns, data } = layer.weights;
      return Array.from({ length: rows }, (_, row) =>
        forms.reduce(
          (sum, form, column) => addForms(sum, form, rational(data[row * columns + column])),
          constantForm(rational(layer.bias[row]), size),
        ),
      );
    }
    case "normalise": {
      const deviation = rational(layer.deviation);
      return forms.map(({ weights, constant }) => ({
        weights: weights.map((weight) => divide(weight, deviation)),
        constant: divide(add(constant, rational(-layer.mean)), deviation),
      }));
    }
    case "relu":
      return forms.map((form, place) =>
        switches?.[place] === 1 ? form : constantForm(ZERO, size),
      );
    case "maxPool2d":
      return Array.from(switches ?? [], (winner) => forms[winner]);
    case "conv2d":
      return convolutionForms(layer, forms, size);
    default:
      return assertNever(layer);
  }
}

function convolutionForms(
  layer: Extract<Layer, { kind: "conv2d" }>,
  forms: readonly RationalForm[],
  size: number,
): RationalForm[] {
  const { inChannels, outChannels, height, width, kernel, stride, padding } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const out: RationalForm[] = [];
  for (let channel = 0; channel < outChannels; channel++) {
    for (let top = -padding, r = 0; r < outHeight; r++, top += stride) {
      for (let left = -padding, c = 0; c < outWidth; c++, left += stride) {
        let sum = constantForm(rational(layer.bias[channel]), size);
        for (let source = 0; source < inChannels; source++) {
          for (let ky = 0; ky < kernel; ky++) {
            for (let kx = 0; kx < kernel; kx++) {
              const [y, x] = [top + ky, left + kx];
              if (y < 0 || y >= height || x < 0 || x >= width) continue;
              const tap = ((channel * inChannels + source) * kernel + ky) * kernel + kx;
              const from = forms[(source * height + y) * width + x];
              sum = addForms(sum, from, rational(layer.weights[tap]));
            }
          }
        }
        out.push(sum);
      }
    }
  }
  return out;
}
