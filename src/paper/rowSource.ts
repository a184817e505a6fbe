import { PINNED_DATA } from "../dataset/pinnedData";
import { findRun } from "../experiment/loadRuns";
import { APPMAX_RUNS, namedRun } from "../experiment/namedRuns";
import type { AppMaxRow } from "../experiment/variant/runAppMax";
import { summarise } from "../experiment/variant/summary";
import type { Network } from "../network/network";
import { formatCount } from "../present/numberFormat";

/** Gives the stored rows of a named run for a network; none where nothing is stored. */
export type RowSource = (run: string, network: Network) => readonly AppMaxRow[];

/**
 * The rows that are stored, each run read once.
 *
 * @param folder  where the runs are stored; the package's results by default
 */
export function storedRows(folder?: string): RowSource {
  const known = new Map<string, readonly AppMaxRow[]>();
  return (name, network) => {
    const key = `${name} ${network.name}`;
    const rows = known.get(key) ?? findRun(name, network, folder)?.rows ?? [];
    known.set(key, rows);
    return rows;
  };
}

/** The first rows of a named run: a sample of its data set that its seed has chosen. */
export interface StoredSample {
  readonly run: string;
  readonly rows: readonly AppMaxRow[];
}

/** What the paper's 16 bits are: IEEE binary16. */
export const SIXTEEN_BITS = "half";

/** The run at 16 bits that has most rows of a network, the first of those with equally many. */
export function sixteenBitSample(network: Network, source: RowSource): StoredSample {
  const runs = APPMAX_RUNS.filter(
    (run) => run.network === network.name && run.approximation === SIXTEEN_BITS,
  );
  const samples = runs.map(({ name }) => ({ run: name, rows: source(name, network) }));
  return samples.reduce((most, sample) => (sample.rows.length > most.rows.length ? sample : most));
}

/** Which points the rows of a run are, and how far they are proved, in words. */
export function describeSample({ run, rows }: StoredSample): string {
  const { network, data, seed } = namedRun(run);
  if (rows.length === 0) return `${network}: no rows stored yet (\`roundlab run ${run}\`)`;
  const part = partOf(
    rows.length,
    PINNED_DATA[data].count,
    `points of ${data}`,
    `chosen by seed ${seed}`,
  );
  return `${network}: ${part}; ${describeProof(rows)}`;
}

/** So many of all, and how they were chosen, or that they are all, in words. */
function partOf(count: number, all: number, what: string, how: string): string {
  const size = formatCount(all);
  return count === all
    ? `all ${size} ${what}`
    : `${formatCount(count)} of the ${size} ${what}, ${how}`;
}

/** Which test images the widths of a table stand on, in words. */
export function describeTestImages(count: number): string {
  const part = partOf(count, PINNED_DATA["mnist-test"].count, "test images", "chosen by seed");
  return `${part}, the same at every width`;
}

/** How many maxima are certified, by which solver, and how many are not, in words. */
export function describeProof(rows: readonly AppMaxRow[]): string {
  const { certified, fallback, uncertified } = summarise(rows);
  return `${formatCount(certified)} certified (${fallback} of them by the fallback solver), ${uncertified} uncertified`;
}

/** The heading of `countsOfProof`. */
export const PROOF_LABEL = "certified / fallback / not";

/**
 * The same for a cell of a table: maxima certified, those of them by the fallback solver, and the
 * others.
 */
export function countsOfProof(rows: readonly AppMaxRow[]): string {
  const { certified, fallback, uncertified } = summarise(rows);
  return [certified, fallback, uncertified].map(formatCount).join(" / ");
}
