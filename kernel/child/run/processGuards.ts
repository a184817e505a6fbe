import { KernelInterrupted } from "./awaitGate";
import { describeThrown } from "./errors";
import type { CellExecutor } from "./execute";
import type { StackTraces } from "./stackTrace";

/** What `process.exit` throws in a cell. */
export class ProcessExit extends Error {
  override readonly name = "ProcessExit";
  constructor(code: number | string | null | undefined) {
    super(
      `process.exit(${code ?? ""}) was called; the kernel and its variables live on (restart the kernel to end it)`,
    );
  }
}

/** Makes errors that no cell catches, and exits, the running cell's business. */
export function installProcessGuards(executor: CellExecutor, traces: StackTraces): void {
  const report = (error: unknown): void => {
    // What an interrupt ended in the background has nobody to tell.
    if (error instanceof KernelInterrupted || executor.fail(error)) return;
    const { traceback } = describeThrown(error, traces);
    process.stderr.write(`after the cell had ended:\n${traceback.join("\n")}\n`);
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  process.exit = (code) => {
    throw new ProcessExit(code);
  };
}
