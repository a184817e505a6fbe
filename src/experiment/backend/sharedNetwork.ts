import { rulesOf } from "../../network/layer/layer";
import type { Network } from "../../network/network";

/**
 * The same network with its parameters in shared memory, so that any number of worker threads read
 * one copy. Values are equal bit for bit.
 */
export function shareNetwork(network: Network): Network {
  const layers = network.layers.map((layer) =>
    rulesOf(layer).withParameters(layer, ({ values }) => shareValues(values)),
  );
  return { ...network, layers };
}

function shareValues(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
