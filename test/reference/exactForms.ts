import type { ActivationPattern } from "../../src/network/activationPattern";
import type { Layer, Network } from "../../src/network/network";
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
    const sources = (network.from?.[index] ?? [index]).map((value) => flows[value]);
    flows.push(through(layer, pattern.switches[index], sources, size));
  });
  return flows;
}

function constantForm(constant: Rational, size: number): RationalForm {
  return { weights: Array.from({ length: size }, () => ZERO), constant };
}

function through(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  sources: readonly (readonly RationalForm[])[],
  size: number,
): RationalForm[] {
  const [forms] = sources;
  const scaled = (form: RationalForm, factor: number): RationalForm =>
    addForms(constantForm(ZERO, size), form, rational(factor));
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
      const own = (numbers: number | readonly number[], place: number): number =>
        typeof numbers === "number"
          ? numbers
          : numbers[Math.floor((place * numbers.length) / forms.length)];
      return forms.map(({ weights, constant }, place) => {
        const deviation = rational(own(layer.deviation, place));
        return {
          weights: weights.map((weight) => divide(weight, deviation)),
          constant: divide(add(constant, rational(-own(layer.mean, place))), deviation),
        };
      });
    }
    case "relu":
      return forms.map((form, place) =>
        switches?.[place] === 1 ? form : constantForm(ZERO, size),
      );
    case "maxPool2d":
      return Array.from(switches ?? [], (winner) => forms[winner]);
    case "conv2d":
      return convolutionForms(layer, forms, size);
    case "leakyRelu":
      return forms.map((form, at) => (switches?.[at] === 1 ? form : scaled(form, layer.slope)));
    case "prelu":
      return forms.map((form, at) =>
        switches?.[at] === 1 ? form : scaled(form, layer.slopes[Math.floor(at / layer.pixels)]),
      );
    case "clip":
      return forms.map((form, at) => {
        if (switches?.[at] === 1) return form;
        return constantForm(rational(switches?.[at] === 0 ? layer.lower : layer.upper), size);
      });
    case "averagePool2d":
      return averageForms(layer, forms, size);
    case "scale":
      return forms.map((form, at) => {
        const channel = Math.floor(at / layer.pixels);
        const shift = constantForm(rational(layer.bias[channel]), size);
        return addForms(shift, form, rational(layer.weights[channel]));
      });
    case "add":
      return forms.map((_, at) =>
        sources.reduce(
          (sum, each) => addForms(sum, each[at], rational(1)),
          constantForm(ZERO, size),
        ),
      );
    case "concat":
      return sources.flat();
    case "pick":
      return layer.indices.map((from) => (from === -1 ? constantForm(ZERO, size) : forms[from]));
    default:
      return assertNever(layer);
  }
}

function convolutionForms(
  layer: Extract<Layer, { kind: "conv2d" }>,
  forms: readonly RationalForm[],
  size: number,
): RationalForm[] {
  const { inChannels, outChannels, height, width, groups = 1 } = layer;
  const [tall, wide] = both(layer.kernel);
  const [down, across] = both(layer.stride);
  const [apartDown, apartAcross] = both(layer.dilation ?? 1);
  const padding = layer.padding;
  const [top, left, bottom, right] =
    typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const ins = inChannels / groups;
  const out: RationalForm[] = [];
  for (let channel = 0; channel < outChannels; channel++) {
    const group = Math.floor((channel * groups) / outChannels);
    for (let y0 = -top; y0 + (tall - 1) * apartDown < height + bottom; y0 += down) {
      for (let x0 = -left; x0 + (wide - 1) * apartAcross < width + right; x0 += across) {
        let sum = constantForm(rational(layer.bias[channel]), size);
        for (let source = 0; source < ins; source++) {
          for (let ky = 0; ky < tall; ky++) {
            for (let kx = 0; kx < wide; kx++) {
              const [y, x] = [y0 + ky * apartDown, x0 + kx * apartAcross];
              if (y < 0 || y >= height || x < 0 || x >= width) continue;
              const tap = ((channel * ins + source) * tall + ky) * wide + kx;
              const from = forms[((group * ins + source) * height + y) * width + x];
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

/** Means as convolutions of each channel by itself. */
function averageForms(
  layer: Extract<Layer, { kind: "averagePool2d" }>,
  forms: readonly RationalForm[],
  size: number,
): RationalForm[] {
  const { channels, height, width, window, stride = window, padding = 0 } = layer;
  const [tall, wide] = both(window);
  const weights = new Float64Array(channels * tall * wide).fill(1 / (tall * wide));
  const sizes = { inChannels: channels, outChannels: channels, height, width, groups: channels };
  const bias = new Float64Array(channels);
  const convolution = { kernel: window, stride, padding, weights, bias } as const;
  return convolutionForms({ kind: "conv2d", ...sizes, ...convolution }, forms, size);
}

function both(extent: number | readonly [number, number]): readonly [number, number] {
  return typeof extent === "number" ? [extent, extent] : extent;
}
