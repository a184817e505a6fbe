import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StoreError, messageOf } from "../../src/errors";
import { PLOTLY_IN_KERNELSPEC } from "../../src/present/figure/figureHtml";
import { findPlotly } from "../../src/present/figure/plotlyScript";
import { describeSystemError } from "../../src/systemError";
import { kernelScript } from "../execute/kernelProcess";
import { kernelspecsFolder, type InstallPlace } from "./jupyterPaths";
import { logoPng, logoSvg } from "./logo";
import { isList, membersOf } from "../../src/unknownValue";

/** The kernel's name in Jupyter, and how it is shown. */
export const KERNEL_NAME = "roundlab";
export const KERNEL_DISPLAY_NAME = "TypeScript (RoundLab)";

/** What a `kernel.json` says. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The kernelspec of this copy of RoundLab under this Node. */
export function createKernelspec(): Kernelspec {
  return {
    argv: [process.execPath, kernelScript(), "{connection_file}"],
    display_name: KERNEL_DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** The folder of the kernelspec in a place. */
export function kernelspecFolder(place: InstallPlace): string {
  return join(kernelspecsFolder(place), KERNEL_NAME);
}

/**
 * Writes the kernelspec, its logos, and the library that figures in classic Notebook need.
 *
 * @returns its folder
 * @throws StoreError if the folder cannot be written
 */
export function installKernelspec(place: InstallPlace): string {
  const folder = kernelspecFolder(place);
  if (!existsSync(kernelScript()))
    throw new StoreError(
      `the kernel is not built: ${kernelScript()} is missing; run npm run build`,
    );
  const fresh = join(dirname(folder), `.${KERNEL_NAME}.${process.pid}`);
  try {
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, "kernel.json"), JSON.stringify(createKernelspec(), null, 1) + "\n");
    writeFileSync(join(fresh, "logo-32x32.png"), logoPng(32));
    writeFileSync(join(fresh, "logo-64x64.png"), logoPng(64));
    writeFileSync(join(fresh, "logo-svg.svg"), logoSvg());
    copyFileSync(findPlotly(), join(fresh, basename(PLOTLY_IN_KERNELSPEC)));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    if (existsSync(fresh)) rmSync(fresh, { recursive: true });
    throw new StoreError(
      `the kernelspec cannot be written to ${folder}: ${reasonOf(error)}; ` +
        "try --user, or --prefix with a folder of yours",
      { cause: error },
    );
  }
  return folder;
}

function reasonOf(error: unknown): string {
  return describeSystemError(error) ?? messageOf(error);
}

/** What of an installed kernelspec is looked at; nothing if there is none. */
export function loadKernelspec(
  folder: string,
): Pick<Kernelspec, "argv" | "display_name"> | undefined {
  const file = join(folder, "kernel.json");
  if (!existsSync(file)) return undefined;
  const advice = "run roundlab install to write it anew";
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StoreError(`${file} is not JSON; ${advice}`, { cause: error });
  }
  const { argv, display_name } = membersOf<Kernelspec>(value);
  if (!isList(argv) || !argv.every((word) => typeof word === "string"))
    throw new StoreError(`${file}: "argv" should be a list of texts; ${advice}`);
  if (typeof display_name !== "string")
    throw new StoreError(`${file}: "display_name" should be a text; ${advice}`);
  return { argv, display_name };
}

/**
 * Removes the kernelspec from a place.
 *
 * @returns its folder, or nothing if there was none
 */
export function uninstallKernelspec(place: InstallPlace): string | undefined {
  const folder = kernelspecFolder(place);
  if (!existsSync(folder)) return undefined;
  try {
    rmSync(folder, { recursive: true });
  } catch (error) {
    throw new StoreError(`${folder} cannot be removed: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return folder;
}
