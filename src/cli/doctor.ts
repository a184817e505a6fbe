import type { Command } from "commander";
import { examine, type Finding } from "../../kernel/install/doctor";
import { EXIT, runCommand } from "./command";

/** `roundlab doctor`: what is there, what is missing, and how to mend it. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("what RoundLab finds on this machine, what is missing, how to mend it")
    .option("--json", "one JSON object with all findings")
    .action((flags: { readonly json?: boolean }) =>
      runCommand(async () => {
        const findings = await examine();
        const isWell = findings.every(({ state }) => state !== "broken");
        process.stdout.write(
          flags.json === true
            ? `${JSON.stringify({ isWell, findings })}\n`
            : `${findings.map(describeFinding).join("\n")}\n`,
        );
        return isWell ? EXIT.done : EXIT.failed;
      }),
    );
}

const MARKS = { good: "good   ", missing: "missing", broken: "BROKEN " } as const;

function describeFinding({ name, state, detail, advice }: Finding): string {
  const first = `${MARKS[state]}  ${name.padEnd(11)} ${detail}`;
  return advice === "" ? first : `${first}\n${" ".repeat(21)} -> ${advice}`;
}
