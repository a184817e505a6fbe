#!/usr/bin/env node
import { Command } from "commander";
import { registerAccuracy } from "./accuracy";
import { registerAppMax } from "./appmax";
import { registerBench } from "./bench";
import { EXIT } from "./command";
import { registerData } from "./data";
import { registerDoctor } from "./doctor";
import { registerExecute } from "./execute";
import { registerExport } from "./export";
import { registerInstall } from "./install";
import { registerReproduce } from "./reproduce";
import { registerRun } from "./run";
import { registerStatus } from "./status";
import { registerTrain } from "./train";
import { version } from "./version";

/** The `roundlab` command with all its subcommands. */
export function createProgram(): Command {
  const program = new Command("roundlab")
    .description("How far can a network's output move when its weights are rounded?")
    .version(version())
    .showHelpAfterError("(roundlab --help lists the commands)");
  for (const register of [
    registerAppMax,
    registerAccuracy,
    registerReproduce,
    registerRun,
    registerStatus,
    registerExport,
    registerExecute,
    registerData,
    registerTrain,
    registerInstall,
    registerDoctor,
    registerBench,
  ]) {
    register(program);
  }
  return program;
}

/** Runs the command line that this process was called with; `bin/roundlab.js` calls it. */
export function main(): void {
  /* A closed pipe (`roundlab … | head`) is the reader's choice, not an error. */
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  void createProgram().parseAsync();
}

if (require.main === module) main();
