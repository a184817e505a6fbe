#!/usr/bin/env node
import { Command } from "commander";
import { registerAccuracy } from "./accuracy";
import { registerAppMax } from "./appmax";
import { registerAssign } from "./assign";
import { registerAttribute } from "./attribute";
import { registerBench } from "./bench";
import { registerBounds } from "./bounds";
import { EXIT, watchOutput } from "./command";
import { registerCompletion } from "./completion";
import { registerData } from "./data";
import { registerDoctor } from "./doctor";
import { addExamples } from "./examples";
import { registerExecute } from "./execute";
import { registerExport } from "./export";
import { registerInstall } from "./install";
import { registerInterval } from "./interval";
import { registerList } from "./listExhibits";
import { registerProve } from "./prove";
import { registerReproduce } from "./reproduce";
import { registerResults } from "./results";
import { registerRun } from "./run";
import { registerStatus } from "./status";
import { registerTrain } from "./train";
import { version } from "./version";
import { registerWorst } from "./worst";

const EXIT_CODES = `
Exit codes: ${EXIT.done} done, ${EXIT.failed} failed, ${EXIT.usage} called wrongly, ${EXIT.unmet} --fail-above or --require \
does not hold, ${EXIT.interrupted} interrupted.`;

/** The `roundlab` command with all its subcommands. */
export function createProgram(): Command {
  const program = new Command("roundlab")
    .description("How far can a network's output move when its weights are rounded?")
    .version(version())
    .showHelpAfterError("(roundlab --help lists the commands)")
    .addHelpText("after", EXIT_CODES)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.usage));
  for (const register of [
    registerAppMax,
    registerBounds,
    registerInterval,
    registerProve,
    registerWorst,
    registerAssign,
    registerAttribute,
    registerAccuracy,
    registerList,
    registerReproduce,
    registerRun,
    registerStatus,
    registerExport,
    registerResults,
    registerExecute,
    registerData,
    registerTrain,
    registerInstall,
    registerDoctor,
    registerBench,
    registerCompletion,
  ]) {
    register(program);
  }
  addExamples(program);
  return program;
}

/** Runs the command line that this process was called with; `bin/roundlab.js` calls it. */
export function main(): void {
  watchOutput();
  void createProgram().parseAsync();
}

if (require.main === module) main();
