import { assertNever } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import { createFlows } from "../network/flows";
import type { Conv2dLayer, Layer, Network } from "../network/network";
import { convolutionSizes } from "../network/shape";
import type { LinearForm, PatternPasses, SparseVector } from "./patternPasses";

/** A form on the values of one place in the network, of which few coefficients are not zero. */
interface SparseForm {
  readonly values: Float64Array;
  /** 1 where a place is listed in `touched`. */
  readonly isTouched: Uint8Array;
  readonly touched: Int32Array;
  count: number;
}

/**
 * Carries linear forms back to the input as `pullBack` does, but walks through their non-zero
 * coefficients only: a neuron of a convolution costs its receptive field, whatever the size of the
 * image.
 *
 * The functions' results stand in buffers that the next call of either writes anew.
 */
export function createSparsePullBack(
  network: Network,
): Required<Pick<PatternPasses, "pullBack" | "pullBackSparse">> {
  const forms = createFlows(network).map(({ length }): SparseForm => ({
    values: new Float64Array(length),
    isTouched: new Uint8Array(length),
    touched: new Int32Array(length),
    count: 0,
  }));
  const carry = (
    pattern: ActivationPattern,
    layerCount: number,
    { places, factors }: LinearForm,
  ): SparseForm => {
    clear(forms[0]);
    places.forEach((place, index) => add(forms[layerCount], place, factors[index]));
    for (let index = layerCount - 1; index >= 0; index--) {
      clear(forms[index]);
      pullBackLayer(network.layers[index], pattern.switches[index], forms[index + 1], forms[index]);
      clear(forms[index + 1]);
    }
    return forms[0];
  };
  const entries: SparseVector = {
    columns: new Int32Array(network.inputSize),
    values: new Float64Array(network.inputSize),
    count: 0,
  };
  return {
    pullBack: (pattern, layerCount, form) => carry(pattern, layerCount, form).values,
    pullBackSparse(pattern, layerCount, form) {
      const { touched, values, count } = carry(pattern, layerCount, form);
      entries.count = 0;
      for (let index = 0; index < count; index++) {
        const value = values[touched[index]];
        if (value === 0) continue;
        entries.columns[entries.count] = touched[index];
        entries.values[entries.count++] = value;
      }
      return entries;
    },
  };
}

function add(form: SparseForm, place: number, value: number): void {
  if (form.isTouched[place] === 0) {
    form.isTouched[place] = 1;
    form.touched[form.count++] = place;
  }
  form.values[place] += value;
}

function clear(form: SparseForm): void {
  for (let index = 0; index < form.count; index++) {
    form.values[form.touched[index]] = 0;
    form.isTouched[form.touched[index]] = 0;
  }
  form.count = 0;
}

function pullBackLayer(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  { touched, values, count }: SparseForm,
  out: SparseForm,
): void {
  switch (layer.kind) {
    case "dense": {
      const { data, columns } = layer.weights;
      for (let column = 0; column < columns; column++) add(out, column, 0);
      for (let index = 0; index < count; index++) {
        const start = touched[index] * columns;
        const factor = values[touched[index]];
        for (let column = 0; column < columns; column++) {
          out.values[column] += factor * data[start + column];
        }
      }
      break;
    }
    case "conv2d":
      for (let index = 0; index < count; index++) {
        addReceptiveField(layer, touched[index], values[touched[index]], out);
      }
      break;
    case "normalise":
      for (let index = 0; index < count; index++) {
        add(out, touched[index], values[touched[index]] / layer.deviation);
      }
      break;
    case "relu":
      for (let index = 0; index < count; index++) {
        if (switches?.[touched[index]] === 1) add(out, touched[index], values[touched[index]]);
      }
      break;
    case "maxPool2d":
      for (let index = 0; index < count; index++) {
        if (switches !== undefined) add(out, switches[touched[index]], values[touched[index]]);
      }
      break;
    default:
      assertNever(layer);
  }
}

/** out += factor · (the weights that one neuron of a convolution gives to its inputs). */
function addReceptiveField(
  layer: Conv2dLayer,
  neuron: number,
  factor: number,
  out: SparseForm,
): void {
  if (factor === 0) return;
  const { inChannels, height, width, kernel, stride, padding, weights } = layer;
  const { outHeight, outWidth } = convolutionSizes(layer);
  const channel = Math.floor(neuron / (outHeight * outWidth));
  const place = neuron % (outHeight * outWidth);
  const top = Math.floor(place / outWidth) * stride - padding;
  const left = (place % outWidth) * stride - padding;
  for (let source = 0; source < inChannels; source++) {
    const taps = (channel * inChannels + source) * kernel * kernel;
    for (let ky = Math.max(0, -top); ky < kernel && top + ky < height; ky++) {
      const row = (source * height + top + ky) * width + left;
      for (let kx = Math.max(0, -left); kx < kernel && left + kx < width; kx++) {
        add(out, row + kx, factor * weights[taps + ky * kernel + kx]);
      }
    }
  }
}
