import type { Command } from "commander";
import { boxOver } from "../analyse/box";
import type { Bound, BoundMethod } from "../analyse/bound/bound";
import { BOUND_METHOD_GRAMMAR, boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { describeDomain, type Domain } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { declareColumns, kindsOfColumns } from "../claim/column";
import { boundTable } from "../lab/bound";
import { assumptionsOf } from "../network/assumptions";
import { renderText } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import { EXIT, runCommand } from "./command";
import { parseConditions } from "./conditions";
import { addDataOption } from "./dataOption";
import { addDomainOptions, domainForJson, domainOfFlags, type DomainFlags } from "./domainOption";
import { addTwinOptions, twinsOfFlags, type NamedTwins, type TwinFlags } from "./twinOption";

interface BoundsFlags extends TwinFlags, DomainFlags {
  readonly method: string;
  readonly failAbove?: string;
  readonly json?: boolean;
}

/** What is known of the largest E of a network and its twin over a box. */
interface BoundRow {
  readonly network: string;
  readonly approximation: string;
  readonly method: string;
  readonly attained: number;
  readonly bound: number;
}

const BOUND_COLUMNS = declareColumns<BoundRow>({
  network: { type: "text", meaning: "N" },
  approximation: { type: "text", meaning: "what makes Ñ of it" },
  method: { type: "text", meaning: "how it was bounded" },
  attained: {
    type: "number",
    unit: "logits, L1",
    kind: "attained",
    meaning: "E at the centre of the box",
  },
  bound: {
    type: "number",
    unit: "logits, L1",
    kind: "bound",
    meaning: "no input of the box has a larger E, in real arithmetic",
  },
});

/** `roundlab bounds`: how far outputs can move over a whole box, proved without a solver. */
export function registerBounds(program: Command): void {
  const command = program
    .command("bounds")
    .description("how far outputs can move for all inputs of a box, proved");
  addDomainOptions(addDataOption(addTwinOptions(command)))
    .option("--method <name>", BOUND_METHOD_GRAMMAR, DEFAULT_METHOD)
    .option("--fail-above <value>", "end with 3 unless every bound of E is at most this")
    .option("--json", "one JSON object per network and approximation")
    .action((flags: BoundsFlags) => runCommand(() => bounds(flags)));
}

async function bounds(flags: BoundsFlags): Promise<number> {
  const { failAbove } = parseConditions({ failAbove: flags.failAbove });
  const method = boundMethodOf(flags.method);
  const pairs = await twinsOfFlags(flags);
  const domain = await domainOfFlags(
    flags,
    pairs.map(({ twins }) => twins.network),
  );
  // A reader that goes before the condition is checked leaves it unproved.
  if (failAbove !== undefined) process.exitCode = EXIT.failed;
  const rows: BoundRow[] = [];
  for (const pair of pairs) {
    const { twins } = pair;
    const { row, found } = boundPair(pair, domain, method);
    rows.push(row);
    if (flags.json === true) printJson(row, twins, found, domainForJson(domain, flags));
    else process.stdout.write(`${renderText(boundTable(twins, found, domain))}\n\n`);
  }
  if (flags.json !== true) printRows(rows, domain);
  const above = rows.filter(({ bound }) => !(bound <= (failAbove ?? Infinity)));
  for (const { network, approximation, bound, attained } of above) {
    process.stderr.write(
      `roundlab: ${network}, ${approximation}: --fail-above ${failAbove}: the bound is ${bound} ` +
        `(${attained} attained at the centre of the box)\n`,
    );
  }
  return above.length === 0 ? EXIT.done : EXIT.unmet;
}

function boundPair({ twins, approximation }: NamedTwins, domain: Domain, method: BoundMethod) {
  const { network } = twins;
  const found = method(twins, boxOver(domain, network.inputSize));
  const row = {
    network: network.name,
    approximation,
    method: found.method,
    attained: found.total.lower,
    bound: found.total.upper,
  };
  return { row, found };
}

function printJson(
  row: BoundRow,
  { network, approximated }: Twins,
  { differences, total }: Bound,
  where: ReturnType<typeof domainForJson>,
): void {
  const { lower, upper } = differences[differences.length - 1];
  const line = {
    ...row,
    outputs: { lower: Array.from(lower), upper: Array.from(upper) },
    proof: total.proof,
    ...where,
    assumptions: assumptionsOf([network, approximated]),
    kinds: { ...kindsOfColumns(BOUND_COLUMNS), outputs: "bound" },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function printRows(rows: readonly BoundRow[], domain: Domain): void {
  const inputs = `every input in ${describeDomain(domain)}`;
  const table = declaredTable(BOUND_COLUMNS, rows, { caption: "The largest E", inputs });
  process.stdout.write(`${renderText(table)}\n`);
}
