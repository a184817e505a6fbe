import { open, type FileHandle } from "node:fs/promises";
import { ArgumentError, FormatError, messageOf } from "../../errors";
import { plainText, quoteName } from "../../quoteName";
import { pathKind, readUserFile } from "../../userFile";
import { parseArchitecture, type Architecture } from "./architecture";
import { foreignFormat, HEAD_SIZE, isJson } from "./foreignFile";
import type { NetworkPlan } from "./planNetwork";
import {
  parseSafetensorsHeader,
  safetensorsHeaderSize,
  type SafetensorsHeader,
} from "./safetensorsHeader";

/** The largest file that is read into memory as a whole: Node.js reads no larger one at once. */
const LARGEST_FILE = 2 ** 31 - 1;
/** JSON networks are for people; a larger one belongs into safetensors. */
const LARGEST_JSON = 2 ** 28;

/** A file of a network, as far as it had to be read to know that it is worth reading. */
export type NetworkBytes =
  | { readonly kind: "json"; readonly bytes: Buffer }
  | {
      readonly kind: "safetensors";
      readonly bytes: Buffer;
      readonly header: SafetensorsHeader;
      readonly plan: NetworkPlan;
    };

/**
 * The bytes of a network's file. What it is, its header and all sizes are looked at first: a file
 * that cannot be a network is refused before its body is read, however large it is.
 *
 * @param planOf  the network that a safetensors header announces; throws if it is none
 * @throws FormatError saying what the file is, by its first bytes; what the system says if it
 *   cannot be read
 */
export async function readNetworkFile(
  path: string,
  source: string,
  planOf: (header: SafetensorsHeader) => NetworkPlan,
): Promise<NetworkBytes> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = await readStart(file, Math.min(size, HEAD_SIZE));
    const foreign = foreignFormat(head);
    if (foreign !== undefined) {
      throw new FormatError(`${source} is ${foreign.name}: ${foreign.advice}`);
    }
    if (isJson(head)) {
      refuseLarger(size, LARGEST_JSON, source);
      return { kind: "json", bytes: await readStart(file, size) };
    }
    refuseUnknown(head, source);
    const headerSize = safetensorsHeaderSize(head, size, source);
    const start = await readStart(file, 8 + headerSize);
    const header = parseSafetensorsHeader(start, size, source);
    const plan = planOf(header);
    refuseLarger(size, LARGEST_FILE, source);
    return { kind: "safetensors", bytes: await readStart(file, size), header, plan };
  } finally {
    await file.close();
  }
}

/** An architecture is written by hand. */
const LARGEST_ARCHITECTURE = 2 ** 20;

/** An architecture from a file; @throws FormatError or ArgumentError naming the file */
export async function loadArchitecture(path: string, source: string): Promise<Architecture> {
  if ((await pathKind(path)) !== "file") {
    throw new ArgumentError(
      `there is no file ${quoteName(path, 200)}; an architecture is a JSON file, see ` +
        "docs/own-network.md",
    );
  }
  const bytes = await readUserFile(path, LARGEST_ARCHITECTURE);
  return parseArchitectureText(bytes.toString("utf8"), source);
}

function parseArchitectureText(text: string, source: string): Architecture {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    const reason = plainText(messageOf(cause), 120);
    throw new FormatError(`${source}: an architecture is JSON, this is none (${reason})`, {
      cause,
    });
  }
  return parseArchitecture(value, source);
}

/** A safetensors header is a JSON object: what opens it stands behind its 8 bytes of size. */
function refuseUnknown(head: Buffer, source: string): void {
  if (head.length <= 8 || head[8] === 0x7b) return;
  const found = [...head.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, "0"));
  throw new FormatError(
    `${source} is neither safetensors nor JSON; it starts with the bytes ${found.join(" ")}; ` +
      "docs/own-network.md says what is read",
  );
}

async function readStart(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  // A file that grows shorter while it is read yields less than was asked for.
  while (filled < size) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function refuseLarger(size: number, largest: number, source: string): void {
  if (size <= largest) return;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  throw new FormatError(
    `${source} has ${megabytes(size)}; files up to ${megabytes(largest)} are read`,
  );
}
