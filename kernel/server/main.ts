import { dirname } from "node:path";
import { ArgumentError, FormatError } from "../../src/errors";
import { packageRoot, packageVersion } from "../../src/packageRoot";
import { loadConnection, refuseOpenDoor } from "../protocol/connection";
import { createSender } from "../protocol/message";
import { createKernelInfo } from "./kernelInfo";
import { createKernel } from "./kernel";
import { createLog } from "./log";
import { watchParent } from "./watchParent";
import { openSockets, type Sockets } from "./sockets";

/** The version of TypeScript that cells are written in: that of the compiler under tslab. */
function compilerVersion(): string {
  const paths = [require.resolve("tslab/package.json")];
  return packageVersion(
    dirname(require.resolve("@tslab/typescript-for-tslab/package.json", { paths })),
  );
}

/**
 * Starts a kernel for one connection file and serves it until it is told to shut down.
 *
 * The cell process is started before the sockets are bound, because it takes longest.
 */
async function main(connectionFile: string | undefined): Promise<void> {
  if (connectionFile === undefined) {
    process.stderr.write("usage: node main.js CONNECTION_FILE\n");
    process.exit(2);
  }
  const log = createLog();
  const connection = loadConnection(connectionFile);
  const warning = refuseOpenDoor(connection, connectionFile);
  if (warning !== undefined) log.write(warning);
  const info = createKernelInfo(packageVersion(packageRoot()), compilerVersion());
  // The kernel is made, and its cell process started, before there are sockets to answer on.
  const open: { sockets?: Sockets } = {};
  const kernel = createKernel(createSender("kernel"), info, {
    send: (channel, message) => open.sockets?.send(channel, message),
    publish: (message) => open.sockets?.publish(message),
    log: (text) => log.write(text),
    shutDown: () => void open.sockets?.close().then(() => process.exit(0)),
  });
  // A fault of the server's own is told, but must not cost the user's variables.
  process.on("uncaughtException", (error) => log.write(error.stack ?? String(error)));
  process.on("SIGINT", () => kernel.interrupt());
  const end = (): never => {
    kernel.close();
    process.exit(0);
  };
  process.on("SIGTERM", end);
  watchParent(end);
  open.sockets = await openSockets(connection, {
    receive: (channel, message) => kernel.receive(channel, message),
    refuse: (channel, reason) => log.refused(channel, reason),
  });
}

main(process.argv[2]).catch((error: unknown) => {
  const isForeseen = error instanceof FormatError || error instanceof ArgumentError;
  const text = isForeseen || !(error instanceof Error) ? String(error) : error.stack;
  process.stderr.write(`roundlab kernel: ${text}\n`);
  process.exit(1);
});
