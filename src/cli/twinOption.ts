import { Option, type Command } from "commander";
import { createTwins, type Twins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { approximationName } from "../approximate/parseApproximation";
import { loadNetwork } from "../network/load";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import {
  addNetworkOptions,
  networkOptionsOf,
  NETWORKS_HELP,
  networksOf,
  type NetworkFlags,
} from "./networkOptions";
import { pairsOf } from "./pairs";

/** The flags that say which networks are compared. */
export interface TwinFlags extends NetworkFlags, ApproximationFlags {
  readonly network: string;
  readonly twin?: string;
}

/** N and Ñ, and how they are called. */
export interface NamedTwins {
  readonly twins: Twins;
  /** What made Ñ, or its name where it was given itself. */
  readonly approximation: string;
  readonly label: string;
}

/** Adds what names N, and Ñ as an approximation or as a network itself. */
export function addTwinOptions(command: Command): Command {
  command.option("--network <names>", NETWORKS_HELP, "net1");
  addNetworkOptions(command);
  addApproximationOptions(command, "half");
  return command.addOption(
    new Option(
      "--twin <file>",
      "the other network itself, of equal inputs and outputs, instead of an approximation",
    ).conflicts(["approximation", "bits"]),
  );
}

/** Every network beside the twin of the flags, or beside each of its approximations. */
export async function twinsOfFlags(flags: TwinFlags): Promise<NamedTwins[]> {
  const networks = await networksOf(flags);
  if (flags.twin !== undefined) {
    const twin = await loadNetwork(flags.twin, networkOptionsOf(flags));
    return networks.map((network) => ({
      twins: createTwins(network, twin),
      approximation: twin.name,
      label: `${network.name}, ${twin.name}`,
    }));
  }
  return pairsOf(networks, approximationsOf(flags)).map(({ network, approximation, label }) => ({
    twins: createTwins(network, approximate(network, approximation)),
    approximation: approximationName(approximation),
    label,
  }));
}
