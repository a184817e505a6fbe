import type { Command } from "commander";
import { resultsFolder } from "../experiment/loadRuns";
import { networksOfRuns } from "../experiment/namedRuns";
import { runStatuses, type RunStatus } from "../experiment/runStatus";
import { loadNetwork } from "../network/load";
import {
  formatCount,
  formatPercent,
  formatSeconds,
  formatSignificant,
} from "../present/numberFormat";
import { renderText } from "../present/table/showTable";
import { createTable, type Table } from "../present/table/table";
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
    for (const one of statuses) process.stdout.write(`${JSON.stringify(one)}\n`);
  } else process.stdout.write(`${renderText(statusTable(statuses))}\n`);
  return EXIT.done;
}

function statusTable(statuses: readonly RunStatus[]): Table {
  const rows = statuses.map((status) => ({
    run: status.run,
    points: pointsOf(status),
    of: formatCount(status.fullSize),
    proved: formatCount(status.certified),
    not: formatCount(status.uncertified),
    found: foundOf(status),
    method: status.method === null ? "" : String(status.method),
    "a point": status.pointsPerSecond === null ? "" : formatSeconds(1 / status.pointsPerSecond),
    left: leftOf(status),
    "last session": sessionOf(status),
    now: status.process === null ? "" : `running (process ${status.process})`,
  }));
  return createTable(rows, {
    caption:
      "Long runs: points proved are certified maxima or verdicts; E and shares are attained on the points so far; times are of one thread",
  });
}

/** The rows that stand behind a gap are no part of the sample. */
function pointsOf({ points, behindGap }: RunStatus): string {
  const found = formatCount(points);
  return behindGap === 0 ? found : `${found} (and ${formatCount(behindGap)} behind a gap)`;
}

function foundOf({ E_T, E_Xi, leastShare }: RunStatus): string {
  if (E_T !== null && E_Xi !== null) {
    return `E_T ${formatSignificant(E_T, 4)}, E_Ξ ${formatSignificant(E_Xi, 4)}`;
  }
  return leastShare === null ? "" : `${formatPercent(leastShare, 1)} disagree`;
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
