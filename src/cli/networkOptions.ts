import { Option, type Command } from "commander";
import { ArgumentError } from "../errors";
import type { ImageSize } from "../network/format/architecture";
import { loadNetwork, type LoadOptions } from "../network/load";
import type { Network } from "../network/network";
import {
  NORMALISATION_GRAMMAR,
  parseNormalisation,
  readNormalisationField,
  type Normalisation,
} from "../network/normalisation";
import { plainText, quoteName } from "../quoteName";
import { pathKind } from "../userFile";
import { readJsonFile } from "./jsonFile";
import { parseList, refuseTwice } from "./list";

/** The flags that say of a network's file what it does not say itself. */
export interface NetworkFlags {
  readonly normalisation?: string;
  readonly normalization?: string;
  readonly image?: string;
  readonly architecture?: string;
}

/** What `--network` takes, for the help of every command that has it. */
export const NETWORK_HELP = "net1, net2, or the path of a .safetensors or .json file";

/** The same for commands that take several. */
export const NETWORKS_HELP = `one or more, separated by commas: ${NETWORK_HELP}`;

/** What `--normalisation` takes, for its help. */
const NORMALISATION_HELP =
  `${NORMALISATION_GRAMMAR}; or a .json file with mean and deviation, each a number or one for ` +
  "each input or channel";

/** Adds `--normalisation`, `--image` and `--architecture` to a command that takes a network. */
export function addNetworkOptions(command: Command): Command {
  return command
    .option("--normalisation <how>", `of a file that does not say it: ${NORMALISATION_HELP}`)
    .addOption(new Option("--normalization <how>", "as --normalisation").hideHelp())
    .option("--image <size>", "height and width of the images it takes, such as 32x32")
    .option(
      "--architecture <file>",
      "the layers that its weights belong to, as JSON (docs/own-network.md)",
    );
}

/** What the flags say; @throws ArgumentError quoting one that cannot be read. */
export function networkOptionsOf(flags: NetworkFlags): LoadOptions {
  const { normalisation = flags.normalization, image, architecture } = flags;
  return {
    ...(normalisation === undefined ? {} : { normalisation: normalisationOf(normalisation) }),
    ...(image === undefined ? {} : { imageSize: parseImageSize(image) }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

/**
 * The networks of a command that takes several, all loaded before any is used.
 *
 * @throws ArgumentError if two have one name; what `loadNetwork` throws
 */
export async function networksOf(
  flags: NetworkFlags & { readonly network: string },
): Promise<Network[]> {
  const options = networkOptionsOf(flags);
  // A file may have a comma in its own name.
  const isOneFile = flags.network.includes(",") && (await pathKind(flags.network)) === "file";
  const names = isOneFile ? [flags.network] : parseList(flags.network, "--network");
  const networks: Network[] = [];
  for (const name of names) networks.push(await loadNetwork(name, options));
  refuseTwice(
    networks.map(({ name }) => name),
    "--network",
  );
  return networks;
}

/** What `--normalisation` says; a .json file is read for lists of numbers. */
function normalisationOf(text: string): Normalisation {
  if (!text.endsWith(".json")) return parseNormalisation(text);
  const place = `--normalisation ${quoteName(text)}`;
  const example = '{"mean": [0.5, …], "deviation": 0.25}';
  return readNormalisationField(readJsonFile(text, place, example), place);
}

function parseImageSize(text: string): ImageSize {
  const sizes = text.split(/[x×]/).map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [height, width] = sizes;
  if (sizes.length === 2 && sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    return { height, width };
  }
  throw new ArgumentError(`--image takes HEIGHTxWIDTH, such as 32x32, found "${plainText(text)}"`);
}
