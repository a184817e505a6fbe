import { ArgumentError } from "../errors";
import type { DenseLayer, Layer, Network } from "../network/network";
import { createNetwork } from "../network/shape";
import { isChain } from "../network/walk";
import { createMatrix, rowOf } from "../numeric/matrix";
import type { Intervals } from "./intervals";

/*
 * Exact removal of neurons. While inputs stay in a box, a neuron whose pre-activation is never
 * above 0 yields 0: it is left out, and what reads it loses a column. A layer of which none is ever
 * below 0 is affine, R(W y + b) = W y + b, and so one with the dense layer behind it:
 *
 *     V (W y + b) + c = (V W) y + (V b + c)
 *
 * In real arithmetic both leave the function as it is on the box. Sums of V W are rounded.
 */

/** What became of the neurons of one ReLU layer between two dense ones. */
export interface SimplifiedLayer {
  /** The ReLU, counted from 1. */
  readonly layer: number;
  readonly neurons: number;
  /** Never active on the box. */
  readonly dead: number;
  /** Never inactive on the box, the dead left out. */
  readonly linear: number;
  /** Left out, or part of the layer behind. */
  readonly removed: number;
}

/** A network that equals another on a box. */
export interface Simplified {
  readonly network: Network;
  readonly layers: readonly SimplifiedLayer[];
  /**
   * N itself but that nothing reads a neuron that was left out: its layers have N's shapes, so that
   * a bound can check that the two are equal on the box.
   */
  readonly silenced: Network;
}

/**
 * Leaves out what a network does not need on a box: dead neurons, and ReLU layers that are affine
 * there. Only a ReLU between two dense layers of a chain is touched; one that would lose all of its
 * neurons keeps the first.
 *
 * @param values  proved ends of all values on the box: entry n of what the n-th layer yields
 * @throws ArgumentError if the network is no chain
 */
export function simplify(network: Network, values: readonly Intervals[]): Simplified {
  if (!isChain(network)) {
    throw new ArgumentError(
      `${network.name} is a graph, expected a chain: what a neuron adds to may be read elsewhere too`,
    );
  }
  const kept: Layer[] = [];
  const silenced: Layer[] = [...network.layers];
  const layers: SimplifiedLayer[] = [];
  network.layers.forEach((layer, index) => {
    // The one before it may have been made smaller already, in its inputs only.
    const [first, relu] = kept.slice(-2);
    const isBetween = layer.kind === "dense" && relu?.kind === "relu" && first?.kind === "dense";
    if (!isBetween) {
      kept.push(layer);
      return;
    }
    const sorted = sortNeurons(values[index - 1]);
    const neurons = first.weights.rows;
    const before = keepRows(first, sorted.kept);
    const behind = keepColumns(layer, sorted.kept);
    const isAffine = sorted.linear === sorted.kept.length;
    kept.splice(-2, 2, ...(isAffine ? [merge(before, behind)] : [before, relu, behind]));
    silenced[index] = silence(layer, sorted.kept);
    const removed = isAffine ? neurons : neurons - sorted.kept.length;
    layers.push({ layer: index, neurons, dead: sorted.dead, linear: sorted.linear, removed });
  });
  const { name, inputSize, assumptions } = network;
  return {
    network: createNetwork(`${name}, simplified`, inputSize, kept, assumptions),
    silenced: { ...network, name: `${name}, dead neurons silenced`, layers: silenced },
    layers,
  };
}

/** Which neurons are left, and how many do nothing or are affine. */
function sortNeurons({ lower, upper }: Intervals) {
  const all = Array.from(upper.keys());
  const alive = all.filter((neuron) => upper[neuron] > 0);
  return {
    dead: all.length - alive.length,
    linear: alive.filter((neuron) => lower[neuron] >= 0).length,
    // A layer has at least one neuron.
    kept: alive.length > 0 ? alive : [0],
  };
}

function keepRows({ weights, bias }: DenseLayer, kept: readonly number[]): DenseLayer {
  const narrow = createMatrix(kept.length, weights.columns);
  kept.forEach((neuron, row) => narrow.data.set(rowOf(weights, neuron), row * weights.columns));
  return { kind: "dense", weights: narrow, bias: Float64Array.from(kept, (one) => bias[one]) };
}

function keepColumns({ weights, bias }: DenseLayer, kept: readonly number[]): DenseLayer {
  const { rows, columns, data } = weights;
  const narrow = createMatrix(rows, kept.length);
  for (let row = 0; row < rows; row++) {
    kept.forEach((neuron, column) => {
      narrow.data[row * kept.length + column] = data[row * columns + neuron];
    });
  }
  return { kind: "dense", weights: narrow, bias };
}

/** The same shape, but zeros in the columns of all others. */
function silence({ weights, bias }: DenseLayer, kept: readonly number[]): DenseLayer {
  const { rows, columns, data } = weights;
  const isKept = new Set(kept);
  const silent = data.map((weight, at) => (isKept.has(at % columns) ? weight : 0));
  return { kind: "dense", weights: createMatrix(rows, columns, silent), bias };
}

/** V (W y + b) + c as one layer. */
function merge(first: DenseLayer, second: DenseLayer): DenseLayer {
  const [inner, { rows, columns, data }] = [first.weights, second.weights];
  const weights = createMatrix(rows, inner.columns);
  const bias = second.bias.slice();
  for (let row = 0; row < rows; row++) {
    for (let middle = 0; middle < columns; middle++) {
      const factor = data[row * columns + middle];
      bias[row] += factor * first.bias[middle];
      for (let column = 0; column < inner.columns; column++) {
        weights.data[row * inner.columns + column] +=
          factor * inner.data[middle * inner.columns + column];
      }
    }
  }
  return { kind: "dense", weights, bias };
}
