import { appMax } from "../analyse/appMax";
import { PIXEL_DOMAIN, toDomain, type DomainChoice } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import type { Dataset } from "../dataset/dataset";
import { inputAt } from "../dataset/pointSet";
import { InvariantError } from "../errors";
import { runAppMax, type AppMaxRow } from "../experiment/variant/runAppMax";
import { sessionOf } from "../lab/session";
import { areFew } from "./recheckWorkers";

/** Points of a data set, and the pair that they are solved for. */
interface PointsToSolve {
  readonly twins: Twins;
  readonly dataset: Dataset;
  readonly points: readonly number[];
  /** [0, 1] for every pixel by default. */
  readonly domain?: Exclude<DomainChoice, "data">;
}

/** What is found at a point, and the input that attains it. */
export interface SolvedPoint extends Pick<AppMaxRow, "point" | "status" | "error" | "maximum"> {
  readonly witness: Readonly<Float64Array>;
}

/**
 * AppMax at points: a few in this thread, by what an earlier exhibit has set up for the pair, many
 * on threads of their own.
 */
export async function solvePoints(
  { twins, dataset, points, domain = PIXEL_DOMAIN }: PointsToSolve,
  onPoint: (done: number) => void,
): Promise<readonly SolvedPoint[]> {
  if (!areFew(points.length)) {
    const witnesses = new Map<number, Float64Array>();
    const { rows } = await runAppMax(
      { ...twins, dataset, points, domain },
      {
        onRow: (_row, { done }) => onPoint(done),
        onWitness: (point, witness) => witnesses.set(point, witness),
      },
    );
    return rows.map((row) => {
      const witness = witnesses.get(row.point);
      if (witness === undefined) throw new InvariantError(`point ${row.point} has no witness`);
      return { ...row, witness };
    });
  }
  const { workspace, engines } = sessionOf(twins);
  const solvers = await engines("auto");
  const box = toDomain(domain);
  const solved: SolvedPoint[] = [];
  for (const point of points) {
    const found = appMax(workspace, inputAt(dataset, point), solvers, { domain: box });
    const { status, error, maximum, witness } = found;
    onPoint(solved.push({ point, status, error, maximum, witness: witness.slice() }));
    // Interrupts are noticed between two points, and progress is shown.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return solved;
}
