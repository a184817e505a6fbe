import { findMnist } from "../dataset/mnist/findMnist";
import { InvariantError } from "../errors";
import { findAgreement } from "../experiment/loadRuns";
import { pointRunOf } from "../experiment/pointRunOf";
import { runAgreement, type AgreementRow } from "../experiment/variant/runAgreement";
import type { Network } from "../network/network";
import { MARGIN_GAP, RECHECK_RELATIVE } from "../numeric/tolerance";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { RECHECKED_AGREEMENT_COLUMNS, type RecheckedAgreement } from "./columns/rechecked";
import { noteFrame, NOTHING_RECHECKED } from "./noteFrame";
import { REGIONS } from "./margins";
import { TABLE_5_WIDTHS, table5Run } from "./table5Rows";
import { recheckWorkers } from "./recheckWorkers";
import { twinOf } from "./ownNetworks";
import { ownDataset } from "./ownDatasets";

/** Points that took more iterations than this are left to the long run. */
const QUICK = 7_000;

/**
 * Computes the first quickly solved points of each run of Table 5 anew, of those that disagree and
 * are settled: where Ñ agrees, a search may end with any bound below 0, and where it is not
 * settled, with any interval.
 *
 * @returns none where nothing is stored or the full MNIST is not found
 * @throws InvariantError if a verdict is another, or a margin, a distance or a bound of these
 *   differs by more than 1e-9
 */
export async function recheckTable5(network: Network, count = 1): Promise<RecheckedAgreement[]> {
  if ((await findMnist()) === undefined) return [];
  const compared: RecheckedAgreement[] = [];
  for (const name of TABLE_5_WIDTHS.map((bits) => table5Run(network.name, bits))) {
    const found = findAgreement(name, network);
    const stored = (found?.rows ?? []).filter(isComparable).slice(0, count);
    if (found === undefined || stored.length === 0) continue;
    const { run } = found;
    const progress = reportProgress(`recheck-${name}`);
    const { rows } = await runAgreement(
      pointRunOf(
        run,
        network,
        await ownDataset(run.data),
        stored.map(({ point }) => point),
        twinOf(network, run.approximation),
      ),
      {
        workers: recheckWorkers(stored.length),
        onRow: (_row, { done, total }) => progress.update({ label: name, done, total }),
      },
    );
    compared.push(...stored.map((row, index) => compareAgreement(name, row, rows[index])));
  }
  return compared;
}

function isComparable(row: AgreementRow): boolean {
  const { iterations, verdict, margin, marginBound, distance, distanceBound } = row;
  const isClosed = (low: number, high: number): boolean => high - low <= MARGIN_GAP;
  return (
    iterations <= QUICK &&
    verdict === "disagrees" &&
    isClosed(margin, marginBound) &&
    isClosed(distanceBound ?? -Infinity, distance ?? Infinity)
  );
}

/**
 * @throws InvariantError if a verdict is another, or a margin, a distance or a bound of these
 *   differs by more than 1e-9
 */
export function compareAgreement(
  run: string,
  stored: AgreementRow,
  live: AgreementRow,
): RecheckedAgreement {
  const distance = (one: number, other: number): number =>
    Math.abs(one - other) / Math.max(1, Math.abs(one));
  const difference = Math.max(
    distance(stored.margin, live.margin),
    distance(stored.marginBound, live.marginBound),
    distance(stored.distance ?? 0, live.distance ?? 0),
    distance(stored.distanceBound ?? 0, live.distanceBound ?? 0),
  );
  if (stored.verdict !== live.verdict || !(difference <= RECHECK_RELATIVE)) {
    throw new InvariantError(
      `point ${stored.point} of ${run} is stored as ${describe(stored)}, but comes out as ` +
        `${describe(live)} now`,
    );
  }
  return {
    run,
    point: stored.point,
    verdict: stored.verdict,
    stored: stored.marginBound,
    now: live.marginBound,
    difference,
  };
}

function describe({ verdict, margin, marginBound, distance, distanceBound }: AgreementRow): string {
  return (
    `"${verdict}" with a margin of ${margin} to ${marginBound} ` +
    `and a distance of ${distanceBound ?? "∞"} to ${distance ?? "∞"}`
  );
}

/** Rechecked verdicts as a DataFrame. */
export function recheckTable5Frame(rows: readonly RecheckedAgreement[]): DataFrame {
  if (rows.length === 0) return noteFrame(NOTHING_RECHECKED);
  return declaredFrame(RECHECKED_AGREEMENT_COLUMNS, rows, {
    caption: "Stored verdicts and bounds of margins (logits) over regions in [0, 1], computed anew",
    inputs: REGIONS,
  });
}
