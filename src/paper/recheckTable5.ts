import { findMnist } from "../dataset/findMnist";
import { openDataset } from "../dataset/openDataset";
import { InvariantError } from "../errors";
import { findAgreement } from "../experiment/loadRuns";
import { pointRunOf } from "../experiment/pointRunOf";
import { runAgreement, type AgreementRow } from "../experiment/runAgreement";
import type { Network } from "../network/network";
import { RECHECK_RELATIVE } from "../numeric/tolerance";
import { createDataFrame } from "../present/dataFrame";
import type { DataFrame } from "../present/frameType";
import { reportProgress } from "../present/progressDisplay";
import { noteFrame, NOTHING_RECHECKED } from "./noteFrame";
import { TABLE_5_RUNS } from "./table5";

/** A stored verdict and bound beside the same computed now. */
export interface RecheckedAgreement {
  readonly run: string;
  readonly point: number;
  readonly verdict: AgreementRow["verdict"];
  readonly stored: number;
  readonly now: number;
  /** By how much the two proved intervals miss each other, relative; 0 where they meet. */
  readonly difference: number;
}

/** Points that took more iterations than this are left to the long run. */
const QUICK = 15_000;

/**
 * Computes the first quickly solved points of each run of Table 5 anew.
 *
 * @returns none where nothing is stored or the full MNIST is not found
 * @throws InvariantError if a verdict is another, or proved intervals miss each other by more than 1e-9
 */
export async function recheckTable5(network: Network, count = 1): Promise<RecheckedAgreement[]> {
  if ((await findMnist()) === undefined) return [];
  const compared: RecheckedAgreement[] = [];
  for (const { run: name } of TABLE_5_RUNS) {
    const found = findAgreement(name, network);
    const quick = (found?.rows ?? []).filter(({ iterations }) => iterations <= QUICK);
    const stored = quick.slice(0, count);
    if (found === undefined || stored.length === 0) continue;
    const { run } = found;
    const progress = reportProgress(`recheck-${name}`);
    const { rows } = await runAgreement(
      pointRunOf(
        run,
        network,
        await openDataset(run.data),
        stored.map(({ point }) => point),
      ),
      {
        onRow: (_row, { done, total }) => progress.update({ label: name, done, total }),
      },
    );
    compared.push(...stored.map((row, index) => compareAgreement(name, row, rows[index])));
  }
  return compared;
}

/**
 * Both are proved, so their intervals must meet, however far each search went: what one attains the other's bound
 * allows. Intervals that are closed agree to their gap.
 *
 * @throws InvariantError if a verdict is another, or intervals of the margin or the distance miss each other by 1e-9
 */
export function compareAgreement(
  run: string,
  stored: AgreementRow,
  live: AgreementRow,
): RecheckedAgreement {
  const difference = Math.max(contradiction(stored, live), contradiction(live, stored));
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

/** By how much what one row attains exceeds what the other proves, relative to max(1, |bound|); 0 where it does not. */
function contradiction(attained: AgreementRow, proved: AgreementRow): number {
  const excess = (value: number, bound: number): number =>
    Math.max(0, value - bound) / Math.max(1, Math.abs(bound));
  const { distance } = attained;
  const { distanceBound } = proved;
  return Math.max(
    excess(attained.margin, proved.marginBound),
    distance == null || distanceBound == null ? 0 : excess(-distance, -distanceBound),
  );
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
  return createDataFrame(rows, {
    caption: "Stored verdicts and bounds of margins, computed anew",
    notes: {
      stored: { label: "bound, stored", kind: "bound", digits: 10 },
      now: { label: "bound, now", kind: "bound", digits: 10 },
      difference: { label: "contradiction", style: "powerOfTen", digits: 2 },
    },
  });
}
