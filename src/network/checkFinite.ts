import { ArgumentError, ShapeError } from "../errors";
import { firstNotFinite } from "../numeric/firstNotFinite";
import { quoteName } from "../quoteName";
import type { Flows } from "./flows";
import type { Network } from "./network";

/*
 * What is not a number is refused where it comes in, and by name. Afterwards it is too late: a ReLU
 * of NaN is 0, so a spoilt input or a sum that overflowed comes out as finite logits, and NaN
 * logits as class 0.
 */

/**
 * Checks a network's input: its length, and that every value is a finite number.
 *
 * @throws ShapeError for another length, ArgumentError naming the first value that is not finite
 */
export function checkInput(network: Network, x: Readonly<Float64Array>): void {
  if (x.length !== network.inputSize) {
    throw new ShapeError(
      `network ${quoteName(network.name)} takes ${network.inputSize} values, the point has ${x.length}`,
    );
  }
  const spoilt = firstNotFinite(x);
  if (spoilt !== -1) {
    throw new ArgumentError(
      `value ${spoilt} of the point is ${x[spoilt]}; network ${quoteName(network.name)} takes finite ` +
        "numbers; find out where it came from, for no output would say so",
    );
  }
}

/**
 * Checks everything that flowed through a network at one point: sums beyond the largest binary64
 * number are no values, whatever the layers behind them make of them.
 *
 * @throws ArgumentError naming the layer and the first value of it that is not finite
 */
export function checkFlows(network: Network, flows: Flows): void {
  for (let layer = 0; layer < network.layers.length; layer++) {
    const spoilt = firstNotFinite(flows[layer + 1]);
    if (spoilt === -1) continue;
    const isLast = layer === network.layers.length - 1;
    const what = isLast ? `output ${spoilt}` : `value ${spoilt} of layer ${layer + 1}`;
    throw new ArgumentError(
      `${what} (${network.layers[layer].kind}) of network ${quoteName(network.name)} is ` +
        `${flows[layer + 1][spoilt]}: a sum overflowed binary64; are its weights or this input too large?`,
    );
  }
}
