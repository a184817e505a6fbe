import type { Command } from "commander";
import { findProof, verdictOf } from "../lab/prove";
import { formatUpperBound } from "../present/numberFormat";
import { EXIT, runCommand } from "./command";
import { domainForJson, domainOfFlags } from "./domainOption";
import { parseEpsilon } from "./epsilonOption";
import {
  addIntervalOptions,
  optionsOf,
  printJson,
  printTable,
  type IntervalFlags,
} from "./interval";
import { twinsOfFlags } from "./twinOption";

interface ProveFlags extends IntervalFlags {
  readonly epsilon: string;
}

/** `roundlab prove`: whether no input of a box moves the outputs by more than ε. */
export function registerProve(program: Command): void {
  const command = program
    .command("prove")
    .description("whether E stays within epsilon over a box: proved, refuted or open")
    .requiredOption("--epsilon <value>", "what no input's E (L1 over the outputs) may exceed");
  addIntervalOptions(command).action((flags: ProveFlags) => runCommand(() => prove(flags)));
}

async function prove(flags: ProveFlags): Promise<number> {
  const epsilon = parseEpsilon(flags.epsilon);
  const options = optionsOf(flags);
  let areProved = true;
  for (const { label, twins } of await twinsOfFlags(flags)) {
    const domain = await domainOfFlags(flags, [twins.network]);
    const found = await findProof(twins, domain, { ...options, epsilon });
    const { outcome, smallest } = found;
    areProved &&= outcome === "proved";
    if (flags.json === true) {
      const where = domainForJson(domain, flags);
      printJson(twins, found, { ...where, outcome, epsilon, smallest });
    } else {
      printTable(twins, found, domain);
      const proved = `what is proved is E ≤ ${formatUpperBound(smallest)}`;
      process.stdout.write(`${label}: ${verdictOf(found)}; ${proved}\n\n`);
    }
  }
  return areProved ? EXIT.done : EXIT.unmet;
}
