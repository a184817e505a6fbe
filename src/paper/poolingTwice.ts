import { runAppMax, type AppMaxRow } from "../experiment/variant/runAppMax";
import { expandMaxPool } from "../network/expandMaxPool";
import type { Network } from "../network/network";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { reportStatement, type Finding } from "./findings";
import { openSample, type SampleChoice } from "./sample";
import { twinOf } from "./ownNetworks";

/** Points when none are asked for: each takes a convolutional network many seconds. */
const DEFAULT_POINTS = 1;

/** One point, with pooling as winners' regions and as the paper's ReLUs. */
export interface PoolingTwiceRow {
  readonly point: number;
  readonly error: number;
  /** E over the region where every window keeps its winner. */
  readonly winners: AppMaxRow;
  /** E over the region where the paper's ReLUs keep their pattern, which is part of the other. */
  readonly relus: AppMaxRow;
}

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
  const rows = winners.map((row, index) => ({
    point: row.point,
    error: row.error,
    winners: row,
    relus: relus[index],
  }));
  return { network: network.name, rows, sample: description };
}

/** Both ways as a DataFrame. */
export function poolingTwiceFrame({ network, rows, sample }: PoolingTwice): DataFrame {
  const data = rows.map(({ point, error, winners, relus }) => ({
    point,
    error,
    winners: winners.maximum,
    relus: relus.maximum,
    ratio: relus.maximum / winners.maximum,
    status: `${winners.status}, ${relus.status}`,
  }));
  const attained = { kind: "attained" as const, unit: "logits, L1", digits: 6 };
  return createDataFrame(data, {
    caption: `Max pooling of ${network} by winners and by the paper's ReLUs, 16 bits, on ${sample}`,
    notes: {
      error: { ...attained, label: "E(x)" },
      winners: { ...attained, label: "maximum, winners" },
      relus: { ...attained, label: "maximum, ReLUs" },
      ratio: { label: "ReLUs / winners", digits: 6 },
    },
  });
}

/** That the paper's polytopes are contained in ours, as far as maxima show it. */
export function judgePoolingTwice({ rows }: PoolingTwice): Finding[] {
  const isOrdered = rows.every(({ winners, relus }) => relus.maximum <= winners.upperBound);
  return [reportStatement("maxima over the paper's polytopes are no larger than ours", isOrdered)];
}
