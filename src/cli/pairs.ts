import type { Approximation } from "../approximate/approximation";
import { approximationName } from "../approximate/parseApproximation";
import type { Network } from "../network/network";

/** A network and how it is rounded: what one set of results belongs to. */
export interface Pair {
  readonly network: Network;
  readonly approximation: Approximation;
  /** As messages and tables have it. */
  readonly label: string;
}

/** Every network with every approximation, network by network. */
export function pairsOf(
  networks: readonly Network[],
  approximations: readonly Approximation[],
): Pair[] {
  return networks.flatMap((network) =>
    approximations.map((approximation) => ({
      network,
      approximation,
      label: `${network.name}, ${approximationName(approximation)}`,
    })),
  );
}
