import type { MnistPlaces } from "../dataset/mnist/findMnist";
import { ArgumentError, InvariantError } from "../errors";
import { findRun } from "../experiment/loadRuns";
import { namedRun } from "../experiment/namedRuns";
import type { AppMaxRow } from "../experiment/variant/runAppMax";
import type { Network } from "../network/network";
import { RECHECK_RELATIVE } from "../numeric/tolerance";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { RECHECKED_COLUMNS, type RecheckedRow } from "./columns/rechecked";
import { ownNetwork, twinsOf } from "./ownNetworks";
import { noteFrame, NOTHING_RECHECKED } from "./noteFrame";
import { recheckWitnesses } from "./recheckWitnesses";
import { imagesAtHand } from "./recheckData";
import { solvePoints, type SolvedPoint } from "./solvePoints";

/** How much of what is stored is computed anew. */
export interface RecheckChoice {
  /** Points, or blocks of images, of each run; each exhibit has its default. */
  readonly points?: number;
}

/**
 * Computes the first certified points of stored runs anew and compares them.
 *
 * @param count  points of each run
 * Where the full MNIST is not found, these are points of the embedded digits, which some runs have
 * among theirs: see `imagesAtHand`.
 *
 * @returns the rows; none of a run that is not stored, or that has no images here
 * @throws InvariantError if a maximum differs by more than 1e-9 (relative)
 */
export async function recheckRuns(
  network: Network,
  names: readonly string[],
  count = 2,
  places: MnistPlaces = {},
): Promise<RecheckedRow[]> {
  if (count < 1) throw new ArgumentError(`a recheck needs at least one point, found ${count}`);
  const compared: RecheckedRow[] = [];
  for (const name of names) {
    const found = findRun(name, network);
    const images = found && (await imagesAtHand(found.run.data, places));
    if (found === undefined || images === undefined) continue;
    const { run, rows } = found;
    const isHere = ({ point, status }: AppMaxRow): boolean =>
      status === "certified" && point < images.count;
    const stored = rows.filter(isHere).slice(0, count);
    if (stored.length === 0) continue;
    const twins = twinsOf(network, run.approximation);
    const progress = reportProgress(`recheck-${name}`);
    const points = stored.map(({ point }) => point);
    const live = await solvePoints(
      { twins, dataset: images.dataset, points, domain: run.domain },
      (done) => progress.update({ label: name, done, total: points.length }),
    );
    compared.push(...compareWithStored(name, stored, live));
  }
  return compared;
}

/** Net2's programs take ten times as long as Net1's: a tenth as many of them are computed anew. */
const SHARE_OF_NET2 = 0.1;

/** Points of each run when none are asked for. */
const DEFAULT_POINTS = 6;

/**
 * As `recheckRuns` for runs of either network, as a DataFrame.
 *
 * @param worst  of which networks and approximations the worst inputs found are evaluated again
 */
export async function recheckStored(
  names: readonly string[],
  { points = DEFAULT_POINTS }: RecheckChoice = {},
  worst: readonly (readonly [string, readonly string[]])[] = [],
): Promise<DataFrame> {
  const compared: RecheckedRow[] = [];
  for (const owner of ["net1", "net2"]) {
    const own = names.filter((name) => namedRun(name).network === owner);
    if (own.length === 0) continue;
    const count = owner === "net1" ? points : Math.max(1, Math.round(SHARE_OF_NET2 * points));
    compared.push(...(await recheckRuns(await ownNetwork(owner), own, count)));
  }
  for (const [owner, approximations] of worst) {
    compared.push(...recheckWitnesses(await ownNetwork(owner), approximations));
  }
  return recheckFrame(compared);
}

/**
 * Rows computed now beside the stored ones of the same points. Uncertified rows are passed over:
 * what they attain is not said to be the maximum.
 *
 * @throws InvariantError if a maximum differs by more than 1e-9 (relative)
 */
export function compareWithStored(
  run: string,
  stored: readonly AppMaxRow[],
  live: readonly Pick<SolvedPoint, "point" | "status" | "maximum">[],
): RecheckedRow[] {
  const isCertified = ({ status }: Pick<SolvedPoint, "status">): boolean => status === "certified";
  const known = new Map(stored.filter(isCertified).map((row) => [row.point, row.maximum]));
  const found = live.filter(isCertified).flatMap(({ point, maximum: now }): RecheckedRow[] => {
    const before = known.get(point);
    if (before === undefined) return [];
    return [{ run, point, stored: before, now, difference: Math.abs(now / before - 1) }];
  });
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
  if (rows.length === 0) return noteFrame(NOTHING_RECHECKED);
  return declaredFrame(RECHECKED_COLUMNS, rows, {
    caption: "Stored maxima (logits, L1), computed anew",
  });
}
