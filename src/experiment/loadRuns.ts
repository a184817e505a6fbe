import { join } from "node:path";
import { ArgumentError, StoreError } from "../errors";
import type { Network } from "../network/network";
import { EXHIBITS_PACKAGE, ownFolders, packageRoot } from "../packageRoot";
import { networkChecksum, type AppMaxExperiment } from "./appMaxExperiment";
import { namedRun, type NamedRun } from "./namedRuns";
import { samplePoints } from "./points";
import type { AgreementExperiment, AgreementRow } from "./runAgreement";
import type { AppMaxRow } from "./runAppMax";
import type { PointRow } from "./runPoints";
import { listStores, readRows } from "./store";

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
}

/** What is known of the experiments of all variants. */
export type StoredExperiment = AppMaxExperiment | AgreementExperiment;

/**
 * Where results stand: those of a checkout, or of the package with the stored ones, or still to
 * come.
 */
export function resultsFolder(): string {
  return ownFolders("results").at(-1) ?? join(packageRoot(), "results");
}

/** How many points each data set of a run has. */
export const DATASET_SIZE = { mnist: 70000, "mnist-test": 10000 } as const;

/**
 * The stored rows of a named run for a network.
 *
 * @throws StoreError if there are none: which command computes them
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

/** The stored rows of a classification run for a network; undefined where there are none. */
export function findAgreement(
  name: string,
  network: Network,
  folder = resultsFolder(),
): StoredRun<AgreementRow> | undefined {
  const run = namedRun(name);
  if (run.variant === "classification") return findRows<AgreementRow>(run, network, folder);
  throw new ArgumentError(`${name} is a run of AppMax; its rows say nothing about classes`);
}

function appMaxRun(name: string): NamedRun {
  const run = namedRun(name);
  if (run.variant === "appmax") return run;
  throw new ArgumentError(`${name} is a run of classification; its rows have no errors`);
}

/** The rows of a run, of the type that its variant has. */
export function findRows<Row extends PointRow>(
  run: NamedRun,
  network: Network,
  folder = resultsFolder(),
): StoredRun<Row> | undefined {
  return findStored(run, networkChecksum(network), folder);
}

/** As `findRows`, for a network whose checksum is known. */
export function findStored<Row extends PointRow>(
  run: NamedRun,
  checksum: string,
  folder: string,
): StoredRun<Row> | undefined {
  const found = storedExperiments(folder).find(({ experiment }) =>
    isExperimentOf(experiment, run, checksum),
  );
  if (found === undefined) return undefined;
  const byPoint = new Map(readRows<Row>(found.folder).map((row) => [row.point, row]));
  const order = samplePoints(run.points, run.seed, DATASET_SIZE[run.data]);
  const rows: Row[] = [];
  for (const point of order) {
    const row = byPoint.get(point);
    if (row === undefined) break;
    rows.push(row);
  }
  return { run, experiment: found.experiment, folder: found.folder, rows };
}

/** Every stored experiment with its folder, in the order of the keys. */
export function storedExperiments(
  folder = resultsFolder(),
): { readonly folder: string; readonly experiment: StoredExperiment }[] {
  return listStores<StoredExperiment>(folder);
}

function isExperimentOf(experiment: StoredExperiment, run: NamedRun, checksum: string): boolean {
  return (
    experiment.kind === run.variant &&
    experiment.approximation === run.approximation &&
    experiment.dataset === run.data &&
    experiment.domain === run.domain &&
    experiment.networkChecksum === checksum
  );
}
