import { ArgumentError, StoreError } from "../errors";
import { boxAround } from "../analyse/box";
import {
  DATA_DOMAIN,
  domainName,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "../analyse/domain";
import { createTwins } from "../analyse/twin";
import {
  checkPoints,
  inputAt,
  isPointSet,
  knownLabel,
  type PointSource,
} from "../dataset/pointSet";
import { rangeOf } from "../dataset/rangeOf";
import { approximationOf, checkApproximation, type NamedTwins } from "./approximationOf";
import { assumptionsOf } from "../network/assumptions";
import type { AppMaxExperiment } from "./appMaxExperiment";
import { checkImages } from "./checkImages";
import { CERTIFIED_ABSOLUTE_GAP, RECHECK_RELATIVE } from "../numeric/tolerance";
import { checkSolver } from "./backend/engines";
import type { PointAnswer, PointTask, PointWorkerData } from "./backend/pointWorker";
import { shareNetwork } from "./backend/sharedNetwork";
import { checksumsOf, type TwinChecksums } from "./twinChecksum";
import { runItems, type ItemProgress, type RunningOptions } from "./runItems";

/**
 * What a run computes: something at every point of a data set, for a network and its approximation.
 */
export interface PointRun extends NamedTwins {
  /** Images, or points of one's own (`points`). */
  readonly dataset: PointSource;
  /** Indices into the data set. */
  readonly points: readonly number[];
  /**
   * A name, `LOWER:UPPER`, `{lower, upper}` with one number for all inputs or one for each, or
   * `data`, the range of every input in the data set; [0, 1] for every input by default.
   */
  readonly domain?: DomainChoice;
  readonly solver?: string;
}

/** What decides the rows of a run whatever its variant is. */
export type PointInputs = Omit<AppMaxExperiment, "kind" | "method" | "proof">;

/** The inputs of a run, as experiments note them. */
export function pointInputs(run: PointRun, checksums: TwinChecksums): PointInputs {
  const domain = domainOf(run);
  return {
    network: run.network.name,
    approximation: approximationOf(run),
    ...checksums,
    domain: domainName(domain),
    ...(domain.kind === "inputs"
      ? { box: { lower: [...domain.lower], upper: [...domain.upper] } }
      : {}),
    dataset: run.dataset.name,
    datasetChecksum: run.dataset.checksum,
    solver: run.solver ?? "auto",
  };
}

/** The variants of a run: what is computed at a point, where, and what its row says. */
export interface PointVariant<Result, Row extends PointRow, Experiment extends object> {
  /** The worker's file, as `shareWork` takes it. */
  readonly worker: string;
  /** What the worker is given beside the networks, a plain object; part of the experiment. */
  readonly settings?: object;
  /** Everything that decides a row. */
  readonly experimentOf: (inputs: PointInputs) => Experiment;
  readonly rowOf: (place: PointPlace, answer: PointAnswer<Result>) => Row;
  /** An attained value of which the largest so far is shown as the run goes. */
  readonly attainedOf: (row: Row) => number;
}

/** A point of a data set and its label there, null where points have none. */
export interface PointPlace {
  readonly point: number;
  readonly label: number | null;
}

/** What every row says: which point it is of, how long that took, and how much work it was. */
export interface PointRow extends PointPlace {
  readonly iterations: number;
  readonly milliseconds: number;
  readonly solver: string;
}

/** How a run is computed: nothing here changes a number, but for a time limit. */
export interface PointRunOptions<Row> extends RunningOptions {
  /** Called for every point, stored ones first, then as they are solved. */
  readonly onRow?: (row: Row, progress: RunProgress) => void;
  /** Gives up on a point after this long and keeps the interval proved so far. Off by default. */
  readonly timeLimitMilliseconds?: number;
  /** Called with the witness of every point solved now. */
  readonly onWitness?: (point: number, witness: Float64Array) => void;
  /**
   * Keeps the witness of every point with the outcome, 8 bytes for each input. Rows of a store
   * have none: their points are solved again, must give the number that is stored (to 1e-9), and
   * are returned as found now.
   */
  readonly keepWitnesses?: boolean;
}

export interface RunProgress extends ItemProgress {
  /** The largest attained value so far. */
  readonly best: number;
}

export interface PointOutcome<Row, Experiment> {
  readonly kind: "finished" | "interrupted";
  /** The finished points, in the order of `points`. */
  readonly rows: readonly Row[];
  readonly experiment: Experiment;
  /** What was assumed of the networks, which their files did not say. */
  readonly assumptions: readonly string[];
  /** Where the rows are stored, if they are. */
  readonly folder?: string;
  /** By point, the input that attains what its row says; only with `keepWitnesses`. */
  readonly witnesses?: ReadonlyMap<number, Float64Array>;
}

/**
 * A variant at many points on worker threads. The rows' numbers (all but `milliseconds`) depend
 * neither on the number of workers nor on which rows came from the store.
 *
 * @throws ArgumentError if there is no point, one is not in the data set or the domain or named
 *   twice, ShapeError if the networks do not fit it
 */
export async function runPoints<
  Result extends { readonly witness: Float64Array },
  Row extends PointRow,
  Experiment extends object,
>(
  variant: PointVariant<Result, Row, Experiment>,
  asked: PointRun,
  options: PointRunOptions<Row> = {},
): Promise<PointOutcome<Row, Experiment>> {
  createTwins(asked.network, asked.approximated);
  const run = { ...asked, domain: domainOf(asked) };
  const checksums = checksumsOf(run);
  checkRun(run, checksums);
  const experiment = variant.experimentOf(pointInputs(run, checksums));
  const { dataset } = run;
  const witnesses = options.keepWitnesses === true ? new Map<number, Float64Array>() : undefined;
  const attained = attainedSoFar(variant.attainedOf);
  const { kind, rows, folder } = await runItems<PointTask, PointAnswer<Result>, Row>(
    {
      experiment,
      items: [...new Set(run.points)],
      noun: "points",
      itemOf: ({ point }) => point,
      worker: variant.worker,
      dataOf: () => workerDataOf(run, variant.settings, options.timeLimitMilliseconds),
      taskOf: (point) => ({ point, x: inputAt(dataset, point) }),
      rowOf: (point, answer) => variant.rowOf({ point, label: knownLabel(dataset, point) }, answer),
    },
    {
      ...options,
      onRow: (row, progress) => options.onRow?.(row, { ...progress, best: attained(row) }),
      onAnswer: (point, { witness }) => {
        witnesses?.set(point, witness);
        options.onWitness?.(point, witness);
      },
      checkAgain:
        witnesses === undefined
          ? undefined
          : (now, before, folder) =>
              checkAgain(variant.attainedOf(now), variant.attainedOf(before), now.point, folder),
    },
  );
  const assumptions = assumptionsOf([run.network, run.approximated]);
  return { kind, rows, experiment, assumptions, folder, witnesses };
}

/** The largest attained value of the rows it was called with. */
function attainedSoFar<Row>(attainedOf: (row: Row) => number): (row: Row) => number {
  let best = -Infinity;
  return (row) => (best = Math.max(best, attainedOf(row)));
}

function workerDataOf(
  run: PointRun & { readonly domain: Domain },
  settings: object | undefined,
  timeLimitMilliseconds: number | undefined,
): Omit<PointWorkerData, "stop"> {
  return {
    network: shareNetwork(run.network),
    approximated: shareNetwork(run.approximated),
    domain: run.domain,
    solver: run.solver ?? "auto",
    settings,
    timeLimitMilliseconds,
  };
}

function checkRun(run: PointRun & { readonly domain: Domain }, checksums: TwinChecksums): void {
  checkApproximation(run, checksums);
  const { domain } = run;
  checkSolver(run.solver ?? "auto");
  checkImages(run.network, run.dataset);
  checkPoints(run.dataset, run.points);
  // Bytes / 255 lie in any domain that holds [0, 1]; in others every point is looked at before the
  // work begins.
  const areBytes = !isPointSet(run.dataset);
  if (areBytes && domain.kind !== "inputs" && domain.lower <= 0 && domain.upper >= 1) return;
  for (const point of run.points) checkPointIn(run.dataset, point, domain);
}

/** What is wrong with a point is said of the point. */
function checkPointIn(dataset: PointSource, point: number, domain: Domain): void {
  try {
    boxAround(inputAt(dataset, point), domain);
  } catch (cause) {
    if (!(cause instanceof ArgumentError)) throw cause;
    throw new ArgumentError(`point ${point} of ${dataset.name}: ${cause.message}`, { cause });
  }
}

function domainOf({ domain, dataset }: PointRun): Domain {
  return toDomain(domain === DATA_DOMAIN ? rangeOf(dataset) : (domain ?? PIXEL_DOMAIN));
}

/** A witness solved again speaks for the stored row only if it attains the same number. */
function checkAgain(found: number, stored: number, point: number, folder = ""): void {
  if (Math.abs(found - stored) <= RECHECK_RELATIVE * Math.abs(stored) + CERTIFIED_ABSOLUTE_GAP)
    return;
  throw new StoreError(
    `point ${point} of ${folder}: solved again it attains ${found}, but ${stored} is stored; the row was changed, ` +
      "or computed by another version: remove it, or leave the store out",
  );
}
