import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { sha256 } from "../dataset/checksum";
import { ArgumentError } from "../errors";
import { EXHIBITS_PACKAGE, ownFolders } from "../packageRoot";
import { pathKind, readUserFile } from "../userFile";
import { networkFromTensors } from "./format";
import type { InferOptions } from "./formatInfer";
import { parseNetworkJson } from "./formatJson";
import type { Network } from "./network";
import { parseSafetensors } from "./safetensors";

/** A network with what its file says beside the weights. */
export interface NetworkFile {
  readonly network: Network;
  /**
   * The file's metadata: recipe, seed, accuracy, … as far as it was given them; empty for JSON
   * files.
   */
  readonly metadata: Readonly<Record<string, string>>;
  /** SHA-256 of the file, hexadecimal. */
  readonly checksum: string;
}

export interface LoadOptions extends InferOptions {
  /**
   * The directory of the named networks; by default the package's `models`, then that of `roundlab-
   * exhibits`.
   */
  readonly models?: string;
}

/**
 * A network by name (`net1`, `net2`: the package's own) or from a path to a `.safetensors` or
 * `.json` file.
 *
 * @throws ArgumentError listing the names there are if it is neither; FormatError or ShapeError if
 *   the file is not a network
 */
export async function loadNetwork(nameOrPath: string, options: LoadOptions = {}): Promise<Network> {
  return (await loadNetworkFile(nameOrPath, options)).network;
}

/** As `loadNetwork`, with the file's metadata and checksum. */
export async function loadNetworkFile(
  nameOrPath: string,
  options: LoadOptions = {},
): Promise<NetworkFile> {
  const path = await findNetwork(nameOrPath, options.models);
  const bytes = await readUserFile(path);
  const checksum = sha256(bytes);
  const source = basename(path);
  if (extname(path) === ".json") {
    const network = parseNetworkJson(bytes.toString("utf8"), source);
    return { network, metadata: {}, checksum };
  }
  const file = parseSafetensors(bytes, source);
  const name = basename(path, extname(path));
  const network = networkFromTensors(file, { ...options, name, source });
  return { network, metadata: file.metadata, checksum };
}

/** The names of the networks in a directory, or of those that come with RoundLab, in order. */
export async function networkNames(models?: string): Promise<string[]> {
  const folders = models === undefined ? ownFolders("models") : [models];
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return names
    .flat()
    .filter((name) => name.endsWith(".safetensors"))
    .map((name) => basename(name, ".safetensors"))
    .sort();
}

async function findNetwork(nameOrPath: string, models: string | undefined): Promise<string> {
  if (/^[\w-]+$/.test(nameOrPath)) {
    for (const folder of models === undefined ? ownFolders("models") : [models]) {
      const named = join(folder, `${nameOrPath}.safetensors`);
      if ((await pathKind(named)) === "file") return named;
    }
  }
  const kind = await pathKind(nameOrPath);
  if (kind === "file") return nameOrPath;
  const names = await networkNames(models);
  const known =
    names.length === 0 ? "none here yet; `roundlab train net1` makes one" : names.join(", ");
  const elsewhere =
    nameOrPath === "net2" ? `net2 comes with the package ${EXHIBITS_PACKAGE}; install it, ` : "";
  if (kind === "folder") {
    throw new ArgumentError(
      `${nameOrPath} is a folder; give a .safetensors or .json file in it, or one of ${known}`,
    );
  }
  throw new ArgumentError(
    `there is no network and no file "${nameOrPath}"; known networks: ${known}; ` +
      `${elsewhere}or give a path to a .safetensors or .json file`,
  );
}
