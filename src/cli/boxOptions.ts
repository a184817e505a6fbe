import type { Command } from "commander";
import { DATA_DOMAIN, toDomain, type Domain } from "../analyse/domain";
import { createTwins, type Twins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { pointOf } from "../dataset/dataset";
import { openPoints } from "../dataset/openPoints";
import { isPointSet } from "../dataset/pointSet";
import { checkImages } from "../experiment/checkImages";
import { ArgumentError } from "../errors";
import { loadNetwork } from "../network/load";
import type { Network } from "../network/network";
import { quoteName } from "../quoteName";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import { addDataOption } from "./dataOption";
import { DOMAIN_HELP, domainOfOption } from "./domainOption";
import { readJsonFile } from "./jsonFile";
import {
  addNetworkOptions,
  NETWORK_HELP,
  networkOptionsOf,
  type NetworkFlags,
} from "./networkOptions";
import { pairsOf } from "./pairs";

/** The flags that say which two networks are compared, over which box. */
export interface TwinBoxFlags extends NetworkFlags, ApproximationFlags {
  readonly network: string;
  readonly twin?: string;
  readonly data: string;
  readonly domain?: string;
  readonly box?: string;
  readonly center?: string;
  readonly radius?: string;
}

/** Adds what says which twins and which box to a command. */
export function addTwinBoxOptions(command: Command): Command {
  command
    .option("--network <name>", NETWORK_HELP, "net1")
    .option("--twin <file>", "Ñ, any network of equal inputs and outputs; instead of rounding");
  addNetworkOptions(command);
  addApproximationOptions(command, "half");
  return addDataOption(command)
    .option("--domain <box>", `where inputs may lie, pixels by default: ${DOMAIN_HELP}`)
    .option("--box <file>", "a .json file with lower and upper, as --domain takes it")
    .option("--center <file>", "a ball: a .json list of inputs, or a .npy file of one point")
    .option("--radius <value>", "of the ball, in every input; a --domain cuts it off");
}

/** The twins that the flags name, each with a label: one, or one for each approximation. */
export async function twinsOfFlags(
  flags: TwinBoxFlags,
): Promise<{ label: string; twins: Twins }[]> {
  const options = networkOptionsOf(flags);
  const network = await loadNetwork(flags.network, options);
  if (flags.twin !== undefined) {
    const twin = await loadNetwork(flags.twin, options);
    return [{ label: `${network.name}, ${twin.name}`, twins: createTwins(network, twin) }];
  }
  return pairsOf([network], approximationsOf(flags)).map(({ label, approximation }) => ({
    label,
    twins: createTwins(network, approximate(network, approximation)),
  }));
}

/**
 * The box of the flags: a domain, a file, or a ball, which a domain cuts off where one is given.
 *
 * @throws ArgumentError naming the flags that do not go together or the file that holds no box
 */
export async function domainOfFlags(flags: TwinBoxFlags, network: Network): Promise<Domain> {
  const { domain, box, center, radius } = flags;
  const { inputSize } = network;
  if (box !== undefined && (domain !== undefined || center !== undefined)) {
    throw new ArgumentError("--box says the whole box; leave --domain and --center out");
  }
  if ((center === undefined) !== (radius === undefined)) {
    throw new ArgumentError("a ball takes both: --center FILE and --radius VALUE");
  }
  if (box !== undefined) {
    if (box.endsWith(".json")) return domainOfOption(box);
    throw new ArgumentError(`--box ${quoteName(box)}: expected a .json file with lower and upper`);
  }
  if (center === undefined || radius === undefined) return domainOf(flags, network);
  const reach = Number(radius);
  if (radius.trim() === "" || !Number.isFinite(reach) || reach < 0) {
    throw new ArgumentError(`--radius takes a number from 0, found ${quoteName(radius)}`);
  }
  const x = await readCenter(center);
  if (x.length !== inputSize) {
    throw new ArgumentError(
      `--center ${quoteName(center)} has ${x.length} numbers, but the network takes ${inputSize}`,
    );
  }
  const ball = { lower: x.map((value) => value - reach), upper: x.map((value) => value + reach) };
  return toDomain(
    domain === undefined ? ball : cutOff(ball, await domainOf(flags, network), center),
  );
}

/** Data are opened only where the box is theirs. */
async function domainOf(
  { domain = "pixels", data }: TwinBoxFlags,
  network: Network,
): Promise<Domain> {
  if (domain !== DATA_DOMAIN) return domainOfOption(domain);
  const dataset = await openPoints(data);
  checkImages(network, dataset);
  return domainOfOption(domain, dataset);
}

async function readCenter(file: string): Promise<number[]> {
  if (!file.toLowerCase().endsWith(".npy")) {
    const found: unknown = readJsonFile(file, `--center ${quoteName(file)}`, "[0, 0.5, …]");
    if (Array.isArray(found) && found.every((value) => typeof value === "number")) return found;
    throw new ArgumentError(`--center ${quoteName(file)}: expected a list of numbers`);
  }
  const points = await openPoints(file);
  if (points.count === 1) {
    return Array.from(isPointSet(points) ? points.values : pointOf(points, 0));
  }
  throw new ArgumentError(`--center ${quoteName(file)} holds ${points.count} points, expected one`);
}

function cutOff(
  { lower, upper }: { readonly lower: readonly number[]; readonly upper: readonly number[] },
  domain: Domain,
  center: string,
): { lower: number[]; upper: number[] } {
  const endAt = (ends: number | Float64Array, input: number): number =>
    typeof ends === "number" ? ends : ends[input];
  const cut = {
    lower: lower.map((low, input) => Math.max(low, endAt(domain.lower, input))),
    upper: upper.map((high, input) => Math.min(high, endAt(domain.upper, input))),
  };
  const odd = cut.lower.findIndex((low, input) => !(low <= cut.upper[input]));
  if (odd === -1) return cut;
  throw new ArgumentError(
    `--center ${quoteName(center)}: input ${odd} of the ball lies outside --domain altogether`,
  );
}

/** @throws ArgumentError unless it is a number of seconds above 0 */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new ArgumentError(`--time takes seconds above 0, found ${quoteName(text)}`);
}
