import type { Command } from "commander";
import type { LayerChoices } from "../analyse/assign/choices";
import type { AssignState } from "../analyse/assign/search";
import { BOUND_METHOD_GRAMMAR, boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { describeDomain, type Domain } from "../analyse/domain";
import { kindsOfColumns } from "../claim/column";
import { UnreachedError } from "../errors";
import { POINTS_GRAMMAR } from "../experiment/points";
import { DEFAULT_CANDIDATES, findAssignment } from "../lab/assign";
import type { AssignOptions } from "../lab/assignQuestion";
import { ASSIGN_COLUMNS, assignCaption, assignColumns, type Assigned } from "../lab/assignTable";
import { assumptionsOf } from "../network/assumptions";
import type { Network } from "../network/network";
import { formatCount, formatSeconds } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import { renderText } from "../present/table/showTable";
import { openFitting } from "./centerOption";
import { abortOnInterrupt, EXIT, parseSeconds, runCommand } from "./command";
import { addDataOption } from "./dataOption";
import { addDomainOptions, domainForJson, domainOfFlags, type DomainFlags } from "./domainOption";
import { parseEpsilon } from "./epsilonOption";
import { parseList } from "./list";
import { addNetworkOptions, NETWORKS_HELP, networksOf, type NetworkFlags } from "./networkOptions";
import { createProgressLine } from "./progressLine";

interface AssignFlags extends NetworkFlags, DomainFlags {
  readonly network: string;
  readonly epsilon: string;
  readonly candidates: string;
  readonly points?: string;
  readonly method: string;
  readonly time: string;
  readonly json?: boolean;
}

/** `roundlab assign`: how few bits each layer may have. */
export function registerAssign(program: Command): void {
  const command = program
    .command("assign")
    .description("the fewest bits for each layer with which the error stays within epsilon")
    .option("--network <names>", NETWORKS_HELP, "net1")
    .requiredOption("--epsilon <value>", "what no input's E (L1 over the outputs) may exceed")
    .option(
      "--candidates <names>",
      "what each layer may be stored as, as --approximation of other commands has it",
      DEFAULT_CANDIDATES.join(","),
    )
    .option(
      "--points <which>",
      `the error is AppMax of points of --data, attained, and not what is proved: ${POINTS_GRAMMAR}`,
    );
  addDomainOptions(addDataOption(addNetworkOptions(command)))
    .option("--method <name>", BOUND_METHOD_GRAMMAR, DEFAULT_METHOD)
    .option("--time <seconds>", "then the best so far is taken", "60")
    .option("--json", "one JSON object for each assignment measured, and one that sums up")
    .action((flags: AssignFlags) => runCommand(() => assign(flags)));
}

async function assign(flags: AssignFlags): Promise<number> {
  const options = {
    epsilon: parseEpsilon(flags.epsilon),
    candidates: parseList(flags.candidates, "--candidates"),
    method: boundMethodOf(flags.method),
    time: parseSeconds(flags.time, "--time"),
  };
  const networks = await networksOf(flags);
  const domain = await domainOfFlags(flags, networks);
  const { points } = flags;
  const data = points === undefined ? undefined : await openFitting(flags.data, networks);
  const measured = data === undefined ? {} : { dataset: data, points };
  const { signal, release } = abortOnInterrupt();
  try {
    for (const network of networks) {
      const all = { ...options, ...measured, signal };
      const { found, choices } = await searched(network, domain, all);
      if (flags.json === true) printJson(choices, found, domainForJson(domain, flags));
      else printTable(choices, found, domain);
      if (found.ended === "interrupted") return EXIT.interrupted;
    }
  } catch (cause) {
    if (!(cause instanceof UnreachedError)) throw cause;
    process.stderr.write(`roundlab: ${cause.message}\n`);
    return EXIT.unmet;
  } finally {
    release();
  }
  return EXIT.done;
}

/** Shows how far a search has come, on a line of its own. */
async function searched(network: Network, domain: Domain, options: AssignOptions) {
  const line = createProgressLine();
  const start = performance.now();
  const onProgress = ({ best, measured, refuted, left }: AssignState): void => {
    const known = best === undefined ? "none within epsilon" : `${formatCount(best.bits)} bits`;
    line.show(
      `${network.name}: ${known}, ${measured.length} measured, ${refuted} refuted, ${left} left, ` +
        formatSeconds((performance.now() - start) / 1000),
    );
  };
  try {
    return await findAssignment(network, domain, { ...options, onProgress });
  } finally {
    line.clear();
  }
}

function printTable(choices: LayerChoices, found: Assigned, domain: Domain): void {
  const table = declaredTable(assignColumns(found.tried), found.tried, {
    caption: assignCaption(choices, found, domain),
    inputs: `every input in ${describeDomain(domain)}`,
  });
  process.stdout.write(`${renderText(table)}\n\n`);
}

/** A line for each assignment that was measured, and one that sums up. */
function printJson(
  { network }: LayerChoices,
  { tried, ...found }: Assigned,
  where: Readonly<Record<string, unknown>>,
): void {
  const lines: object[] = tried.map((row) => ({ network: network.name, ...row }));
  const kinds = kindsOfColumns(ASSIGN_COLUMNS);
  const errorKind = found.measure === "bound" ? "bound" : "attained";
  lines.push({
    summary: true,
    network: network.name,
    ...found,
    assumptions: assumptionsOf([network]),
    kinds: { ...kinds, error: errorKind, wholeBits: "estimate", leastBits: "estimate" },
    ...where,
  });
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
}
