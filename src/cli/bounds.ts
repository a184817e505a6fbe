import type { Command } from "commander";
import { boxOver } from "../analyse/box";
import type { Bound, BoundMethod } from "../analyse/bound/bound";
import { BOUND_METHOD_GRAMMAR, boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { DATA_DOMAIN, describeDomain, domainName, type Domain } from "../analyse/domain";
import { createTwins, type Twins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { approximationName } from "../approximate/parseApproximation";
import { declareColumns, kindsOfColumns } from "../claim/column";
import { openPoints } from "../dataset/openPoints";
import { checkImages } from "../experiment/checkImages";
import { boundTable } from "../lab/bound";
import { assumptionsOf } from "../network/assumptions";
import type { Network } from "../network/network";
import { renderText } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import { EXIT, runCommand } from "./command";
import { parseConditions } from "./conditions";
import { addDataOption } from "./dataOption";
import { boxForJson, DOMAIN_HELP, domainOfOption } from "./domainOption";
import { addNetworkOptions, NETWORKS_HELP, networksOf, type NetworkFlags } from "./networkOptions";
import { pairsOf, type Pair } from "./pairs";

interface BoundsFlags extends NetworkFlags, ApproximationFlags {
  readonly network: string;
  readonly data: string;
  readonly domain: string;
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
    .description("how far outputs can move for all inputs of a box, proved")
    .option("--network <names>", NETWORKS_HELP, "net1");
  addNetworkOptions(command);
  addApproximationOptions(command, "half");
  addDataOption(command)
    .option("--domain <box>", DOMAIN_HELP, "pixels")
    .option("--method <name>", BOUND_METHOD_GRAMMAR, DEFAULT_METHOD)
    .option("--fail-above <value>", "end with 3 unless every bound of E is at most this")
    .option("--json", "one JSON object per network and approximation")
    .action((flags: BoundsFlags) => runCommand(() => bounds(flags)));
}

async function bounds(flags: BoundsFlags): Promise<number> {
  const { failAbove } = parseConditions({ failAbove: flags.failAbove });
  const approximations = approximationsOf(flags);
  const method = boundMethodOf(flags.method);
  const networks = await networksOf(flags);
  const domain = await domainOf(flags, networks);
  // A reader that goes before the condition is checked leaves it unproved.
  if (failAbove !== undefined) process.exitCode = EXIT.failed;
  const rows: BoundRow[] = [];
  for (const pair of pairsOf(networks, approximations)) {
    const { row, twins, found } = boundPair(pair, domain, method);
    rows.push(row);
    if (flags.json === true) printJson(row, twins, found, domain);
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

/** Data are opened only where the box is theirs. */
async function domainOf(flags: BoundsFlags, networks: readonly Network[]): Promise<Domain> {
  if (flags.domain !== DATA_DOMAIN) return domainOfOption(flags.domain);
  const dataset = await openPoints(flags.data);
  for (const network of networks) checkImages(network, dataset);
  return domainOfOption(flags.domain, dataset);
}

function boundPair({ network, approximation }: Pair, domain: Domain, method: BoundMethod) {
  const twins = createTwins(network, approximate(network, approximation));
  const found = method(twins, boxOver(domain, network.inputSize));
  const row = {
    network: network.name,
    approximation: approximationName(approximation),
    method: found.method,
    attained: found.total.lower,
    bound: found.total.upper,
  };
  return { row, twins, found };
}

function printJson(
  row: BoundRow,
  { network, approximated }: Twins,
  { differences, total }: Bound,
  domain: Domain,
): void {
  const { lower, upper } = differences[differences.length - 1];
  const line = {
    ...row,
    outputs: { lower: Array.from(lower), upper: Array.from(upper) },
    proof: total.proof,
    domain: domainName(domain),
    box: boxForJson(domain),
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
