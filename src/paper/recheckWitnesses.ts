import { absoluteError } from "../analyse/roundingError";
import { InvariantError } from "../errors";
import { storedSides } from "../experiment/variant/storedSides";
import type { Network } from "../network/network";
import { RECHECK_RELATIVE } from "../numeric/tolerance";
import type { RecheckedRow } from "./columns/rechecked";
import { twinsOf } from "./ownNetworks";

/**
 * Both networks run again at the worst inputs that are stored; none where nothing is.
 *
 * @throws InvariantError if E there is another than is stored, by more than 1e-9 (relative)
 */
export function recheckWitnesses(
  network: Network,
  approximations: readonly string[],
): RecheckedRow[] {
  return approximations.flatMap((approximation): RecheckedRow[] => {
    const { found } = storedSides(network, approximation);
    if (found === undefined) return [];
    const now = absoluteError(twinsOf(network, approximation), Float64Array.from(found.witness));
    const difference = Math.abs(now / found.value - 1);
    const run = `${network.name}-${approximation}, worst found`;
    if (difference <= RECHECK_RELATIVE) {
      return [{ run, point: null, stored: found.value, now, difference }];
    }
    throw new InvariantError(`${run}: stored as ${found.value}, but E is ${now} at its witness`);
  });
}
