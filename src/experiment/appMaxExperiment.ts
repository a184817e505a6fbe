import { createHash } from "node:crypto";
import { rulesOf, type Layer } from "../network/layer/layer";
import type { Facts } from "../network/layer/layerRules";
import type { Network } from "../network/network";

/**
 * Everything that decides the rows of an AppMax run. Which points are asked for is not part of it:
 * a point's row is the same whatever else is computed, so a longer run extends a shorter one.
 */
export interface AppMaxExperiment {
  readonly kind: "appmax";
  /** Raised whenever a change of the method moves its numbers by more than rounding. */
  readonly method: number;
  readonly network: string;
  /** SHA-256 over all parameters of N. */
  readonly networkChecksum: string;
  readonly approximation: string;
  readonly approximatedChecksum: string;
  readonly domain: string;
  /** Only where inputs have ends of their own, which the domain's name does not hold. */
  readonly box?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
  readonly dataset: string;
  readonly datasetChecksum: string;
  readonly solver: string;
  /** Only where bounds are proved in real arithmetic: runs without it keep their keys. */
  readonly proof?: "real";
}

/** The method that rows are computed with now. */
export const APPMAX_METHOD = 1;

/** 16 hexadecimal digits that name an experiment: equal if and only if all its inputs are. */
export function experimentKey(experiment: object): string {
  return createHash("sha256").update(canonicalJson(experiment)).digest("hex").slice(0, 16);
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

const kept = new WeakMap<Network, string>();

/**
 * Keeps a network's checksum for as long as the network lives. Only for networks that nobody else
 * can get hold of: weights that were changed later would go by the name of the old ones.
 */
export function keepChecksum(network: Network): void {
  kept.set(network, networkChecksum(network));
}

/** SHA-256 over the kinds, sizes and parameters of a network's layers, hexadecimal. */
export function networkChecksum(network: Network): string {
  const known = kept.get(network);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  if (network.from !== undefined) hash.update(`from ${canonicalJson(network.from)}\n`);
  for (const layer of network.layers) {
    const { facts, parameters } = rulesOf(layer);
    hash.update(`${headerOf(layer, facts(layer))}\n`);
    for (const { values } of parameters(layer)) hash.update(bytesOf(values));
  }
  return hash.digest("hex");
}

/** Dense layers have had a header of their own since the first run, and keys rest on it. */
function headerOf(layer: Layer, facts: Facts): string {
  if (layer.kind === "dense") return `dense ${layer.weights.rows} ${layer.weights.columns}`;
  return canonicalJson(facts);
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
