import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { sha256 } from "../dataset/checksum";
import { ArgumentError, InvariantError } from "../errors";
import { nearestFirst } from "../nearestNames";
import { EXHIBITS_PACKAGE, ownFolders } from "../packageRoot";
import { plainText, quoteName } from "../quoteName";
import { pathKind } from "../userFile";
import { parseArchitecture, type ArchitectureInput } from "./format/architecture";
import { fillPlan } from "./format/tensors";
import { parseNetworkJson } from "./format/json";
import type { Network } from "./network";
import type { Normalisation } from "./normalisation";
import { planNetwork, type InferOptions, type PlanOptions } from "./format/planNetwork";
import { loadArchitecture, readNetworkFile } from "./format/readNetworkFile";
import { readTensor } from "./format/safetensors";

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
   * The directory of the named networks; by default the package's `models`, then that of
   * `roundlab-exhibits`.
   */
  readonly models?: string;
  /**
   * The function that the weights of a file belong to which does not describe itself: an object, or
   * the path of a JSON file (docs/own-network.md).
   */
  readonly architecture?: ArchitectureInput | string;
  /** As `normalisation`, in American spelling. */
  readonly normalization?: Normalisation;
}

/**
 * A network by name (`net1`, `net2`: the package's own) or from a path to a `.safetensors` or
 * `.json` file.
 *
 * @throws ArgumentError listing the names there are if it is neither; FormatError or ShapeError if
 *   the file is not a network
 * @example
 * const net1 = await rl.loadNetwork("net1");
 */
export async function loadNetwork(nameOrPath: string, options: LoadOptions = {}): Promise<Network> {
  return (await readNetwork(nameOrPath, options)).network;
}

/** As `loadNetwork`, with the file's metadata and checksum. */
export async function loadNetworkFile(
  nameOrPath: string,
  options: LoadOptions = {},
): Promise<NetworkFile> {
  const { network, metadata, bytes } = await readNetwork(nameOrPath, options);
  return { network, metadata, checksum: sha256(bytes) };
}

interface ReadNetwork extends Omit<NetworkFile, "checksum"> {
  readonly bytes: Buffer;
}

async function readNetwork(nameOrPath: string, options: LoadOptions): Promise<ReadNetwork> {
  const path = await findNetwork(nameOrPath, options.models);
  const source = quoteName(basename(path));
  const given = await planOptions(options);
  const file = await readNetworkFile(path, source, ({ entries, metadata }) =>
    planNetwork({ tensors: entries, metadata }, source, given),
  );
  if (file.kind === "json") {
    refuseOptions(given, source);
    const text = file.bytes.toString("utf8").replace(/^\ufeff/, "");
    return { network: parseNetworkJson(text, source), metadata: {}, bytes: file.bytes };
  }
  const { bytes, header, plan } = file;
  const entries = new Map(header.entries.map((entry) => [entry.name, entry]));
  const name = plainText(basename(path, extname(path)), LONGEST_NAME);
  const network = fillPlan(plan, name, source, (tensor) => {
    const entry = entries.get(tensor);
    if (entry === undefined) throw new InvariantError(`${source} lost its tensor ${tensor}`);
    return readTensor(bytes, header, entry, source).values;
  });
  return { network, metadata: header.metadata, bytes };
}

/** Characters of a network's name: it stands in every table. */
const LONGEST_NAME = 100;

/** The options with the architecture read, if it is a path. */
async function planOptions({
  normalization,
  normalisation = normalization,
  imageSize,
  architecture,
}: LoadOptions) {
  const options = { normalisation, imageSize };
  if (architecture === undefined) return options;
  if (typeof architecture !== "string") {
    return { ...options, architecture: parseArchitecture(architecture, "the option architecture") };
  }
  const source = quoteName(basename(architecture));
  return { ...options, architecture: await loadArchitecture(architecture, source) };
}

/** A network as JSON says all; @throws ArgumentError if an option would say it twice */
function refuseOptions(options: PlanOptions, source: string): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new ArgumentError(
    `${source} is a whole network in JSON, so ${given[0]} would be said twice; leave the option out`,
  );
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

/** The file of a network by name, or of one by path. */
export async function findNetwork(nameOrPath: string, models: string | undefined): Promise<string> {
  if (/^[\w-]+$/.test(nameOrPath)) {
    for (const folder of models === undefined ? ownFolders("models") : [models]) {
      const named = join(folder, `${nameOrPath}.safetensors`);
      if ((await pathKind(named)) === "file") return named;
    }
  }
  const kind = await pathKind(nameOrPath);
  if (kind === "file") return nameOrPath;
  const names = nearestFirst(nameOrPath, await networkNames(models));
  const known =
    names.length === 0 ? "none here yet; `roundlab train net1` makes one" : names.join(", ");
  const elsewhere =
    nameOrPath === "net2" ? `net2 comes with the package ${EXHIBITS_PACKAGE}; install it, ` : "";
  if (kind === "folder") {
    throw new ArgumentError(
      `${quoteName(nameOrPath, 200)} is a folder; give a .safetensors or .json file in it, or one of ${known}`,
    );
  }
  throw new ArgumentError(
    `there is no network and no file "${plainText(nameOrPath, 200)}"; known networks: ${known}; ` +
      `${elsewhere}or give a path to a .safetensors or .json file`,
  );
}
