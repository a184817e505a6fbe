import { assertNever } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import type { DenseLayer, Layer, Network } from "../network/network";
import { carryConvolution, createCounted, type Counted } from "./carryConvolution";

/*
 * A linear form on everything that flows through a network, with a weight at every place, carried
 * back to the input along a fixed pattern in one pass: Σ weight · value = gradient · y + constant.
 *
 * Beside each value stands a count: the sum of the magnitudes of all terms that it is a sum of,
 * each times the number of roundings that lie behind it. A value differs from the one of real
 * arithmetic by at most γ_1 times its count, up to the square of the unit roundoff (Higham's
 * running bound with the depth of every term known beforehand).
 */

/** Weights at places of the values after so many layers; a place may stand there several times. */
export interface PlacedWeights {
  readonly places: number[];
  readonly weights: number[];
}

/** A form on the input. */
export interface CarriedWeights {
  readonly gradient: Float64Array;
  /** Per input, the count of its coefficient. */
  readonly counts: Float64Array;
  /** The count of the constant, which is not computed itself. */
  readonly constantCount: number;
}

/**
 * Carries weights back to the input.
 *
 * @param sizes   the length of each flow, as of `createFlows`
 * @param planted  per flow, what is added there; undefined where nothing is
 */
export function carryWeights(
  network: Network,
  pattern: ActivationPattern,
  sizes: readonly number[],
  planted: readonly (PlacedWeights | undefined)[],
): CarriedWeights {
  const reached = reachedPlaces(network, pattern, sizes);
  const depths = roundingDepths(network, sizes, reached, planted);
  const last = network.layers.length;
  let form = createCounted(sizes[last]);
  plant(planted[last], depths[last], form);
  let constantCount = 0;
  for (let index = last - 1; index >= 0; index--) {
    const out = createCounted(sizes[index]);
    const layer = network.layers[index];
    constantCount += carryThrough(layer, pattern.switches[index], form, reached[index], out);
    plant(planted[index], depths[index], out);
    form = out;
  }
  return { gradient: form.values, counts: form.counts, constantCount };
}

function plant(added: PlacedWeights | undefined, depth: number, out: Counted): void {
  added?.places.forEach((place, index) => {
    const weight = added.weights[index];
    out.values[place] += weight;
    out.counts[place] += depth * Math.abs(weight);
  });
}

/**
 * The places of each flow whose value is not 0 along the pattern for want of an active neuron, or
 * undefined where that is all of them: no other place needs a coefficient.
 */
function reachedPlaces(
  { layers }: Network,
  { switches }: ActivationPattern,
  sizes: readonly number[],
): (Int32Array | undefined)[] {
  const reached: (Int32Array | undefined)[] = [undefined];
  layers.forEach(({ kind }, index) => {
    const before = reached[index];
    const flags = switches[index];
    if (flags === undefined) {
      reached.push(kind === "normalise" ? before : undefined);
      return;
    }
    const isReached = new Uint8Array(sizes[index]).fill(before === undefined ? 1 : 0);
    before?.forEach((place) => (isReached[place] = 1));
    const places = new Int32Array(sizes[index + 1]);
    let count = 0;
    for (let place = 0; place < places.length; place++) {
      const from = kind === "maxPool2d" ? flags[place] : place;
      if (isReached[from] === 1 && (kind === "maxPool2d" || flags[place] === 1)) {
        places[count++] = place;
      }
    }
    reached.push(places.subarray(0, count));
  });
  return reached;
}

/**
 * For each flow, how many roundings at most lie behind a term that is planted there: on its way
 * back to the input, and forwards in the value of its place.
 */
function roundingDepths(
  { layers }: Network,
  sizes: readonly number[],
  reached: readonly (Int32Array | undefined)[],
  planted: readonly (PlacedWeights | undefined)[],
): number[] {
  const depths: number[] = [];
  let before = 0;
  sizes.forEach((size, index) => {
    const here = before + mostAtOnePlace(planted[index], size) + 1;
    depths.push(here);
    if (index === layers.length) return;
    before = here + roundingsOf(layers[index], reached[index]?.length ?? size);
  });
  return depths;
}

function mostAtOnePlace(added: PlacedWeights | undefined, size: number): number {
  if (added === undefined) return 0;
  const times = new Int32Array(size);
  let most = 0;
  for (const place of added.places) most = Math.max(most, ++times[place]);
  return most;
}

/** Roundings of one value that goes through a layer backwards, and of one that comes out of it. */
function roundingsOf(layer: Layer, inputs: number): number {
  switch (layer.kind) {
    case "dense":
      return layer.weights.rows + inputs + 4;
    case "conv2d":
      return (layer.outChannels + layer.inChannels) * layer.kernel * layer.kernel + 4;
    case "normalise":
      return 4;
    case "maxPool2d":
      return layer.window * layer.window;
    case "relu":
      return 0;
    default:
      return assertNever(layer);
  }
}

/** Carries a form through one layer and returns what it adds to the count of the constant. */
function carryThrough(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  form: Counted,
  reached: Int32Array | undefined,
  out: Counted,
): number {
  switch (layer.kind) {
    case "dense":
      return carryDense(layer, form, reached, out);
    case "conv2d":
      return carryConvolution(layer, form, out);
    case "normalise": {
      let constant = 0;
      for (let place = 0; place < out.values.length; place++) {
        out.values[place] = form.values[place] / layer.deviation;
        out.counts[place] = form.counts[place] / Math.abs(layer.deviation);
        constant += out.counts[place] * Math.abs(layer.mean);
      }
      return constant;
    }
    case "relu":
      for (let place = 0; place < out.values.length; place++) {
        if (switches?.[place] === 1) add(form, place, out, place);
      }
      return 0;
    case "maxPool2d":
      for (let place = 0; place < form.values.length; place++) {
        if (switches !== undefined) add(form, place, out, switches[place]);
      }
      return 0;
    default:
      return assertNever(layer);
  }
}

function add(form: Counted, from: number, out: Counted, to: number): void {
  out.values[to] += form.values[from];
  out.counts[to] += form.counts[from];
}

function carryDense(
  { weights, bias }: DenseLayer,
  { values, counts }: Counted,
  reached: Int32Array | undefined,
  out: Counted,
): number {
  const { rows, columns, data } = weights;
  let constant = 0;
  const length = reached?.length ?? columns;
  for (let row = 0; row < rows; row++) {
    const count = counts[row];
    if (count === 0) continue;
    const value = values[row];
    constant += count * Math.abs(bias[row]);
    const start = row * columns;
    for (let index = 0; index < length; index++) {
      const column = reached === undefined ? index : reached[index];
      const weight = data[start + column];
      out.values[column] += value * weight;
      out.counts[column] += count * Math.abs(weight);
    }
  }
  return constant;
}
