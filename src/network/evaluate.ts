import { assertNever, InvariantError } from "../errors";
import { affine, convolve } from "../numeric/layerKernels";
import type { ActivationPattern } from "./activationPattern";
import { checkFlows, checkInput } from "./checkFinite";
import { createFlows, type Flows } from "./flows";
import { poolWinners } from "./maxPool";
import type { Layer, Network } from "./network";
import { convolutionSizes } from "./shape";

/**
 * The logits ξ(x) of a network, in binary64.                                   (paper, Eqs. 1–2)
 *
 * @param x  one value per input, pixels in [0, 1] for networks that normalise
 * @throws ShapeError if x has another length, ArgumentError if a value of x is not finite or a sum
 *   overflows
 */
export function evaluate(network: Network, x: Readonly<Float64Array>): Float64Array {
  checkInput(network, x);
  const flows = createFlows(network);
  evaluateInto(network, x, flows);
  checkFlows(network, flows);
  return flows[flows.length - 1];
}

/**
 * Evaluates a network at x and leaves every intermediate value in `flows`.
 *
 * With a `pattern`, ReLUs and pools do what the pattern says instead of what the values say: the
 * affine map of the pattern's polytope, evaluated at any x. (paper, Eqs. 20–25)
 *
 * Checks nothing: whoever takes x from outside calls `checkInput` before and `checkFlows` after.
 */
export function evaluateInto(
  network: Network,
  x: Readonly<Float64Array>,
  flows: Flows,
  pattern?: ActivationPattern,
): void {
  flows[0].set(x);
  network.layers.forEach((layer, index) => {
    const switches = pattern?.switches[index];
    if (switches === undefined) applyLayer(layer, flows[index], flows[index + 1]);
    else applySwitches(layer, switches, flows[index], flows[index + 1]);
  });
}

function applyLayer(layer: Layer, input: Float64Array, out: Float64Array): void {
  switch (layer.kind) {
    case "dense": {
      const { data, rows, columns } = layer.weights;
      affine(data, layer.bias, rows, columns, input, out);
      break;
    }
    case "relu":
      for (let index = 0; index < input.length; index++) {
        out[index] = input[index] > 0 ? input[index] : 0;
      }
      break;
    case "normalise":
      for (let index = 0; index < input.length; index++) {
        out[index] = (input[index] - layer.mean) / layer.deviation;
      }
      break;
    case "conv2d":
      convolve(convolutionSizes(layer), layer.weights, layer.bias, input, out);
      break;
    case "maxPool2d": {
      const winners = poolWinners(layer, input);
      for (let index = 0; index < out.length; index++) out[index] = input[winners[index]];
      break;
    }
    default:
      assertNever(layer);
  }
}

function applySwitches(
  layer: Layer,
  switches: Readonly<Uint8Array> | Readonly<Int32Array>,
  input: Float64Array,
  out: Float64Array,
): void {
  switch (layer.kind) {
    case "relu":
      for (let index = 0; index < input.length; index++) {
        out[index] = switches[index] === 1 ? input[index] : 0;
      }
      break;
    case "maxPool2d":
      for (let index = 0; index < out.length; index++) out[index] = input[switches[index]];
      break;
    // Layers that are affine by themselves have no switches; a pattern that has some is not theirs.
    case "dense":
    case "conv2d":
    case "normalise":
      throw new InvariantError(`a ${layer.kind} layer has nothing to switch`);
    default:
      assertNever(layer);
  }
}
