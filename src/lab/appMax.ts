import { appMax as solveAt, type AppMaxOptions, type AppMaxResult } from "../analyse/appMax";
import type { PolytopeWorkspace } from "../analyse/polytope";
import { checkPiecewiseAffine } from "../analyse/source/checkPiecewiseAffine";
import type { Twins } from "../analyse/twin";
import { isPointSet, type PointSource } from "../dataset/pointSet";
import { ArgumentError, ShapeError } from "../errors";
import type { AppMaxOutcome, AppMaxRun, RunOptions } from "../experiment/variant/runAppMax";
import type { Engine } from "../lp/program";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { appMaxResultTable } from "./appMaxTables";
import { requiredPoints } from "./chosenPoints";
import { isDataset } from "./datasetPictures";
import { runAppMaxInNotebook } from "./runAppMaxInNotebook";
import { sessionOf } from "./session";

/** Options of `appMax` at one point. */
export interface PointOptions extends AppMaxOptions {
  /** `auto` (the default), `region`, `interior`, `highs`; `region-1` for rows of `region`. */
  readonly solver?: string;
}

/** Options of `appMax` on points of a data set: which, and how they are computed. */
export interface PointsOptions
  extends RunOptions, Pick<AppMaxRun, "domain" | "solver" | "proof" | "approximation"> {
  /** Indices, or a text such as `"0:20"`, `"sample:500:7"` or `"all"`. */
  readonly points: readonly number[] | string;
}

/** The inputs of one point: numbers in the order of the network's inputs. */
export type PointLike = ArrayLike<number>;

/**
 * The largest error |N − Ñ| (L1 over the outputs) on the polytopes of points, from both sides: what
 * is attained, with the input that attains it, and what is proved.          (paper, Eqs. 29–33)
 *
 * @param twins  N and Ñ, as `twins` makes them
 * @param where  the inputs of one point, or a data set (or `points` of one's own), of which the
 *   options name some; they are shared among threads, shown as they go, and kept where `store` says
 * @returns of a point its result, which shows itself as a table; of a data set the outcome of
 *   `runAppMax`
 * @throws ShapeError if the inputs do not fit the networks, ArgumentError if they lie outside the
 *   domain or the points are not in the data set
 * @example
 * const worst = await rl.appMax(twins, x);
 * const run = await rl.appMax(twins, digits, { points: "0:20" });
 */
export function appMax(
  twins: Twins,
  where: PointLike,
  options?: PointOptions,
): Promise<AppMaxResult & Displayable>;
export function appMax(
  twins: Twins,
  where: PointSource,
  options: PointsOptions,
): Promise<AppMaxOutcome>;
/** @deprecated Kept for one release: `appMax(twins, x)` needs neither workspace nor engines. */
export function appMax(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  engines: readonly Engine[],
  options?: AppMaxOptions,
): AppMaxResult;
export function appMax(
  what: Twins | PolytopeWorkspace,
  where: PointLike | PointSource,
  how?: PointOptions | PointsOptions | readonly Engine[],
  options?: AppMaxOptions,
): Promise<(AppMaxResult & Displayable) | AppMaxOutcome> | AppMaxResult {
  if (isSource(where)) return atPoints(twinsOf(what), where, how);
  if ("sides" in what) return solveAt(what, inputsOf(what.twins, where), enginesOf(how), options);
  return atPoint(what, where, isEngines(how) ? {} : { ...how });
}

/** Whether it is many points, and not one. */
export function isSource(where: PointLike | PointSource): where is PointSource {
  return isDataset(where) || (!("length" in where) && isPointSet(where));
}

function twinsOf(what: Twins | PolytopeWorkspace): Twins {
  return "sides" in what ? what.twins : what;
}

function isEngines(how: object | undefined): how is readonly Engine[] {
  return Array.isArray(how);
}

function enginesOf(how: object | undefined): readonly Engine[] {
  if (isEngines(how)) return how;
  throw new ArgumentError(
    "appMax of a workspace takes engines, as createEngines makes them; appMax(twins, x) needs none",
  );
}

/** @throws ShapeError if the numbers are not as many as the networks take */
export function inputsOf({ network }: Twins, x: PointLike): Float64Array {
  if (x.length === network.inputSize) return Float64Array.from(x);
  throw new ShapeError(
    `${network.name} takes ${network.inputSize} inputs, found ${x.length} numbers; give one point, ` +
      "or a data set and { points }",
  );
}

async function atPoint(
  twins: Twins,
  where: PointLike,
  { solver = "auto", ...options }: PointOptions,
): Promise<AppMaxResult & Displayable> {
  const x = inputsOf(twins, where);
  const { workspace, engines } = sessionOf(twins);
  const result = solveAt(workspace, x, await engines(solver), options);
  return withDisplay(result, () => displayTable(appMaxResultTable(twins, result)));
}

async function atPoints(
  twins: Twins,
  dataset: PointSource,
  how: PointOptions | PointsOptions | readonly Engine[] | undefined,
): Promise<AppMaxOutcome> {
  checkPiecewiseAffine(twins, "AppMax");
  const { network, approximated } = twins;
  const {
    points: which,
    domain,
    solver,
    proof,
    approximation,
    ...options
  }: Partial<PointsOptions> = how !== undefined && "points" in how ? how : {};
  const points = requiredPoints(dataset, which, "appMax of a data set");
  const run = { network, approximated, dataset, points, domain, solver, proof, approximation };
  return runAppMaxInNotebook(run, options);
}
