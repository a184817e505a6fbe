import { Option, type Command } from "commander";
import { ArgumentError } from "../errors";
import type { ImageSize } from "../network/architecture";
import type { LoadOptions } from "../network/load";
import { NORMALISATION_GRAMMAR, parseNormalisation } from "../network/normalisation";
import { plainText } from "../quoteName";

/** The flags that say of a network's file what it does not say itself. */
export interface NetworkFlags {
  readonly normalisation?: string;
  readonly normalization?: string;
  readonly image?: string;
  readonly architecture?: string;
}

/** What `--network` takes, for the help of every command that has it. */
export const NETWORK_HELP = "net1, net2, or the path of a .safetensors or .json file";

/** Adds `--normalisation`, `--image` and `--architecture` to a command that takes a network. */
export function addNetworkOptions(command: Command): Command {
  return command
    .option("--normalisation <how>", `of a file that does not say it: ${NORMALISATION_GRAMMAR}`)
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
    ...(normalisation === undefined ? {} : { normalisation: parseNormalisation(normalisation) }),
    ...(image === undefined ? {} : { imageSize: parseImageSize(image) }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

function parseImageSize(text: string): ImageSize {
  const sizes = text.split(/[x×]/).map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [height, width] = sizes;
  if (sizes.length === 2 && sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    return { height, width };
  }
  throw new ArgumentError(`--image takes HEIGHTxWIDTH, such as 32x32, found "${plainText(text)}"`);
}
