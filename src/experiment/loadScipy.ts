import { execFile } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BoxProgram } from "../lp/program";
import { packageRoot } from "../packageRoot";
import { completeProgramParts } from "./completeProgram";
import { messageOf } from "../errors";

const run = promisify(execFile);

/** SciPy's `linprog(method="highs")`, reached through python3. */
export interface Scipy {
  readonly version: string;
  /**
   * Solves the complete program, rows at unit norm and cost at order one.
   *
   * @param isTight  ask for tolerances of 1e-10 instead of SciPy's own 1e-7
   */
  solve(program: BoxProgram, isTight: boolean): Promise<ScipyAnswer>;
}

export interface ScipyAnswer {
  /** The maximum, or null if SciPy found none. */
  readonly value: number | null;
  /** Of `linprog` alone: writing and reading the program does not count. */
  readonly milliseconds: number;
  readonly iterations: number;
  /** SciPy's own code, 0 for success. */
  readonly status: number;
  readonly message: string;
}

/** SciPy if this machine has it, or else why not. */
export type FoundScipy =
  | { readonly kind: "found"; readonly scipy: Scipy }
  | { readonly kind: "missing"; readonly reason: string };

export async function loadScipy(python = "python3"): Promise<FoundScipy> {
  const script = join(packageRoot(), "bench", "lp", "scipyReference.py");
  if (!existsSync(script)) {
    return { kind: "missing", reason: "bench/lp/scipyReference.py is not part of this copy" };
  }
  try {
    const { version } = await runScript<{ version: string }>(python, [script, "--version"]);
    const solve = (program: BoxProgram, isTight: boolean): Promise<ScipyAnswer> =>
      withProgramFile(program, (path) =>
        runScript(python, isTight ? [script, path, "--tight"] : [script, path]),
      );
    return { kind: "found", scipy: { version, solve } };
  } catch (error) {
    const message = messageOf(error);
    const last = message.trim().split("\n").pop() ?? message;
    return { kind: "missing", reason: `${python} cannot import scipy: ${last}` };
  }
}

async function runScript<T>(python: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(python, [...args], { maxBuffer: 1 << 24 });
  // The script is ours and prints one object.
  return JSON.parse(stdout) as T;
}

async function withProgramFile<T>(
  program: BoxProgram,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "roundlab-scipy-"));
  try {
    const path = join(folder, "program.bin");
    const file = openSync(path, "w");
    for (const part of completeProgramParts(program)) writeSync(file, part);
    closeSync(file);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
