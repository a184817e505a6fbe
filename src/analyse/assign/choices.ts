import type { Approximation } from "../../approximate/approximation";
import { approximate } from "../../approximate/approximate";
import { approximationName, parseApproximation } from "../../approximate/parseApproximation";
import { storedBits } from "../../approximate/storedBits";
import { ArgumentError } from "../../errors";
import type { Network } from "../../network/network";
import { roundedLayers } from "../exchangeLayers";
import { createTwins, type Twins } from "../twin";

/** For each layer with parameters, in their order, which candidate it gets: an index. */
export type Assignment = readonly number[];

/** What each layer of a network may be stored as, and what it then takes. */
export interface LayerChoices {
  readonly network: Network;
  /** The layers that have parameters, counted from 1. */
  readonly layers: readonly number[];
  /** The candidates' names. */
  readonly names: readonly string[];
  /** The whole network by each candidate. */
  readonly approximated: readonly Network[];
  /** Bits that each layer takes by each candidate: an estimate, see `storedBits`. */
  readonly bits: readonly (readonly number[])[];
  /** Bits that all layers take as they are. */
  readonly wholeBits: number;
}

/**
 * What a network's layers may be stored as: every one by any of the candidates.
 *
 * @throws ArgumentError if there is no candidate, two are the same, or one is made of several
 */
export function createChoices(
  network: Network,
  candidates: readonly Approximation[],
): LayerChoices {
  const names = candidates.map(approximationName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const mixed = candidates.findIndex(({ kind }) => kind === "layers");
  if (candidates.length === 0) throw new ArgumentError("no candidate, expected at least one");
  if (twice !== undefined) throw new ArgumentError(`candidate ${twice} stands there twice`);
  if (mixed >= 0) {
    throw new ArgumentError(
      `candidate ${names[mixed]} is one for each layer already; name what one layer may be, such as int8`,
    );
  }
  const layers = roundedLayers(network);
  if (layers.length === 0) throw new ArgumentError(`${network.name} has no layer with weights`);
  const all = candidates.map((candidate) => storedBits(network, candidate));
  return {
    network,
    layers,
    names,
    approximated: candidates.map((candidate) => approximate(network, candidate)),
    bits: layers.map((layer) => all.map((bits) => bits[layer - 1])),
    wholeBits: storedBits(network, parseApproximation("none")).reduce((sum, one) => sum + one, 0),
  };
}

/** N beside the network whose layers are stored as an assignment says. */
export function assignedTwins(choices: LayerChoices, assignment: Assignment): Twins {
  const { network, layers, approximated } = choices;
  const name = assignmentName(choices, assignment);
  return createTwins(network, {
    ...network,
    name: `${network.name} (${name})`,
    approximation: name,
    layers: network.layers.map((layer, index) => {
      const place = layers.indexOf(index + 1);
      return place < 0 ? layer : approximated[assignment[place]].layers[index];
    }),
  });
}

/** An assignment as `parseApproximation` reads it: `half+int8+int4`, or one name for all layers. */
export function assignmentName({ names }: LayerChoices, assignment: Assignment): string {
  const found = assignment.map((candidate) => names[candidate]);
  return new Set(found).size === 1 ? found[0] : found.join("+");
}

/** Bits that a network takes under an assignment: an estimate. */
export function assignedBits({ bits }: LayerChoices, assignment: Assignment): number {
  return assignment.reduce((sum, candidate, place) => sum + bits[place][candidate], 0);
}
