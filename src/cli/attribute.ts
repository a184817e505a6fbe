import { Option, type Command } from "commander";
import { kindsOfColumns } from "../claim/column";
import type { PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";
import {
  partsOfBound,
  sharesAtInput,
  sharesOverPoints,
  type SampledShareChoice,
  type Shares,
} from "../lab/attribute";
import type { ShareChoice, ShareUnit } from "../lab/shareRows";
import { assumptionsOf } from "../network/assumptions";
import type { Network } from "../network/network";
import { formatProgress } from "../present/progress/progress";
import { declaredTable } from "../present/table/declaredTable";
import { renderText } from "../present/table/showTable";
import { plainText } from "../quoteName";
import { centerOf, openFitting } from "./centerOption";
import { EXIT, runCommand } from "./command";
import { addDataOption } from "./dataOption";
import { addDomainOptions, domainForJson, domainOfFlags, type DomainFlags } from "./domainOption";
import { parseList } from "./list";
import { createProgressLine } from "./progressLine";
import { addTwinOptions, twinsOfFlags, type NamedTwins, type TwinFlags } from "./twinOption";

interface AttributeFlags extends TwinFlags, DomainFlags {
  readonly by: ShareUnit;
  readonly points?: string;
  readonly outputs?: string;
  readonly layers?: string;
  readonly json?: boolean;
}

const UNITS: readonly ShareUnit[] = ["layer", "neuron", "weight"];

/** `roundlab attribute`: which layers, neurons or weights make the difference of the outputs. */
export function registerAttribute(program: Command): void {
  const command = program
    .command("attribute")
    .description(
      "who is to blame: the difference of every output by what makes it, at an input (--center " +
        "alone), over --points, or of the bound over a box",
    );
  addDomainOptions(addDataOption(addTwinOptions(command)))
    .addOption(
      new Option("--points <which>", POINTS_GRAMMAR).conflicts([
        ...["domain", "box", "center", "centre", "radius", "free"],
      ]),
    )
    .addOption(new Option("--by <what>", "how finely").choices(UNITS).default("layer"))
    .option("--outputs <numbers>", "the outputs (classes), counted from 0; all by default")
    .option("--layers <numbers>", "the layers, counted from 1, 0 being the input; all by default")
    .option("--json", "one JSON object for each share, and one for each pair that sums up")
    .action((flags: AttributeFlags) => runCommand(() => attribute(flags)));
}

async function attribute(flags: AttributeFlags): Promise<number> {
  const choice = choiceOf(flags);
  const pairs = await twinsOfFlags(flags);
  const networks = pairs.map(({ twins }) => twins.network);
  const print = await printerOf(flags, networks, choice);
  for (const pair of pairs) await print(pair);
  return EXIT.done;
}

/** Splits and prints, by the flags, what happens at points, at one input, or over a box. */
async function printerOf(
  flags: AttributeFlags,
  networks: readonly Network[],
  choice: ShareChoice,
): Promise<(pair: NamedTwins) => void | Promise<void>> {
  const { points, center = flags.centre, radius, free, data } = flags;
  if (points !== undefined) {
    const dataset = await openFitting(data, networks);
    const options = { ...choice, points: parsePoints(points, dataset.count) };
    const where = { data: dataset.name, points: options.points.length };
    return async (pair) => print(pair, await overPoints(pair, dataset, options), flags, where);
  }
  if (center !== undefined && radius === undefined && free === undefined) {
    const x = await centerOf(center, data, networks);
    const where = { input: Array.from(x) };
    return (pair) => print(pair, sharesAtInput(pair.twins, x, choice), flags, where);
  }
  const domain = await domainOfFlags(flags, networks);
  const where = { ...domainForJson(domain, flags), method: "differential" };
  return (pair) => print(pair, partsOfBound(pair.twins, domain, choice), flags, where);
}

/** Shows how many points are done, on a line of its own. */
async function overPoints(
  { twins, label }: NamedTwins,
  dataset: PointSource,
  options: SampledShareChoice & { readonly points: readonly number[] },
) {
  const line = createProgressLine();
  const start = performance.now();
  const total = options.points.length;
  let done = 0;
  const onPoint = (): void => {
    const seconds = (performance.now() - start) / 1000;
    line.show(formatProgress({ label, done: ++done, total, seconds }));
  };
  try {
    return await sharesOverPoints(twins, dataset, options, onPoint);
  } finally {
    line.clear();
  }
}

/** @throws ArgumentError naming the option that takes whole numbers */
function choiceOf({ by, outputs, layers }: AttributeFlags): ShareChoice {
  return {
    by,
    ...(outputs === undefined ? {} : { outputs: numbersOf(outputs, "--outputs") }),
    ...(layers === undefined ? {} : { layers: numbersOf(layers, "--layers") }),
  };
}

function numbersOf(text: string, option: string): number[] {
  return parseList(text, option).map((word) => {
    if (/^\d+$/.test(word)) return Number(word);
    throw new ArgumentError(
      `${option} takes whole numbers from 0 separated by commas, found "${plainText(word)}"`,
    );
  });
}

function print<Row extends object>(
  { twins: { network, approximated }, approximation }: NamedTwins,
  { columns, rows, caption }: Shares<Row>,
  { by, json }: AttributeFlags,
  where: Readonly<Record<string, unknown>>,
): void {
  if (json !== true) {
    process.stdout.write(`${renderText(declaredTable(columns, rows, { caption }))}\n\n`);
    return;
  }
  const names = { network: network.name, approximation };
  for (const row of rows) process.stdout.write(`${JSON.stringify({ ...names, ...row })}\n`);
  const summary = {
    summary: true,
    ...names,
    by,
    shares: rows.length,
    ...where,
    assumptions: assumptionsOf([network, approximated]),
    kinds: kindsOfColumns(columns),
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}
