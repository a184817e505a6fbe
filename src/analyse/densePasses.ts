import { InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import { createKernelEvaluator } from "../network/evaluateInKernels";
import { createFlows, type Flows } from "../network/flows";
import { ofValue, type PerChannel } from "../network/layer/perChannel";
import { numberAt, spread } from "../network/layer/perInput";
import type { DenseLayer, Network, NormaliseLayer } from "../network/network";
import type { ConvolutionScratch } from "../network/tiledConvolution";
import {
  addColumns,
  fillDense,
  placeDense,
  rowsOf,
  type DenseScratch,
  type PlacedDense,
} from "../network/placedDense";
import { isChain } from "../network/walk";
import type { Block, BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import { addTransposedProduct } from "../numeric/layerKernels";
import { writeForm } from "./linearForm";
import type { PatternPasses } from "./patternPasses";

/*
 * A chain of dense layers and ReLUs, perhaps after a normalisation y ↦ (y − m) / d, in the kernels'
 * memory.
 *
 * Forwards, a layer adds up the columns of its weights over the inputs that are not zero: pixels at
 * 0 and saturated neurons cost nothing. So that pixels at 0 stay 0, the normalisation is moved into
 * the first layer: W (y − m) / d + b = W (y / d) + (b − (m / d) W 1). Backwards, a layer adds up
 * the rows of its weights.
 */

/** Whether a network is such a chain. */
export function isDenseChain(network: Network): boolean {
  const { layers } = network;
  return (
    isChain(network) &&
    layers.every(({ kind }, index) =>
      kind === "normalise"
        ? index === 0 && layers[1]?.kind === "dense"
        : kind === "dense" || kind === "relu",
    )
  );
}

/** Where a dense layer's numbers lie in the kernels' memory. */
interface PlacedLayer {
  readonly dense: PlacedDense;
  /** Outputs × inputs in the precision of the columns, or undefined for the output layer. */
  readonly rows: PlacedDense["columns"] | undefined;
  readonly bias: Block<Float64Array>;
  /** What its input is divided by first: one number, or one for each value. */
  readonly deviation: PerChannel;
}

/** Passes of several chains that share one memory. */
export function createDensePasses(networks: readonly Network[], kernels: Kernels): PatternPasses[] {
  const widest = Math.max(
    ...networks.flatMap((network) => createFlows(network).map(({ length }) => length)),
  );
  const lot = kernels.arena.layOut((make) => ({
    identity: make.integers(widest),
    input: make.values(widest),
    output: make.values(widest),
    // Of convolutions, of which there are none.
    lists: make.integers(0),
    placed: networks.map((network) => placeLayers(network, make)),
  }));
  const { identity, placed } = lot.blocks;
  identity.view.forEach((_, index, view) => (view[index] = index));
  placed.forEach((layers, index) => fillLayers(networks[index], layers));
  return networks.map((network, index) => createPasses(network, placed[index], { kernels, lot }));
}

function placeLayers({ layers }: Network, make: BlockMaker): (PlacedLayer | undefined)[] {
  const dense = layers.filter(({ kind }) => kind === "dense");
  return layers.map((layer, index) => {
    if (layer.kind !== "dense") return undefined;
    const before = layers[index - 1];
    const { length } = layer.weights.data;
    // The output layer has few rows, and they are few enough for the plain way.
    const isPulledThrough = layer !== dense[dense.length - 1];
    const placed = placeDense(layer, make);
    return {
      dense: placed,
      rows: isPulledThrough ? make[placed.precision](length) : undefined,
      bias: make.values(layer.bias.length),
      deviation: before?.kind === "normalise" ? spread(before.deviation, layer.weights.columns) : 1,
    };
  });
}

function fillLayers({ layers }: Network, placed: readonly (PlacedLayer | undefined)[]): void {
  placed.forEach((place, index) => {
    if (place === undefined) return;
    const { weights, bias } = place.dense.layer;
    fillDense(place.dense);
    const before = layers[index - 1];
    const shift = before?.kind === "normalise" ? shiftOf(before, weights.columns) : 0;
    for (let row = 0; row < weights.rows; row++) {
      place.bias.view[row] = bias[row] - shiftedBy(shift, weights, row);
    }
    place.rows?.view.set(weights.data);
  });
}

/** m / d, one for all inputs or one for each. */
function shiftOf({ mean, deviation }: NormaliseLayer, inputs: number): PerChannel {
  if (typeof mean === "number" && typeof deviation === "number") return mean / deviation;
  return Float64Array.from(
    { length: inputs },
    (_, input) => numberAt(mean, inputs, input) / numberAt(deviation, inputs, input),
  );
}

/** What a row of weights makes of m / d. */
function shiftedBy(
  shift: PerChannel,
  { columns, data }: DenseLayer["weights"],
  row: number,
): number {
  // Without a normalisation a row's sum does not matter: it may even overflow.
  if (shift === 0) return 0;
  let sum = 0;
  if (typeof shift === "number") {
    for (let column = 0; column < columns; column++) sum += data[row * columns + column];
    return shift * sum;
  }
  for (let column = 0; column < columns; column++) {
    sum += data[row * columns + column] * shift[column];
  }
  return sum;
}

interface Scratch {
  readonly kernels: Kernels;
  /** Held as long as the passes are: without a holder its blocks would be given to others. */
  readonly lot: Lot<DenseScratch & ConvolutionScratch>;
}

function createPasses(
  network: Network,
  placed: readonly (PlacedLayer | undefined)[],
  scratch: Scratch,
): PatternPasses {
  const flows = createFlows(network);
  const gradients = createFlows(network);
  return {
    network,
    flows,
    forward(y, pattern) {
      flows[0].set(y);
      network.layers.forEach(({ kind }, index) => {
        const place = placed[index];
        const [before, behind] = [flows[index], flows[index + 1]];
        if (place !== undefined) applyDense(place, scratch, before, behind);
        else if (kind === "relu") applyRelu(before, pattern?.switches[index], behind);
        // It is part of the weights that follow.
        else if (kind === "normalise") behind.set(before);
        else throw new InvariantError(`a ${kind} layer in a chain of dense ones`);
      });
    },
    evaluate: createKernelEvaluator(
      network,
      placed.map((place) => place?.dense),
      scratch,
    ),
    pullBack(pattern, layerCount, form) {
      writeForm(form, gradients[layerCount]);
      for (let index = layerCount - 1; index >= 0; index--) {
        pullBackLayer(index, pattern, placed, scratch, gradients);
      }
      return gradients[0];
    },
  };
}

function applyDense(
  { dense, bias, deviation }: PlacedLayer,
  { kernels, lot }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const divided =
    deviation === 1 ? values : values.map((value, index) => value / ofValue(deviation, index));
  addColumns(dense, kernels, lot.blocks, divided, bias.view, out);
}

function applyRelu(
  values: Readonly<Float64Array>,
  switches: Uint8Array | Int32Array | undefined,
  out: Float64Array,
): void {
  for (let index = 0; index < values.length; index++) {
    const isActive = switches === undefined ? values[index] > 0 : switches[index] === 1;
    out[index] = isActive ? values[index] : 0;
  }
}

function pullBackLayer(
  index: number,
  pattern: ActivationPattern,
  placed: readonly (PlacedLayer | undefined)[],
  { kernels, lot }: Scratch,
  gradients: Flows,
): void {
  const gradient = gradients[index + 1];
  const out = gradients[index];
  const place = placed[index];
  if (place === undefined) {
    const switches = pattern.switches[index];
    // The division of a normalisation is done by the dense layer after it.
    if (switches === undefined) out.set(gradient);
    else for (let i = 0; i < out.length; i++) out[i] = switches[i] === 1 ? gradient[i] : 0;
    return;
  }
  const { rows, columns, data } = place.dense.layer.weights;
  if (place.rows === undefined) {
    out.fill(0);
    addTransposedProduct(data, rows, columns, gradient, out);
  } else {
    const { identity, input, output } = lot.blocks;
    input.view.set(gradient);
    output.view.fill(0, 0, columns);
    const add = rowsOf(kernels, place.dense.precision);
    add({
      matrix: place.rows.at,
      stride: columns,
      list: identity.at,
      weights: input.at,
      count: rows,
      size: columns,
      out: output.at,
    });
    out.set(output.view.subarray(0, columns));
  }
  if (place.deviation === 1) return;
  if (index !== 1) throw new InvariantError("only the first dense layer follows a normalisation");
  for (let i = 0; i < out.length; i++) out[i] /= ofValue(place.deviation, i);
}
