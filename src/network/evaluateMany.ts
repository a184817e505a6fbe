import type { Kernels } from "../numeric/kernels";
import { checkFlows, checkInput } from "./checkFinite";
import { evaluateInto } from "./evaluate";
import { createKernelEvaluator, type Evaluator } from "./evaluateInKernels";
import { createFlows, type Flows } from "./flows";
import { numberAt } from "./layer/perInput";
import type { Network } from "./network";
import { placeNetworks } from "./placedLayers";
import { checkNetwork } from "./shape";
import { isChain } from "./walk";

/**
 * An evaluator for many points. Dense networks are evaluated column by column over the non-zero
 * values only, which for pictures and ReLUs is several times less work; sums run in another order
 * than in `evaluate`, so results may differ from it in the last bits. Others give the bits of
 * `evaluate`.
 *
 * @param kernels  where other networks' large layers are run, in a memory that holds them as long
 * as                 the evaluator lives; without them plain code does it, many times slower
 * @throws ShapeError or ArgumentError if the network is spoilt; the evaluator itself if a point has
 *   another length, holds a value that is not finite, or makes a sum overflow
 */
export function createEvaluator(network: Network, kernels?: Kernels): Evaluator {
  checkNetwork(network);
  if (!isDenseChain(network) && kernels !== undefined) {
    const memory = placeNetworks([network], kernels);
    return createKernelEvaluator(network, memory.networks[0], memory);
  }
  const flows = createFlows(network);
  const run = isDenseChain(network)
    ? columnwise(network, flows)
    : (x: Readonly<Float64Array>): void => evaluateInto(network, x, flows);
  return (x) => {
    checkInput(network, x);
    run(x);
    checkFlows(network, flows);
    return flows[flows.length - 1];
  };
}

/** Runs a chain of dense layers over the values that are not zero. */
function columnwise(network: Network, flows: Flows): (x: Readonly<Float64Array>) => void {
  const steps = network.layers.map((layer) => (layer.kind === "dense" ? turned(layer) : undefined));
  foldNormalisation(network, steps);
  return (x) => {
    let input: Readonly<Float64Array> = x;
    network.layers.forEach((layer, index) => {
      const out = flows[index + 1];
      const step = steps[index];
      if (step !== undefined) {
        addColumns(step, input, out);
        input = out;
      } else if (layer.kind === "relu") {
        for (let i = 0; i < out.length; i++) out[i] = input[i] > 0 ? input[i] : 0;
        input = out;
      }
    });
  };
}

/**
 * Whether a network has dense and ReLU layers only, but for a normalisation before the first dense
 * one.
 */
function isDenseChain(network: Network): boolean {
  const { layers } = network;
  if (!isChain(network)) return false;
  const start = layers[0].kind === "normalise" && layers[1]?.kind === "dense" ? 1 : 0;
  return layers.slice(start).every(({ kind }) => kind === "dense" || kind === "relu");
}

/** A dense layer with its weights stored input after input. */
interface TurnedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly columns: Float64Array;
  readonly bias: Float64Array;
}

function turned(layer: {
  readonly weights: {
    readonly rows: number;
    readonly columns: number;
    readonly data: Float64Array;
  };
  readonly bias: Float64Array;
}): TurnedLayer {
  const { rows, columns, data } = layer.weights;
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[column * rows + row] = data[row * columns + column];
    }
  }
  return { inputs: columns, outputs: rows, columns: values, bias: Float64Array.from(layer.bias) };
}

/** Makes a leading normalisation part of the dense layer behind it: W (x − μ)/σ + b. */
function foldNormalisation(network: Network, steps: (TurnedLayer | undefined)[]): void {
  const [first] = network.layers;
  const step = steps[1];
  if (first.kind !== "normalise" || step === undefined) return;
  const { inputs } = step;
  for (let input = 0; input < inputs; input++) {
    const mean = numberAt(first.mean, inputs, input);
    const deviation = numberAt(first.deviation, inputs, input);
    for (let output = 0; output < step.outputs; output++) {
      const place = input * step.outputs + output;
      step.columns[place] /= deviation;
      step.bias[output] -= step.columns[place] * mean;
    }
  }
}

function addColumns(step: TurnedLayer, input: Readonly<Float64Array>, out: Float64Array): void {
  const { inputs, outputs, columns } = step;
  out.set(step.bias);
  for (let column = 0; column < inputs; column++) {
    const value = input[column];
    if (value === 0) continue;
    const start = column * outputs;
    for (let row = 0; row < outputs; row++) out[row] += value * columns[start + row];
  }
}
