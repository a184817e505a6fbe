import type { Command } from "commander";
import { installKernelspec, uninstallKernelspec } from "../../kernel/install/kernelspec";
import type { InstallPlace } from "../../kernel/install/jupyterPaths";
import { ArgumentError } from "../errors";
import { EXIT, runCommand } from "./command";

interface PlaceFlags {
  readonly user?: boolean;
  readonly prefix?: string;
  readonly sysPrefix?: boolean;
}

/** `roundlab install` and `roundlab uninstall`: tell Jupyter of the kernel, or no longer. */
export function registerInstall(program: Command): void {
  addPlaceOptions(program.command("install").description("tell Jupyter of the kernel")).action(
    (flags: PlaceFlags) => runCommand(async () => install(flags)),
  );
  addPlaceOptions(
    program.command("uninstall").description("remove what install has written"),
  ).action((flags: PlaceFlags) => runCommand(async () => uninstall(flags)));
}

function addPlaceOptions(command: Command): Command {
  return command
    .option("--user", "for this user (the default)")
    .option("--prefix <folder>", "under <folder>/share/jupyter")
    .option("--sys-prefix", "for the active environment, or that of the jupyter command");
}

function placeOf(flags: PlaceFlags): InstallPlace {
  const given = [flags.user === true, flags.prefix !== undefined, flags.sysPrefix === true];
  if (given.filter(Boolean).length > 1)
    throw new ArgumentError("--user, --prefix and --sys-prefix exclude each other; give one");
  if (flags.prefix !== undefined) return { kind: "prefix", prefix: flags.prefix };
  return { kind: flags.sysPrefix === true ? "sysPrefix" : "user" };
}

function install(flags: PlaceFlags): number {
  const folder = installKernelspec(placeOf(flags));
  process.stdout.write(
    `TypeScript (RoundLab) is installed in ${folder}\nstart Jupyter and choose it, or: jupyter console --kernel roundlab\n`,
  );
  return EXIT.done;
}

function uninstall(flags: PlaceFlags): number {
  const folder = uninstallKernelspec(placeOf(flags));
  process.stdout.write(
    folder === undefined ? "there was nothing to remove\n" : `${folder} is removed\n`,
  );
  return EXIT.done;
}
