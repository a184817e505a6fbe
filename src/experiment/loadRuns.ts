import { join } from "node:path";
import { PINNED_DATA } from "../dataset/pinnedData";
import { ArgumentError, StoreError } from "../errors";
import type { Network } from "../network/network";
import { EXHIBITS_PACKAGE, ownFolders, packageRoot } from "../packageRoot";
import { networkChecksum } from "./appMaxExperiment";
import { namedExperiment, type StoredExperiment } from "./namedExperiment";
import { namedRun, type NamedRun } from "./namedRuns";
import { samplePoints } from "./points";
import type { AgreementRow } from "./variant/runAgreement";
import type { AppMaxRow } from "./variant/runAppMax";
import type { PointRow } from "./runPoints";
import { rowsByPoint } from "./rowMemory";
import { findStore, listStores } from "./store/storePlace";
import { isSettled } from "./variant/agreementSummary";

/** The rows of a long run as far as it has come. */
export interface StoredRun<Row = AppMaxRow> {
  readonly run: NamedRun;
  readonly experiment: StoredExperiment;
  /** Where they are stored. */
  readonly folder: string;
  /**
   * The rows of the first points of the run's order, without a gap: a seeded sample of the data set
   * that nothing but its length selects.
   */
  readonly rows: readonly Row[];
  /** Rows that are stored behind a point which is not: they are no part of that sample. */
  readonly behindGap: number;
}

/**
 * Where results stand: those of a checkout, or of the package with the stored ones, or still to
 * come.
 */
export function resultsFolder(): string {
  return ownFolders("results").at(-1) ?? join(packageRoot(), "results");
}

/**
 * The stored rows of a named run for a network.
 *
 * @throws StoreError if there are none: which command computes them
 * @example
 * const stored = rl.loadRun("net1-half-mnist-test", net1);
 */
export function loadRun(name: string, network: Network, folder = resultsFolder()): StoredRun {
  const found = findRun(name, network, folder);
  if (found !== undefined) return found;
  throw new StoreError(
    `no stored rows of ${name} for these weights of ${network.name}; ` +
      `\`roundlab run ${name}\` computes them, and the package ${EXHIBITS_PACKAGE} has ours`,
  );
}

/** As `loadRun`, but undefined where no rows of the run are stored. */
export function findRun(
  name: string,
  network: Network,
  folder = resultsFolder(),
): StoredRun | undefined {
  return findRows<AppMaxRow>(appMaxRun(name), network, folder);
}

/** The stored rows of an agreement run for a network; undefined where there are none. */
export function findAgreement(
  name: string,
  network: Network,
  folder = resultsFolder(),
): StoredRun<AgreementRow> | undefined {
  const run = namedRun(name);
  if (run.variant === "agreement") return findRows<AgreementRow>(run, network, folder);
  throw new ArgumentError(`${name} is a run of AppMax; its rows say nothing about classes`);
}

function appMaxRun(name: string): NamedRun {
  const run = namedRun(name);
  if (run.variant === "appmax") return run;
  throw new ArgumentError(`${name} is a run of agreement; its rows have no errors`);
}

/** Which points a run asks for, in the order in which they are computed. */
export interface RunOrder {
  readonly points: readonly number[];
  /** Of a second pass: how many rows of which run it was taken from. */
  readonly takenFrom?: { readonly run: string; readonly rows: number };
}

/**
 * The points of a named run: the first of a seeded permutation of its data set, or, of a second
 * pass, the regions that are not settled in the rows which its first run has by now.
 *
 * @param checksum  `networkChecksum(network)`, for who has it already
 */
export function orderOfRun(
  run: NamedRun,
  network: Network,
  folder = resultsFolder(),
  checksum = networkChecksum(network),
): RunOrder {
  if (run.openOf === undefined) {
    return { points: samplePoints(run.points, run.seed, PINNED_DATA[run.data].count) };
  }
  const first = findRows<AgreementRow>(namedRun(run.openOf), network, folder, checksum);
  const rows = first?.rows ?? [];
  const open = rows.filter((row) => !isSettled(row));
  return {
    points: open.map(({ point }) => point),
    takenFrom: { run: run.openOf, rows: rows.length },
  };
}

/**
 * The rows of a run, of the type that its variant has; undefined where none are stored. Every
 * region of a second pass stands for itself: of these no row is behind a gap, but those that the
 * first run does not leave open are left out.
 */
export function findRows<Row extends PointRow>(
  run: NamedRun,
  network: Network,
  folder = resultsFolder(),
  checksum = networkChecksum(network),
): StoredRun<Row> | undefined {
  const experiment = namedExperiment(run, network, checksum);
  const stored = findStore(folder, experiment);
  if (stored === undefined) return undefined;
  // Who asks for a run knows of which variant its rows are; the experiment's kind was compared.
  const byPoint = rowsByPoint(stored) as ReadonlyMap<number, Row>;
  const { points } = orderOfRun(run, network, folder, checksum);
  const rows: Row[] = [];
  for (const point of points) {
    const row = byPoint.get(point);
    if (row !== undefined) rows.push(row);
    else if (run.openOf === undefined) break;
  }
  return { run, experiment, folder: stored, rows, behindGap: byPoint.size - rows.length };
}

/** Every stored experiment with its folder, in the order of their names. */
export function storedExperiments(
  folder = resultsFolder(),
): { readonly folder: string; readonly experiment: StoredExperiment }[] {
  return listStores<StoredExperiment>(folder);
}
