/**
 * Short names for the first lines of a notebook: `rl.mnist()`, `rl.network("net1")`,
 * `rl.round(...)`, `rl.bounds(...)`. Each is one call of a function that can do more; its docstring
 * names it.
 */
import { boxOver } from "../analyse/box";
import { describeDomain, PIXEL_DOMAIN, toDomain, type DomainChoice } from "../analyse/domain";
import { boundErrors } from "../analyse/errorBounds";
import { createTwins } from "../analyse/twin";
import { quantise as quantiseValue, type AffineQuantiser } from "../approximate/affineQuantiser";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { ArgumentError } from "../errors";
import type { Dataset } from "../dataset/dataset";
import { findMnist } from "../dataset/mnist/findMnist";
import { openDataset } from "../dataset/openDataset";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { loadNetwork, type LoadOptions } from "../network/load";
import type { Network } from "../network/network";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { formatUpperBound } from "../present/numberFormat";
import { endsOfOutputs, OUTPUT_COLUMNS } from "./bound";

/**
 * All 70,000 images of MNIST where they are found, else the 10,000 embedded ones; `name` of the
 * result says which. `openDataset` takes one by name.
 * @example
 * const images = await rl.mnist();
 */
export async function mnist(): Promise<Dataset> {
  return openDataset((await findMnist()) === undefined ? "mnist-embedded" : "mnist");
}

/**
 * A network by name (`net1`, `net2`) or from a file, as `loadNetwork`, whose options it takes:
 * `network("mine.safetensors", { normalisation: "none", architecture: "mine.json" })`.
 *
 * @throws ArgumentError listing the names there are if it is neither
 * @example
 * const net1 = await rl.network("net1");
 */
export function network(nameOrPath: string, options: LoadOptions = {}): Promise<Network> {
  return loadNetwork(nameOrPath, options);
}

/**
 * The twin Ñ of a network: `round(net1, "half")`, `round(net1, 8)`. Short for `approximate` and
 * `parseApproximation`, whose words it takes: `half`, `bfloat16`, `int8`, `int8:channel`,
 * `prune-50`, or a number of bits, which is the paper's quantiser.
 *
 * @throws ArgumentError if there is no such approximation
 * @example
 * const half = rl.round(net1, "half");
 */
export function round(network: Network, approximation: string | number): Network {
  return approximate(network, parseApproximation(String(approximation)));
}

/**
 * The field's word for `round`: `quantise(net1, "int8")`. With a value and a grid it is the value
 * on the grid.
 *
 * @throws ArgumentError if there is no such approximation
 * @example
 * const int8 = rl.quantise(net1, "int8");
 */
export function quantise(network: Network, approximation: string | number): Network;
export function quantise(value: number, quantiser: AffineQuantiser): number;
export function quantise(
  what: Network | number,
  how: string | number | AffineQuantiser,
): Network | number {
  if (typeof what === "number" && typeof how === "object") return quantiseValue(what, how);
  if (typeof what === "object" && typeof how !== "object") return round(what, how);
  throw new ArgumentError(
    'quantise takes a network and an approximation, such as (net1, "int8"), or a number and a grid',
  );
}

/** As `quantise`, in American spelling. */
export const quantize = quantise;

/**
 * How far each output of Ñ can lie from N's, for every input in a box: bounds, as a DataFrame that
 * names the box. Their sum, a bound of E for these inputs, stands in the caption. `boundErrors`
 * gives all layers.
 *                                                                                 (paper, Eqs.
 *                                                                                 10–17)
 *
 * @param options.domain  a name, `LOWER:UPPER` or `{lower, upper}` with a number for all inputs or
 *   one for each; [0, 1] for every input by default
 * @throws ShapeError if the networks differ in architecture, ArgumentError if the domain is none
 * @example
 * rl.bounds(net1, twins.approximated, { domain: "-0.5:1.5" })
 */
export function bounds(
  network: Network,
  approximated: Network,
  options: { readonly domain?: DomainChoice } = {},
): DataFrame<{ lower: number; upper: number }> {
  const domain = toDomain(options.domain ?? PIXEL_DOMAIN);
  const box = boxOver(domain, network.inputSize);
  const { errors, total } = boundErrors(createTwins(network, approximated), box);
  const outputs = errors[errors.length - 1];
  const inputs = `every input in ${describeDomain(domain)}`;
  const assumed = assumedOf(assumptionsOf([network, approximated]));
  const caption =
    `${approximated.name} − ${network.name} at each output, for ${inputs}; ` +
    `E ≤ ${formatUpperBound(total)} there${assumed}`;
  return declaredFrame(OUTPUT_COLUMNS, endsOfOutputs(outputs.lower, outputs.upper), {
    caption,
    indexName: "output",
    inputs,
  });
}
