import { appMax, boxProgram, type AppMaxResult } from "../analyse/appMax";
import { boxOver } from "../analyse/box";
import { PIXEL_DOMAIN } from "../analyse/domain";
import { createPolytopeWorkspace, polytopeAt, type PolytopeWorkspace } from "../analyse/polytope";
import { createInteriorPointEngine } from "../lp/interiorPoint/engine";
import type { Twins } from "../analyse/twin";
import { createHighsEngine } from "../lp/highs/engine";
import type { Engine } from "../lp/program";
import { createDualSimplexEngine } from "../lp/dualSimplex/engine";
import type { Kernels } from "../numeric/kernels";
import type { Scipy } from "./loadScipy";

/** Points solved before the clock starts: the compiler works on hot code for about a second. */
const WARM_UP_POINTS = 3;

/**
 * One program, solved by every method in turn. Times include building the program and the
 * certificate.
 */
export interface BenchmarkPoint {
  readonly point: number;
  readonly oursMilliseconds: number;
  readonly highsLazyMilliseconds: number;
  /** Of `linprog` alone. */
  readonly scipyMilliseconds: number | null;
  readonly iterations: number;
  readonly highsLazyIterations: number;
  readonly scipyIterations: number | null;
  readonly rowsGenerated: number;
  readonly value: number;
  readonly upperBound: number;
  readonly solver: string;
  readonly status: string;
  /** Largest relative difference of the three maxima. */
  readonly relativeDifference: number;
}

/** What `roundlab bench lp --json` prints. */
export interface SolverBenchmark {
  readonly network: string;
  readonly approximation: string;
  readonly points: number;
  readonly ours: { readonly medianMs: number };
  readonly highsLazy: { readonly medianMs: number };
  readonly scipy: { readonly medianMs: number; readonly version: string } | null;
  /** Why there is no SciPy; empty if there is. */
  readonly scipyMissing: string;
  readonly ratioToScipy: number | null;
  readonly ratioToHighsLazy: number;
  readonly maxRelativeDifference: number;
  readonly perPoint: readonly BenchmarkPoint[];
}

/** What to compare and with what. */
export interface BenchmarkSetting {
  readonly twins: Twins;
  readonly approximation: string;
  /** Indices of the points, for the report, and the points themselves. */
  readonly points: readonly { readonly index: number; readonly x: Float64Array }[];
  /** A fresh memory for each of: the networks of ours, our engine, the networks of HiGHS. */
  readonly createKernels: () => Kernels;
  readonly scipy: Scipy | undefined;
  readonly scipyMissing: string;
  /** SciPy gets the first so many points, or all: it may take minutes for one. */
  readonly scipyPoints?: number;
  /** Milliseconds of some clock; SciPy's are of the processor, see `processorMilliseconds`. */
  readonly now: () => number;
  /** Called after each point. */
  readonly onPoint?: (row: BenchmarkPoint) => void;
}

/**
 * Solves the same programs with our engine, with HiGHS on lazily added rows and with SciPy on
 * complete programs, point by point in one run, so that a busy machine slows all of them alike. One
 * thread.
 *
 * Ours and HiGHS's are timed as users wait for them: from the data point to the certified answer,
 * both over the same fast oracle. The first points are solved once before the clock starts, for the
 * compiler's sake.
 */
export async function benchmarkSolvers(setting: BenchmarkSetting): Promise<SolverBenchmark> {
  const { twins, createKernels, points } = setting;
  const workspace = createPolytopeWorkspace(twins, createKernels());
  const highs = await createHighsEngine();
  const interior = createInteriorPointEngine(createKernels());
  const ours = [interior, createDualSimplexEngine(createKernels()), highs];
  const engines = { ours, highsLazy: [highs] };
  for (const { x } of points.slice(0, WARM_UP_POINTS)) appMax(workspace, x, engines.ours);
  const rows: BenchmarkPoint[] = [];
  for (const point of points) {
    const isAsked = rows.length < (setting.scipyPoints ?? Infinity);
    const asked = isAsked ? setting : { ...setting, scipy: undefined };
    const row = await benchmarkPoint(asked, workspace, engines, point, rows.length % 2 === 0);
    rows.push(row);
    setting.onPoint?.(row);
  }
  return summariseBenchmark(setting, rows);
}

async function benchmarkPoint(
  { scipy, now }: BenchmarkSetting,
  workspace: PolytopeWorkspace,
  engines: { readonly ours: readonly Engine[]; readonly highsLazy: readonly Engine[] },
  { index, x }: { readonly index: number; readonly x: Float64Array },
  isOursFirst: boolean,
): Promise<BenchmarkPoint> {
  const timed = (solvers: readonly Engine[]): [AppMaxResult, number] => {
    const start = now();
    const result = appMax(workspace, x, solvers);
    return [result, now() - start];
  };
  // Whoever comes first finds nothing of the point in the processor's caches: they take turns at
  // that.
  const known = isOursFirst ? timed(engines.ours) : undefined;
  const [theirs, highsLazyMilliseconds] = timed(engines.highsLazy);
  const [ours, oursMilliseconds] = known ?? timed(engines.ours);
  const program = boxProgram(polytopeAt(workspace, x), x, boxOver(PIXEL_DOMAIN, x.length));
  const answer = scipy === undefined ? undefined : await scipy.solve(program, false);
  const others = [theirs.upperBound, ...(answer?.value == null ? [] : [answer.value])];
  const difference = Math.max(...others.map((value) => Math.abs(value - ours.upperBound)));
  return {
    point: index,
    oursMilliseconds,
    highsLazyMilliseconds,
    scipyMilliseconds: answer?.milliseconds ?? null,
    iterations: ours.iterations,
    highsLazyIterations: theirs.iterations,
    scipyIterations: answer?.iterations ?? null,
    rowsGenerated: ours.rowsGenerated,
    value: ours.maximum,
    upperBound: ours.upperBound,
    solver: ours.solver,
    status: ours.status,
    relativeDifference: difference / Math.max(Math.abs(ours.upperBound), Number.MIN_VALUE),
  };
}

/** Medians, ratios and the largest difference over the points so far. */
export function summariseBenchmark(
  setting: BenchmarkSetting,
  rows: readonly BenchmarkPoint[],
): SolverBenchmark {
  const { scipy, scipyMissing, twins, approximation } = setting;
  const ours = median(rows.map(({ oursMilliseconds }) => oursMilliseconds));
  const highsLazy = median(rows.map(({ highsLazyMilliseconds }) => highsLazyMilliseconds));
  const times = rows.flatMap(({ scipyMilliseconds }) => scipyMilliseconds ?? []);
  const scipyMs = times.length === 0 ? null : median(times);
  return {
    network: twins.network.name,
    approximation,
    points: rows.length,
    ours: { medianMs: ours },
    highsLazy: { medianMs: highsLazy },
    scipy:
      scipy === undefined || scipyMs === null
        ? null
        : { medianMs: scipyMs, version: scipy.version },
    scipyMissing,
    ratioToScipy: scipyMs === null ? null : scipyMs / ours,
    ratioToHighsLazy: highsLazy / ours,
    maxRelativeDifference: Math.max(...rows.map(({ relativeDifference }) => relativeDifference)),
    perPoint: rows,
  };
}

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
