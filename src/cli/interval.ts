import type { Command } from "commander";
import type { Domain } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { BOUND_METHOD_GRAMMAR, boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { widthOf } from "../claim/enclosure";
import { findInterval } from "../lab/interval";
import { intervalTable, type IntervalFound } from "../lab/intervalTable";
import { assumptionsOf } from "../network/assumptions";
import { renderText } from "../present/table/showTable";
import { EXIT, parseSeconds, runCommand } from "./command";
import { addDataOption } from "./dataOption";
import { addDomainOptions, domainForJson, domainOfFlags, type DomainFlags } from "./domainOption";
import { addTwinOptions, twinsOfFlags, type TwinFlags } from "./twinOption";

/** The flags of commands that find both sides. */
export interface IntervalFlags extends TwinFlags, DomainFlags {
  readonly time: string;
  readonly method: string;
  readonly json?: boolean;
}

/** Adds what both commands take beside twins and a box. */
export function addIntervalOptions(command: Command): Command {
  return addDomainOptions(addDataOption(addTwinOptions(command)))
    .option("--time <seconds>", "for both sides together; the first bound is always finished", "10")
    .option("--method <name>", BOUND_METHOD_GRAMMAR, DEFAULT_METHOD)
    .option("--json", "one JSON object for each output, and one that sums up");
}

/** `roundlab interval`: how bad it can get over a box, at least and at most. */
export function registerInterval(program: Command): void {
  const command = program
    .command("interval")
    .description("how far outputs move over a box: attained from below, proved from above");
  addIntervalOptions(command).action((flags: IntervalFlags) => runCommand(() => interval(flags)));
}

async function interval(flags: IntervalFlags): Promise<number> {
  const options = optionsOf(flags);
  for (const { twins } of await twinsOfFlags(flags)) {
    const domain = await domainOfFlags(flags, [twins.network]);
    const found = await findInterval(twins, domain, options);
    if (flags.json === true) printJson(twins, found, domainForJson(domain, flags));
    else printTable(twins, found, domain);
  }
  return EXIT.done;
}

/** What the flags say of how long and how. */
export function optionsOf({ time, method }: IntervalFlags) {
  return { time: parseSeconds(time, "--time"), method: boundMethodOf(method) };
}

export function printTable(twins: Twins, found: IntervalFound, domain: Domain): void {
  process.stdout.write(`${renderText(intervalTable(twins, found, domain))}\n\n`);
}

/** A line for each output, and one that sums up, with what else is to be said in it. */
export function printJson(
  { network, approximated }: Twins,
  { outputs, total, largest, method, milliseconds }: IntervalFound,
  more: Readonly<Record<string, unknown>>,
): void {
  const lines: object[] = outputs.map(({ output, lower, upper, attainedMin, attainedMax }) => ({
    ...{ output, lower, upper, attainedMin, attainedMax },
  }));
  lines.push({
    summary: true,
    L1: { lower: total.lower, upper: total.upper },
    Linf: { lower: largest.lower, upper: largest.upper },
    ...{ milliseconds, method, gap: widthOf(total), proof: total.proof },
    witness: Array.from(total.witness ?? []),
    ...{ network: network.name, twin: approximated.name },
    assumptions: assumptionsOf([network, approximated]),
    kinds: {
      ...{ lower: "bound", upper: "bound", attainedMin: "attained", attainedMax: "attained" },
      ...{ "L1.lower": "attained", "L1.upper": "bound" },
      ...{ "Linf.lower": "attained", "Linf.upper": "bound" },
    },
    ...more,
  });
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
}
