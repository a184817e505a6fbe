import { statSync } from "node:fs";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { shareNetwork } from "../experiment/backend/sharedNetwork";
import { keepChecksum } from "../experiment/appMaxExperiment";
import { findNetwork, loadNetwork } from "../network/load";
import { createTwins, type Twins } from "../analyse/twin";
import type { Network } from "../network/network";

/**
 * The exhibits' networks, and their twins: read and made once in a process, since ten exhibits ask
 * for the same two networks again and again. They never leave `src/paper`, so that nobody can
 * change what others go on computing with; who loads a network gets one of their own. They stand in
 * memory that threads share: every run on threads would make a copy of them, 200 MB for a pair of
 * Net2.
 */
const networks = new Map<string, { readonly file: string; readonly network: Promise<Network> }>();

/** Twins in the order of their last use. Net2's takes 100 MB, so only two are kept. */
const twins = new Map<string, Network>();
const TWINS_KEPT = 2;

/** The pairs that twins are half of, so that what is set up for a pair is set up once. */
const pairs = new WeakMap<Network, Twins>();

/** The names of our own networks. */
const owners = new WeakMap<Network, string>();

/** A network by name, as it stands in its file now, or from a path, which is read each time. */
export async function ownNetwork(name: string): Promise<Network> {
  if (!/^[\w-]+$/.test(name)) return loadNetwork(name);
  const path = await findNetwork(name, undefined);
  const { size, mtimeMs, ino } = statSync(path);
  const file = JSON.stringify([path, size, mtimeMs, ino]);
  const known = networks.get(name);
  if (known?.file === file) return known.network;
  const network = loadNetwork(path).then((read) => {
    const loaded = shareNetwork(read);
    keepChecksum(loaded);
    owners.set(loaded, file);
    return loaded;
  });
  networks.set(name, { file, network });
  return network;
}

/** The twin that an approximation makes of a network: kept if the network is one of ours. */
export function twinOf(network: Network, approximation: string): Network {
  const owner = owners.get(network);
  const make = (): Network => approximate(network, parseApproximation(approximation));
  if (owner === undefined) return make();
  const key = `${approximation} ${owner}`;
  const known = twins.get(key);
  const twin = known ?? shareNetwork(make());
  if (known === undefined) keepChecksum(twin);
  twins.delete(key);
  twins.set(key, twin);
  const [oldest] = twins.keys();
  if (twins.size > TWINS_KEPT) twins.delete(oldest);
  return twin;
}

/** A network and its twin as a pair: the same one as long as the twin is kept. */
export function twinsOf(network: Network, approximation: string): Twins {
  const twin = twinOf(network, approximation);
  const known = pairs.get(twin);
  if (known?.network === network) return known;
  const twins = createTwins(network, twin);
  pairs.set(twin, twins);
  return twins;
}
