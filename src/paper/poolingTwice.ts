import { runAppMax } from "../experiment/variant/runAppMax";
import { expandMaxPool } from "../network/expandMaxPool";
import type { Network } from "../network/network";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { POOLING_COLUMNS, type PoolingTwiceRow } from "./columns/pooling";
import { reportStatement, type Finding } from "./findings";
import { openSample, type SampleChoice } from "./sample";
import { twinOf } from "./ownNetworks";

/** Points when none are asked for: each takes a convolutional network many seconds. */
const DEFAULT_POINTS = 1;

/** AppMax at 16 bits with max pooling handled in both ways, on the same points. */
export interface PoolingTwice {
  readonly network: string;
  readonly rows: readonly PoolingTwiceRow[];
  readonly sample: string;
}

/**
 * AppMax of a network with max pooling, and of the same with its pooling expanded; see
 * `expandMaxPool`.
 */
export async function runPoolingTwice(
  network: Network,
  choice: SampleChoice = {},
): Promise<PoolingTwice> {
  const { dataset, points, description } = await openSample(choice, "mnist-test", DEFAULT_POINTS);
  const approximated = twinOf(network, "half");
  const progress = reportProgress("pooling-twice");
  const solve = async (before: number, one: Network, other: Network) => {
    const { rows } = await runAppMax(
      { network: one, approximated: other, approximation: "half", dataset, points },
      {
        onRow: (_row, { done }) => {
          const total = 2 * points.length;
          progress.update({ label: "pooling twice", done: before + done, total });
        },
      },
    );
    return rows;
  };
  const winners = await solve(0, network, approximated);
  const relus = await solve(points.length, expandMaxPool(network), expandMaxPool(approximated));
  const rows = winners.map((row, index): PoolingTwiceRow => ({
    point: row.point,
    error: row.error,
    winners: row,
    relus: relus[index],
  }));
  return { network: network.name, rows, sample: description };
}

/** Both ways as a DataFrame. */
export function poolingTwiceFrame({ network, rows, sample }: PoolingTwice): DataFrame {
  return declaredFrame(POOLING_COLUMNS, rows, {
    caption: `Max pooling of ${network} by winners and by the paper's ReLUs, 16 bits, on ${sample}`,
  });
}

/** That the paper's polytopes are contained in ours, as far as maxima show it. */
export function judgePoolingTwice({ rows }: PoolingTwice): Finding[] {
  const isOrdered = rows.every(({ winners, relus }) => relus.maximum <= winners.upperBound);
  return [reportStatement("maxima over the paper's polytopes are no larger than ours", isOrdered)];
}
