import { readFileSync } from "node:fs";
import { ArgumentError, FormatError } from "../../src/errors";
import { isObject } from "../../src/unknownValue";

/** The five sockets of a kernel, by their names in the protocol. */
export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Where a kernel listens and the key that signs its messages: the contents of a connection file.
 */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly ports: Readonly<Record<Channel, number>>;
  readonly key: string;
}

/** The ZeroMQ address of one socket. With `ipc`, `ip` is a path and the port its suffix. */
export function address(connection: Connection, channel: Channel): string {
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[channel]}`;
}

/**
 * Reads a connection file as Jupyter writes it.
 *
 * @throws FormatError if a field is missing or the signature scheme is not hmac-sha256
 */
export function parseConnection(text: string, source: string): Connection {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    throw new FormatError(
      `connection file ${source} is not JSON; is it still being written, or another file?`,
      { cause: error },
    );
  }
  if (!isObject(fields))
    throw new FormatError(`connection file ${source} is no JSON object; is it another file?`);
  const port = (channel: Channel): number => {
    const value = fields[`${channel}_port`];
    if (typeof value !== "number")
      throw new FormatError(
        `connection file ${source}: ${channel}_port should be a number, found ${JSON.stringify(value)}`,
      );
    return value;
  };
  const scheme = fields.signature_scheme ?? "hmac-sha256";
  if (scheme !== "hmac-sha256")
    throw new FormatError(
      `connection file ${source}: signature_scheme ${JSON.stringify(scheme)} is not supported; expected hmac-sha256`,
    );
  return {
    transport: String(fields.transport ?? "tcp"),
    ip: String(fields.ip ?? "127.0.0.1"),
    key: String(fields.key ?? ""),
    ports: {
      shell: port("shell"),
      iopub: port("iopub"),
      stdin: port("stdin"),
      control: port("control"),
      hb: port("hb"),
    },
  };
}

/** Reads a connection file from disk. */
export function loadConnection(path: string): Connection {
  return parseConnection(readFileSync(path, "utf8"), path);
}

/** Whether only processes of this machine reach the address. */
function isLoopback({ transport, ip }: Connection): boolean {
  return transport === "ipc" || /^(127(\.\d+){3}|\[?::1\]?|localhost)$/.test(ip);
}

/**
 * Refuses a connection without a key that other machines can reach: whoever sends a message there
 * runs code here.
 *
 * @returns a warning, if there is no key and only this machine reaches the kernel
 * @throws ArgumentError if there is no key and the address is not the loopback's
 */
export function refuseOpenDoor(connection: Connection, source: string): string | undefined {
  if (connection.key !== "") return undefined;
  if (isLoopback(connection))
    return `connection file ${source} has no key: every process of this machine can run code in this kernel`;
  throw new ArgumentError(
    `connection file ${source} has no key, and ${connection.ip} can be reached from other machines, ` +
      "which could run code here; give it a key, or use 127.0.0.1",
  );
}

/** The text of a connection file, for a client that starts a kernel. */
export function formatConnection(connection: Connection): string {
  const fields: Record<string, unknown> = {
    transport: connection.transport,
    ip: connection.ip,
    key: connection.key,
    signature_scheme: "hmac-sha256",
    kernel_name: "roundlab",
  };
  for (const channel of CHANNELS) fields[`${channel}_port`] = connection.ports[channel];
  return JSON.stringify(fields, null, 2);
}
