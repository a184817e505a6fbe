import { createTwins, type Twins } from "../analyse/twin";
import { loadNetwork, type LoadOptions } from "../network/load";
import type { Network } from "../network/network";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { networkTable } from "./networkTable";
import { round } from "./notebookCalls";

/**
 * A network beside its approximation, N and Ñ, as one value: what `appMax` and `compare` take.
 *
 * @param network  a network, or its name or file as `loadNetwork` takes them
 * @param approximation  a word of `parseApproximation` (`half`, `int8`, `prune-50`, …), a number of
 *   bits (the paper's quantiser), or the approximated network itself
 * @param options  how a file is to be read
 * @throws ArgumentError if there is no such network or approximation, ShapeError if the two cannot
 *   be compared
 * @example
 * const twins = await rl.twins("net1", "half");
 * const worst = await rl.appMax(twins, x);
 */
export async function twins(
  network: Network | string,
  approximation: string | number | Network,
  options: LoadOptions = {},
): Promise<Twins & Displayable> {
  const loaded = typeof network === "string" ? await loadNetwork(network, options) : network;
  const approximated =
    typeof approximation === "object" ? approximation : round(loaded, approximation);
  const pair = createTwins(loaded, approximated);
  return withDisplay(pair, () => {
    const table = networkTable(loaded);
    return displayTable({ ...table, caption: `${approximated.name} beside ${table.caption}` });
  });
}
