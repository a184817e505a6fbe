import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { findMnist } from "../dataset/findMnist";
import { openDataset } from "../dataset/openDataset";
import { ArgumentError, InvariantError } from "../errors";
import { loadRun } from "../experiment/loadRuns";
import { runAppMax } from "../experiment/runAppMax";
import type { Network } from "../network/network";
import { RECHECK_RELATIVE } from "../numeric/tolerance";
import { createDataFrame } from "../present/dataFrame";
import type { DataFrame } from "../present/frameType";

/** A stored maximum beside the same one computed now. */
export interface RecheckedRow {
  readonly run: string;
  readonly point: number;
  readonly stored: number;
  readonly now: number;
  /** |now − stored| / stored. */
  readonly difference: number;
}

/**
 * Computes the first points of stored runs anew and compares them.
 *
 * @param count  points of each run
 * @returns the rows; none where the full MNIST is not found, since the runs are on its images
 * @throws InvariantError if a maximum differs by more than 1e-9 (relative)
 */
export async function recheckRuns(
  network: Network,
  names: readonly string[],
  count = 2,
): Promise<RecheckedRow[]> {
  if (count < 1) throw new ArgumentError(`a recheck needs at least one point, found ${count}`);
  if ((await findMnist()) === undefined) return [];
  const found: RecheckedRow[] = [];
  for (const name of names) {
    const { run, rows } = loadRun(name, network);
    const stored = rows.slice(0, count);
    const { rows: live } = await runAppMax({
      network,
      approximated: approximate(network, parseApproximation(run.approximation)),
      approximation: run.approximation,
      dataset: await openDataset(run.data),
      points: stored.map(({ point }) => point),
      domain: run.domain,
    });
    stored.forEach(({ point, maximum }, index) => {
      const now = live[index].maximum;
      found.push({
        run: name,
        point,
        stored: maximum,
        now,
        difference: Math.abs(now / maximum - 1),
      });
    });
  }
  const worst = found.find(({ difference }) => !(difference <= RECHECK_RELATIVE));
  if (worst !== undefined) {
    throw new InvariantError(
      `point ${worst.point} of ${worst.run} is stored as ${worst.stored}, but comes out as ` +
        `${worst.now} now`,
    );
  }
  return found;
}

/** Rechecked rows as a DataFrame. */
export function recheckFrame(rows: readonly RecheckedRow[]): DataFrame {
  return createDataFrame(rows, {
    caption:
      rows.length === 0
        ? "Nothing was computed anew: the stored runs are on the full MNIST, which is not here"
        : "Stored maxima, computed anew",
    columns: ["run", "point", "stored", "now", "difference"],
    notes: {
      stored: { kind: "attained", digits: 10 },
      now: { kind: "attained", digits: 10 },
      difference: { label: "relative difference", style: "powerOfTen", digits: 2 },
    },
  });
}
