import type * as RoundLab from "../../../src/index";
import type * as TslabJupyter from "tslab/dist/jupyter";
import type { DisplayApi } from "../show/displayApi";
import type { ModuleLoader } from "../modules/modules";
import type { CellSession } from "./session";

/**
 * Puts the functions of globals.ts where cells find them; a cell may give their names a new
 * meaning.
 */
export function installGlobals(
  api: DisplayApi,
  loader: ModuleLoader,
  signal: () => AbortSignal,
): void {
  for (const [name, value] of Object.entries(api))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  let library: typeof RoundLab | undefined;
  Object.defineProperty(globalThis, "rl", {
    // Loaded when the first cell asks for it: a kernel must start fast.
    get: () => (library ??= loader.require("roundlab") as typeof RoundLab),
    configurable: true,
  });
  Object.defineProperty(globalThis, "cellSignal", { get: signal, configurable: true });
}

/** The library that cells get by its name: the one that this kernel belongs to. */
export function loadLibrary(): object {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a kernel must start fast
  return require("../../../src/index");
}

/** tslab's own display functions, for notebooks that import them from "tslab". */
export function loadTslabDisplay(session: CellSession): unknown {
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded only for a cell that asks */
  const jupyter = require("tslab/dist/jupyter") as {
    lastWriteDisplayData: typeof TslabJupyter.lastWriteDisplayData;
  };
  jupyter.lastWriteDisplayData = ({ data, metadata, transient }, update) =>
    session.send({
      kind: "display",
      data: { ...data },
      metadata: { ...metadata },
      displayId: transient?.display_id,
      isUpdate: update === true,
    });
  return require("tslab") as unknown;
  /* eslint-enable @typescript-eslint/no-require-imports */
}
