import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/**
 * Writes what a bench found to bench/results/SUBJECT-NAME.json, with the machine it was found on.
 */
export function writeResult(name: string, found: object, subject = "lp"): void {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
  };
  const folder = join(__dirname, "..", "results");
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ machine, ...found }, null, 2);
  writeFileSync(join(folder, `${subject}-${name}.json`), `${text}\n`);
}
