import { boxOver } from "../analyse/box";
import { describeDomain, toDomain, type Domain, type DomainChoice } from "../analyse/domain";
import { eachImage } from "../analyse/eachImage";
import type { Twins } from "../analyse/twin";
import { columnsFor, type Column } from "../claim/column";
import type { PointSource } from "../dataset/pointSet";
import { checkImages } from "../experiment/checkImages";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { inputsOf, isSource, type PointLike } from "./appMax";
import { requiredPoints } from "./chosenPoints";
import { BOUND_PART_COLUMNS, boundPartsOver, type BoundPartRow } from "./boundPartRows";
import {
  SAMPLED_SHARE_COLUMNS,
  SHARE_COLUMNS,
  sharesAt,
  type SampledShareRow,
  type ShareChoice,
  type ShareRow,
} from "./shareRows";

/** Options of `attribute` over a data set: which points, and which shares. */
export interface SampledShareChoice extends ShareChoice {
  /** Indices, or a text such as `"0:20"`, `"sample:500:7"` or `"all"`. */
  readonly points: readonly number[] | string;
}

/**
 * Who is to blame: the difference Ñ − N of every output, split exactly among the layers whose
 * rounding makes it, and on request among neurons and single weights. What a layer adds to the
 * values it yields is followed to the outputs, through Ñ's weights and the mean slopes between N's
 * values and Ñ's. The shares of an output add up to its difference, whether or not the two
 * networks' patterns agree; what rounding the evaluations left over has a row of its own,
 * `evaluation`. A share is no bound, and what single layers do alone does not add up to what they
 * do together.
 *
 * Over a box it is the bound of `bound` (by its method `differential`) that is split: parts add up
 * to its ends, and one alone proves nothing.
 *
 * @param twins  N and Ñ, as `twins` or `createTwins` makes them; grids of activations are sources
 *   too
 * @param where  the inputs of one point, such as the witness of `appMax`, or a data set (or
 *   `points` of one's own), of which the options name some; or a box, as `bound` takes it
 * @param options  `by` (`layer`, `neuron` or `weight`), `outputs` and `layers` to choose from
 * @returns a DataFrame with a row for each share: attained at one point; over points the mean and
 *   the largest seen; over a box its part of either end
 * @throws ShapeError if the inputs do not fit or the networks differ in architecture, ArgumentError
 *   for points, outputs or layers that there are not
 * @example
 * const blame = await rl.attribute(twins, x, { outputs: [3] });
 * const ofBound = await rl.attribute(twins, "0:1", { outputs: [3] });
 */
export async function attribute(
  twins: Twins,
  where: PointLike,
  options?: ShareChoice,
): Promise<DataFrame<ShareRow>>;
export async function attribute(
  twins: Twins,
  where: PointSource,
  options: SampledShareChoice,
): Promise<DataFrame<SampledShareRow>>;
export async function attribute(
  twins: Twins,
  where: DomainChoice,
  options?: ShareChoice,
): Promise<DataFrame<BoundPartRow>>;
export async function attribute(
  twins: Twins,
  where: PointLike | PointSource | DomainChoice,
  options: ShareChoice | SampledShareChoice = {},
): Promise<DataFrame<ShareRow> | DataFrame<SampledShareRow> | DataFrame<BoundPartRow>> {
  if (isBox(where)) return framed(partsOfBound(twins, toDomain(where), options));
  if (isSource(where)) return framed(await sharesOverPoints(twins, where, options));
  return framed(sharesAtInput(twins, inputsOf(twins, where), options));
}

/** Rows of shares with what a frame or a table needs to show them. */
export interface Shares<Row extends object> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly caption: string;
}

function framed<Row extends object>({ columns, rows, caption }: Shares<Row>): DataFrame<Row> {
  return declaredFrame(columns, rows, { caption });
}

/** The shares at one input, attained there. */
export function sharesAtInput(
  twins: Twins,
  x: Readonly<Float64Array>,
  options: ShareChoice = {},
): Shares<ShareRow> {
  return sharesFor(twins, SHARE_COLUMNS, sharesAt(twins, x, options), "at one input");
}

function isBox(where: PointLike | PointSource | DomainChoice): where is DomainChoice {
  if (typeof where === "string" || "around" in where) return true;
  return "lower" in where && "upper" in where;
}

/** The parts of the bound over a domain. */
export function partsOfBound(
  twins: Twins,
  domain: Domain,
  options: ShareChoice = {},
): Shares<BoundPartRow> {
  const rows = boundPartsOver(twins, boxOver(domain, twins.network.inputSize), options);
  const place = `for every input in ${describeDomain(domain)}, parts of the bound (differential)`;
  return sharesFor(twins, BOUND_PART_COLUMNS, rows, place);
}

/**
 * The shares over points that the options name.
 *
 * @param onPoint  told of each point that is done
 */
export async function sharesOverPoints(
  twins: Twins,
  dataset: PointSource,
  options: ShareChoice | SampledShareChoice,
  onPoint: () => void = () => undefined,
): Promise<Shares<SampledShareRow>> {
  checkImages(twins.network, dataset);
  const which = "points" in options ? options.points : undefined;
  const points = requiredPoints(dataset, which, "attribute over a data set");
  const sums = createSums();
  await eachImage(dataset, points, (x, point) => {
    sums.add(sharesAt(twins, x, options), point);
    onPoint();
  });
  const rows = sums.rows(points.length);
  const where = `over ${points.length} points of ${dataset.name}`;
  return sharesFor(twins, SAMPLED_SHARE_COLUMNS, rows, where);
}

/** Adds rows up, input after input: every input has the same ones. */
function createSums() {
  let rows: SampledShareRow[] = [];
  return {
    add(shares: readonly ShareRow[], point: number): void {
      rows = shares.map(({ share, ...whose }, at) => {
        const before = rows[at] ?? { mean: 0, meanSize: 0, largest: 0, worstPoint: point };
        const isLarger = Math.abs(share) > Math.abs(before.largest);
        return {
          ...whose,
          mean: before.mean + share,
          meanSize: before.meanSize + Math.abs(share),
          largest: isLarger ? share : before.largest,
          worstPoint: isLarger ? point : before.worstPoint,
        };
      });
    },
    rows: (count: number): SampledShareRow[] =>
      rows.map((row) => ({ ...row, mean: row.mean / count, meanSize: row.meanSize / count })),
  };
}

function sharesFor<Row extends object>(
  { network, approximated }: Twins,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  where: string,
): Shares<Row> {
  const assumed = assumedOf(assumptionsOf([network, approximated]));
  const caption = `${approximated.name} − ${network.name} ${where}, by what makes it${assumed}`;
  return { columns: columnsFor(columns, rows), rows, caption };
}
