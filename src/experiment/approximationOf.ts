import { approximate } from "../approximate/approximate";
import {
  approximationName,
  describeApproximation,
  isApproximationName,
  parseApproximation,
} from "../approximate/parseApproximation";
import { ArgumentError } from "../errors";
import { rulesOf, type Layer } from "../network/layer/layer";
import type { Facts } from "../network/layer/layerRules";
import type { Network } from "../network/network";
import { checksumsOf, isPinned, type TwinChecksums } from "./twinChecksum";
import { sourcesOf } from "../network/walk";

/** A network, its twin, and what is said of how the twin came about. */
export interface NamedTwins {
  readonly network: Network;
  readonly approximated: Network;
  /**
   * What was done to the weights; by default what the twin itself carries. Only a twin made
   * otherwise than by `approximate` needs one: any name that is not a name of RoundLab's own.
   */
  readonly approximation?: string;
}

/**
 * The short name under which a run notes its approximation.
 *
 * @throws ArgumentError if there is none, or if the run says another than the twin
 */
export function approximationOf({ approximated, approximation }: NamedTwins): string {
  const carried = approximated.approximation;
  const said = approximation === undefined ? carried : canonical(approximation);
  if (said === undefined || said === "") {
    throw new ArgumentError(
      `nothing says how ${approximated.name} came about; give the run a name for it, such as ` +
        'approximation: "my-scheme", or make the twin by `approximate`, which names it',
    );
  }
  if (carried !== undefined && carried !== said) {
    throw new ArgumentError(
      `approximation: "${said}", but ${approximated.name} was made by "${carried}"; leave the option out: ` +
        "the twin carries its approximation",
    );
  }
  return said;
}

/**
 * Makes sure that a name of RoundLab's own is true: the twin must be, bit for bit, what that
 * approximation makes of the network. A name of one's own is taken as it is. Twins of the paper's
 * networks are known by their checksums; others are made anew.
 *
 * @param checksums  of the two networks as they are now
 * @throws ArgumentError naming the first layer that differs
 */
export function checkApproximation(
  twins: NamedTwins,
  checksums: TwinChecksums = checksumsOf(twins),
): void {
  const name = approximationOf(twins);
  if (!isApproximationName(name) || isPinned(checksums, name)) return;
  const approximation = parseApproximation(name);
  const made = approximate(twins.network, approximation);
  const differing = firstDifference(made, twins.approximated);
  if (differing === undefined) return;
  throw new ArgumentError(
    `${twins.approximated.name} is not what "${name}" (${describeApproximation(approximation)}) makes of ` +
      `${twins.network.name}: ${differing}; name another approximation, or your own, such as "my-scheme"`,
  );
}

/** A name as runs note it: the short name of RoundLab's own approximations, one's own as it is. */
function canonical(name: string): string {
  return isApproximationName(name) ? approximationName(parseApproximation(name)) : name.trim();
}

function firstDifference(one: Network, other: Network): string | undefined {
  const { layers } = one;
  const count = other.layers.length;
  if (layers.length !== count) return `it has ${count} layers, not ${layers.length}`;
  const index = layers.findIndex((layer, at) => !isSameLayer(layer, other.layers[at]));
  if (index >= 0) return `layer ${index + 1} (${layers[index].kind}) differs`;
  const reader = layers.findIndex(
    (_, at) => sourcesOf(one, at).join() !== sourcesOf(other, at).join(),
  );
  return reader < 0 ? undefined : `layer ${reader + 1} (${layers[reader].kind}) reads other values`;
}

/** Whether two layers are of one kind with the same sizes and numbers. */
function isSameLayer(one: Layer, other: Layer): boolean {
  if (one.kind !== other.kind) return false;
  const { facts, parameters } = rulesOf(one);
  if (JSON.stringify(sorted(facts(one))) !== JSON.stringify(sorted(facts(other)))) return false;
  const theirs = parameters(other);
  return parameters(one).every(({ values }, index) => isSameValues(values, theirs[index].values));
}

/** Facts in an order of their own: how a layer was written says nothing. */
function sorted(facts: Facts): [string, unknown][] {
  return Object.entries(facts).sort(([one], [two]) => (one < two ? -1 : 1));
}

function isSameValues(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
