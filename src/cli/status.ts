import type { Command } from "commander";
import { declareColumns, factsOf, kindsOfColumns } from "../claim/column";
import { resultsFolder } from "../experiment/loadRuns";
import { networksOfRuns } from "../experiment/namedRuns";
import { runStatuses, type RunStatus } from "../experiment/runStatus";
import { AGREEMENT_SUMMARY_COLUMNS } from "../experiment/variant/agreementColumns";
import { SUMMARY_COLUMNS } from "../experiment/variant/appMaxColumns";
import { loadNetwork } from "../network/load";
import { formatCount, formatSeconds } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import { renderText } from "../present/table/showTable";
import type { Table } from "../present/table/table";
import { EXIT, runCommand } from "./command";
import { requireFolder } from "./places";

interface StatusFlags {
  readonly results: string;
  readonly json?: boolean;
}

/** `roundlab status`: how far every long run has come. */
export function registerStatus(program: Command): void {
  program
    .command("status")
    .description(
      "how far each long run has come, what is proved, how fast it goes, whether it runs",
    )
    .option("--results <folder>", "where finished points are kept", resultsFolder())
    .option("--json", "one JSON object per run")
    .action((flags: StatusFlags) => runCommand(() => status(flags)));
}

async function status({ results, json }: StatusFlags): Promise<number> {
  if (results !== resultsFolder()) requireFolder(results, "--results");
  const networks = await Promise.all(networksOfRuns().map((name) => loadNetwork(name)));
  const statuses = runStatuses(networks, results);
  if (json === true) {
    const kinds = kindsOfColumns(STATUS_COLUMNS);
    for (const one of statuses) process.stdout.write(`${JSON.stringify({ ...one, kinds })}\n`);
  } else process.stdout.write(`${renderText(statusTable(statuses))}\n`);
  return EXIT.done;
}

/** What stands in the table under a field's name, but is written otherwise. */
type Derived = "points" | "of" | "proved" | "not" | "a point" | "left" | "last session" | "now";

type Shown = "run" | "E_T" | "E_Xi" | "leastShare" | "method";

/** The columns of the list of runs. */
const STATUS_COLUMNS = declareColumns<RunStatus, Derived, Exclude<keyof RunStatus, Shown>>({
  run: { type: "text", meaning: "what `roundlab run` takes" },
  points: { type: "text", meaning: "rows stored, without a gap before them", read: pointsOf },
  of: {
    type: "integer",
    style: "count",
    meaning: "points at full size; of a second pass, regions open by now",
    read: ({ fullSize }) => fullSize,
  },
  proved: {
    type: "integer",
    style: "count",
    meaning: "maxima certified, or verdicts reached",
    read: ({ certified }) => certified,
  },
  not: {
    type: "integer",
    style: "count",
    meaning: "the others",
    read: ({ uncertified }) => uncertified,
  },
  E_T: { ...factsOf(SUMMARY_COLUMNS, "E_T"), digits: 4 },
  E_Xi: { ...factsOf(SUMMARY_COLUMNS, "E_Xi"), digits: 4 },
  leastShare: {
    ...factsOf(AGREEMENT_SUMMARY_COLUMNS, "leastShare"),
    heading: "disagree",
    style: "percent",
    decimals: 1,
  },
  method: { type: "integer", meaning: "version of the method, part of the run's key" },
  "a point": {
    type: "number",
    style: "seconds",
    meaning: "time of one thread, over the latest rows",
    read: ({ pointsPerSecond }) => (pointsPerSecond === null ? null : 1 / pointsPerSecond),
  },
  left: { type: "text", meaning: "time of one thread that the other points take", read: leftOf },
  "last session": { type: "text", meaning: "when it began", read: sessionOf },
  now: {
    type: "text",
    meaning: "which process computes it at this moment",
    read: ({ process: running }) => (running === null ? "" : `running (process ${running})`),
  },
});

function statusTable(statuses: readonly RunStatus[]): Table {
  return declaredTable(STATUS_COLUMNS, statuses, {
    caption:
      "Long runs: points proved are certified maxima or verdicts; E and shares are those of the points so far; times are of one thread",
  });
}

/** The rows that stand behind a gap are no part of the sample. */
function pointsOf({ points, behindGap }: RunStatus): string {
  const found = formatCount(points);
  return behindGap === 0 ? found : `${found} (and ${formatCount(behindGap)} behind a gap)`;
}

function leftOf({ points, fullSize, pointsPerSecond }: RunStatus): string {
  if (fullSize === 0) return "nothing open yet";
  if (points >= fullSize) return "done";
  return pointsPerSecond === null
    ? "not started"
    : formatSeconds((fullSize - points) / pointsPerSecond);
}

function sessionOf({ lastSession }: RunStatus): string {
  if (lastSession === null || !("startedAt" in lastSession)) return "";
  return String(lastSession.startedAt).slice(0, 16).replace("T", " ");
}
