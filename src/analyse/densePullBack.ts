import { InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import type { DenseLayer, Network } from "../network/network";
import type { DenseColumns } from "./denseColumns";
import type { LinearForm } from "./linearForm";
import type { PatternPullBack } from "./patch/patchPullBack";

/** A form on the values after so many layers; on the outputs where that is not said. */
export interface DeepForm extends Pick<LinearForm, "places" | "factors"> {
  readonly layerCount?: number;
}

/**
 * Carries forms on values behind the dense layers of a network, whose first layers are local, back
 * to the input: through dense layers as vectors, through local ones as whole pictures. The result
 * stands pixel after pixel, the channels of a pixel beside each other.
 */
export class DensePullBack {
  constructor(
    private readonly network: Network,
    private readonly columns: DenseColumns | undefined,
  ) {}

  /** out = times · form, along the pattern of a pass through the local layers. */
  write(pass: PatternPullBack, form: DeepForm, times: number, out: Float64Array): void {
    out.fill(0);
    this.add(pass, form, times, out);
  }

  /** out += times · form. */
  add(pass: PatternPullBack, form: DeepForm, times: number, out: Float64Array): void {
    const { layers } = this.network;
    const { local, pattern } = pass;
    let gradient = spread(form);
    for (
      let index = (form.layerCount ?? layers.length) - 1;
      index >= local.layers.length;
      index--
    ) {
      const layer = layers[index];
      if (layer.kind === "dense") gradient = this.throughDense(index, layer, pattern, gradient);
      else if (layer.kind === "relu") silence(pattern.switches[index], gradient);
      else throw new InvariantError(`a ${layer.kind} layer behind a dense one`);
    }
    const patch = pass.pullBackWhole(gradient);
    const { channels, height, width } = local.values[0];
    const values = pass.valuesOf(patch);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const line = row - patch.top;
        const place = column - patch.left;
        // Nothing depends on what lies outside the patch.
        if (line < 0 || line >= patch.rows || place < 0 || place >= patch.columns) continue;
        const from = (line * patch.columns + place) * channels;
        const to = (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          out[to + channel] += times * values[from + channel];
        }
      }
    }
  }

  private throughDense(
    index: number,
    layer: DenseLayer,
    pattern: ActivationPattern,
    gradient: Readonly<Float64Array>,
  ): Float64Array {
    const places = Int32Array.from(gradient.keys()).filter((place) => gradient[place] !== 0);
    const known = this.columns?.carry(index, pattern, places, gradient, places.length);
    if (known === undefined) return multiplyTransposed(layer, gradient);
    const out = new Float64Array(layer.weights.columns);
    known.places.forEach((place, entry) => (out[place] = known.values[entry]));
    return out;
  }
}

/** A form as a vector that is long enough for its places. */
function spread({ places, factors }: DeepForm): Float64Array {
  const values = new Float64Array(Math.max(0, ...places) + 1);
  places.forEach((place, index) => (values[place] = factors[index]));
  return values;
}

function multiplyTransposed(
  { weights }: DenseLayer,
  gradient: Readonly<Float64Array>,
): Float64Array {
  const { columns, data } = weights;
  const out = new Float64Array(columns);
  for (let row = 0; row < gradient.length; row++) {
    const factor = gradient[row];
    if (factor === 0) continue;
    const start = row * columns;
    for (let column = 0; column < columns; column++) out[column] += factor * data[start + column];
  }
  return out;
}

/** Sets to zero what a ReLU does not let through. */
function silence(switches: Uint8Array | Int32Array | undefined, gradient: Float64Array): void {
  for (let place = 0; place < gradient.length; place++) {
    if (switches?.[place] !== 1) gradient[place] = 0;
  }
}
