import { Option, type Command } from "commander";
import type { Domain } from "../analyse/domain";
import { GOAL_NAMES } from "../analyse/worst/goal";
import { WORST_METHODS } from "../analyse/worst/search";
import { kindsOfColumns } from "../claim/column";
import { ArgumentError } from "../errors";
import { findWorst, WORST_COLUMNS, worstRow, worstTable, type WorstFound } from "../lab/worst";
import { assumptionsOf } from "../network/assumptions";
import { formatNpy } from "../numeric/npy";
import { formatSeconds, formatSignificant } from "../present/numberFormat";
import { renderText } from "../present/table/showTable";
import { plainText } from "../quoteName";
import { writeWhole } from "../wholeFile";
import { abortOnInterrupt, EXIT, parseCount, parseSeconds, runCommand } from "./command";
import { parseConditions } from "./conditions";
import { addDataOption } from "./dataOption";
import { addDomainOptions, domainForJson, domainOfFlags, type DomainFlags } from "./domainOption";
import { requireFileToWrite } from "./places";
import { createProgressLine } from "./progressLine";
import { addTwinOptions, twinsOfFlags, type NamedTwins, type TwinFlags } from "./twinOption";

interface WorstFlags extends TwinFlags, DomainFlags {
  readonly goal: string;
  readonly output?: string;
  readonly method: string;
  readonly starts: string;
  readonly rounds?: string;
  readonly polytopes: string;
  readonly seed: string;
  readonly time?: string;
  readonly failAbove?: string;
  readonly save?: string;
  readonly json?: boolean;
}

/** `roundlab worst`: the worst input that is found in a box, attained there. */
export function registerWorst(program: Command): void {
  const command = program
    .command("worst")
    .description("the input of a box where outputs are found to move most: attained, no bound");
  addDomainOptions(addDataOption(addTwinOptions(command)))
    .addOption(
      new Option("--goal <what>", "E, one output, or another class")
        .choices(GOAL_NAMES)
        .default("error"),
    )
    .option("--output <number>", "with --goal output: which one, counted from 0")
    .addOption(
      new Option("--method <name>", "how inputs are moved")
        .choices(WORST_METHODS)
        .default("smooth"),
    )
    .option("--starts <count>", "inputs that every round starts from", "16")
    .option("--rounds <count>", "rounds of starts: 1, or with --time as many as fit")
    .option("--polytopes <count>", "polytopes that the walk of a round solves at most", "30")
    .option("--seed <number>", "of the random starts", "0")
    .option("--time <seconds>", "end after so long with the best so far")
    .option("--fail-above <value>", "end with 3 if more than this is attained")
    .option("--save <file.npy>", "keep the worst inputs, one row for each line of the result")
    .option("--json", "one JSON object per network and approximation, with the input")
    .action((flags: WorstFlags) => runCommand(() => worst(flags)));
}

async function worst(flags: WorstFlags): Promise<number> {
  const { failAbove } = parseConditions({ failAbove: flags.failAbove });
  const options = searchOptions(flags);
  checkSave(flags.save);
  const pairs = await twinsOfFlags(flags);
  const domain = await domainOfFlags(
    flags,
    pairs.map(({ twins }) => twins.network),
  );
  if (failAbove !== undefined) process.exitCode = EXIT.failed;
  const { signal, release } = abortOnInterrupt();
  const founds: WorstFound[] = [];
  try {
    for (const pair of pairs) {
      const found = await searched(pair, domain, { ...options, signal });
      founds.push(found);
      if (flags.json === true) printJson(pair, found, domainForJson(domain, flags));
      else process.stdout.write(`${renderText(worstTable(pair.twins, found, domain))}\n`);
      if (found.ended === "interrupted") break;
    }
  } finally {
    release();
  }
  if (flags.save !== undefined) save(flags.save, founds);
  if (founds.some(({ ended }) => ended === "interrupted")) return EXIT.interrupted;
  const above = founds.filter(({ value }) => value > (failAbove ?? Infinity));
  for (const found of above) {
    const { label } = pairs[founds.indexOf(found)];
    process.stderr.write(
      `roundlab: ${label}: --fail-above ${failAbove}: ${found.value} is attained\n`,
    );
  }
  return above.length === 0 ? EXIT.done : EXIT.unmet;
}

/** Shows how far a search has come, on a line of its own. */
async function searched(
  { twins, label }: NamedTwins,
  domain: Domain,
  options: Parameters<typeof findWorst>[2],
): Promise<WorstFound> {
  const line = createProgressLine();
  const start = performance.now();
  try {
    return await findWorst(twins, domain, {
      ...options,
      onProgress: ({ round, phase, step, value }) => {
        const seconds = (performance.now() - start) / 1000;
        line.show(
          `${label}: round ${round + 1}, ${phase} ${step}, largest ${formatSignificant(value, 4)}, ` +
            formatSeconds(seconds),
        );
      },
    });
  } finally {
    line.clear();
  }
}

/** @throws ArgumentError naming the option that cannot be read */
function searchOptions(flags: WorstFlags) {
  const { goal, output, method, starts, rounds, polytopes, seed, time } = flags;
  return {
    // Commander takes no others.
    goal: GOAL_NAMES.find((name) => name === goal),
    method: WORST_METHODS.find((name) => name === method),
    starts: parseCount(starts, "--starts"),
    seed: numberOf(seed, "--seed", "a whole number", Number.isInteger),
    polytopes: numberOf(polytopes, "--polytopes", "a whole number from 0", isIndex),
    ...(output === undefined
      ? {}
      : { output: numberOf(output, "--output", "a whole number from 0", isIndex) }),
    ...(rounds === undefined ? {} : { rounds: parseCount(rounds, "--rounds") }),
    ...(time === undefined ? {} : { time: parseSeconds(time, "--time") }),
  };
}

const isIndex = (value: number): boolean => Number.isInteger(value) && value >= 0;

function numberOf(
  text: string,
  option: string,
  expected: string,
  isFine: (value: number) => boolean,
): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value) && isFine(value)) return value;
  throw new ArgumentError(`${option} takes ${expected}, found "${plainText(text)}"`);
}

function printJson(
  { twins: { network, approximated }, approximation }: NamedTwins,
  found: WorstFound,
  where: ReturnType<typeof domainForJson>,
): void {
  const line = {
    network: network.name,
    approximation,
    ...worstRow(found),
    ...where,
    witness: Array.from(found.witness),
    assumptions: assumptionsOf([network, approximated]),
    kinds: kindsOfColumns(WORST_COLUMNS),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** @throws ArgumentError if it is no name of a NumPy file, StoreError if it cannot be written */
function checkSave(file: string | undefined): void {
  if (file === undefined) return;
  if (!file.endsWith(".npy")) {
    throw new ArgumentError(
      `--save writes a NumPy file: expected a name ending in .npy, found "${plainText(file)}"`,
    );
  }
  requireFileToWrite(file, "--save");
}

function save(file: string, founds: readonly WorstFound[]): void {
  const inputs = founds.map(({ witness }) => witness);
  writeWhole(file, formatNpy(inputs, inputs[0]?.length ?? 0), "--save");
  process.stderr.write(`${inputs.length} worst inputs, row by row as above, in ${file}\n`);
}
