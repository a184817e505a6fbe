import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelError } from "../../src/errors";
import { packageRoot } from "../../src/packageRoot";
import { formatConnection, type Connection } from "../protocol/connection";
import { freePorts } from "./freePorts";
import { beforeEnd, createPrivateFolder } from "./privateFolder";

/** A kernel that was started for us alone. */
export interface KernelProcess {
  readonly processId: number | undefined;
  readonly connection: Connection;
  /** Rejects, with the kernel's last words, when its process ends before `end` is called. */
  readonly ended: Promise<never>;
  /**
   * Waits until the process has ended, after `ask` has told it to; ends it if it takes too long.
   */
  end(ask: () => void): Promise<void>;
}

/** What else than the kernel of this package can be started, and where its key and sockets go. */
export interface StartOptions {
  readonly script?: string;
  /** The folder in which a private one is made: that of temporary files. */
  readonly temporary?: string;
}

/** The server's script as it is built. */
export function kernelScript(): string {
  return join(packageRoot(), "dist", "kernel", "server", "main.js");
}

/** The most bytes that the path of a Unix socket may have (104 on macOS), less one for its end. */
const SOCKET_PATH_SIZE = 103;

/**
 * Where the kernel shall listen: at sockets in the folder, or on this machine's loopback address.
 */
async function createConnection(folder: string): Promise<Connection> {
  const key = randomUUID();
  const ip = join(folder, "kernel");
  const doFilesFit = Buffer.byteLength(`${ip}-5`) <= SOCKET_PATH_SIZE;
  // Sockets in a folder of our own need no port that another process might take first.
  if (process.platform !== "win32" && doFilesFit)
    return {
      transport: "ipc",
      ip,
      ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 },
      key,
    };
  const [shell, iopub, stdin, control, hb] = await freePorts(5);
  return { transport: "tcp", ip: "127.0.0.1", ports: { shell, iopub, stdin, control, hb }, key };
}

/** How long a kernel may take to end after it was told to. */
const SHUT_DOWN_MILLISECONDS = 3000;
/** What of a kernel's stderr is kept for the error that tells of its end, in characters. */
const LAST_WORDS_SIZE = 4096;

/** Passes the kernel's stderr on, and keeps its end. */
function listenToErrors(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (text: string) => {
    words = (words + text).slice(-LAST_WORDS_SIZE);
    process.stderr.write(text);
  });
  return () => words.trim();
}

function describeEnd(code: number | null, signal: string | null, words: string): KernelError {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const said = words === "" ? "it said nothing" : `its last words:\n${words}`;
  return new KernelError(`the kernel's process ended ${how}; ${said}`);
}

/**
 * Starts a kernel process; see `connectKernel` for talking to it.
 *
 * @param folder  the folder that cells run in: the notebook's
 */
export async function startKernelProcess(
  folder: string,
  { script = kernelScript(), temporary = tmpdir() }: StartOptions = {},
): Promise<KernelProcess> {
  const privateFolder = createPrivateFolder(temporary);
  const connection = await createConnection(privateFolder.path);
  const connectionFile = join(privateFolder.path, "connection.json");
  writeFileSync(connectionFile, formatConnection(connection), { mode: 0o600 });
  const child = spawn(process.execPath, [script, connectionFile], {
    cwd: folder,
    stdio: ["ignore", "inherit", "pipe"],
    // In a group of its own, so that Ctrl-C in a terminal reaches us alone: we say what becomes of
    // the cell.
    detached: process.platform !== "win32",
    env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
  });
  const lastWords = listenToErrors(child);
  const release = beforeEnd(() => child.kill("SIGTERM"));
  let isClosing = false;
  // "close" comes when also the last of stderr has been read, unlike "exit".
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ended = new Promise<never>((_, reject) => {
    child.once("close", (code, signal) => {
      if (!isClosing) reject(describeEnd(code, signal, lastWords()));
    });
    child.once("error", (error) =>
      reject(new KernelError(`the kernel cannot be started: ${error.message}`, { cause: error })),
    );
  });
  ended.catch(() => undefined);
  return {
    processId: child.pid,
    connection,
    ended,
    end: async (ask) => {
      isClosing = true;
      const isRunning = child.exitCode === null && child.signalCode === null;
      if (isRunning && child.pid !== undefined) {
        ask();
        const timer = setTimeout(() => child.kill("SIGKILL"), SHUT_DOWN_MILLISECONDS);
        await closed;
        clearTimeout(timer);
      }
      release();
      privateFolder.remove();
    },
  };
}
