import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ArgumentError } from "../../src/errors";

/**
 * Where a kernelspec goes: for this user, under a prefix, or under that of Jupyter's own Python.
 */
export type InstallPlace =
  | { readonly kind: "user" }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "sysPrefix" };

/** The folder in which Jupyter keeps what belongs to this user (`jupyter --data-dir`). */
export function userDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.JUPYTER_DATA_DIR) return environment.JUPYTER_DATA_DIR;
  const home = environment.HOME ?? homedir();
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- others follow XDG
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Jupyter");
    case "win32":
      return join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "jupyter");
    default:
      return join(environment.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
  }
}

/** The full path of a command, as the shell would find it. */
export function findCommand(
  name: string,
  path: string = process.env.PATH ?? "",
): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`, name] : [name];
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((each) => join(folder, each)));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The Python that the `jupyter` command runs on, else the first of the path. */
function findJupyterPython(): string | undefined {
  const jupyter = findCommand("jupyter");
  if (jupyter !== undefined && process.platform !== "win32") {
    const [firstLine] = readFileSync(jupyter, "latin1").split("\n", 1);
    const interpreter = /^#!\s*(\S*python\S*)/.exec(firstLine)?.[1];
    if (interpreter !== undefined) return interpreter;
  }
  return findCommand("python3") ?? findCommand("python");
}

/**
 * `sys.prefix` of the environment in use: a virtual one if it is active, else that of Jupyter's
 * Python.
 */
function findSysPrefix(): string {
  const active = process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
  if (active) return active;
  const python = findJupyterPython();
  if (python === undefined)
    throw new ArgumentError(
      "--sys-prefix needs a Python to ask for its prefix, but none is on the PATH; name the folder with --prefix",
    );
  const options = { encoding: "utf8" } as const;
  return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], options).trim();
}

/** The folder of kernelspecs of a place. */
export function kernelspecsFolder(place: InstallPlace): string {
  switch (place.kind) {
    case "user":
      return join(userDataFolder(), "kernels");
    case "prefix":
      return join(place.prefix, "share", "jupyter", "kernels");
    case "sysPrefix":
      return join(findSysPrefix(), "share", "jupyter", "kernels");
  }
}
