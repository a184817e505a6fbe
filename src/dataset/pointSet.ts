import { ArgumentError, ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import { sha256 } from "./checksum";
import { checkDataset, labelOf, pointOf, type Dataset } from "./dataset";

/** Points of one's own: numbers as networks take them, with labels or without. */
export interface PointSet {
  /** Short name that provenance and results carry. */
  readonly name: string;
  readonly count: number;
  /** How many numbers a point has. */
  readonly inputs: number;
  /** `count * inputs` numbers, point after point. */
  readonly values: Float64Array;
  /** One class per point, if it is known. */
  readonly labels?: readonly number[];
  /** SHA-256 over the values, and then the labels if there are any, hexadecimal. */
  readonly checksum: string;
  /** Where the points come from, in words for a reader. */
  readonly origin: string;
}

/** Whatever has points: images that are bytes, or numbers. */
export type PointSource = Dataset | PointSet;

/** What results call points of one's own, and their classes. */
export interface PointSetOptions {
  /** One class per point, a whole number from 0 on; without them nothing can be called correct. */
  readonly labels?: ArrayLike<number>;
  readonly name?: string;
  readonly origin?: string;
}

/**
 * Points of one's own, one array of inputs each. Nothing is scaled or rounded.
 *
 * @throws ArgumentError naming a value that is no finite number or a label that is no class,
 *   ShapeError if there is no point, one has another number of values than the first, or there are
 *   more or fewer labels
 * @example
 * const own = rl.points([x, x.map((value) => value / 2)], { name: "two" });
 * const ofOwn = await rl.appMax(twins, own, { points: "all" });
 */
export function points(
  rows: readonly ArrayLike<number>[],
  { name = "points", origin = "made by hand", labels: given }: PointSetOptions = {},
): PointSet {
  const place = `points ${quoteName(name)}`;
  const inputs = rows[0]?.length ?? 0;
  if (inputs === 0) throw new ShapeError(`${place}: there is no point with a value`);
  const values = new Float64Array(rows.length * inputs);
  rows.forEach((row, point) => {
    if (row.length !== inputs) {
      throw new ShapeError(
        `${place}: point ${point} has ${row.length} values, point 0 has ${inputs}`,
      );
    }
    values.set(Array.from(row), point * inputs);
  });
  const bytes = new Uint8Array(values.buffer);
  const set = { name, count: rows.length, inputs, values, origin };
  if (given === undefined) return checkPointSet({ ...set, checksum: sha256(bytes) });
  const labels = Array.from(given);
  const ends = new Uint8Array(Float64Array.from(labels).buffer);
  return checkPointSet({ ...set, labels, checksum: sha256(Buffer.concat([bytes, ends])) });
}

/** Whether points are numbers, not bytes of images. */
export function isPointSet(source: PointSource): source is PointSet {
  return "values" in source;
}

function checkPointSet(set: PointSet): PointSet {
  const { name, count, inputs, values } = set;
  const place = `points ${quoteName(name)}`;
  if (values.length !== count * inputs || count < 1) {
    throw new ShapeError(
      `${place}: ${count} points of ${inputs} values need ${count * inputs}, found ${values.length}`,
    );
  }
  checkLabels(set, place);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd === -1) return set;
  throw new ArgumentError(
    `${place}: value ${odd % inputs} of point ${Math.floor(odd / inputs)} is ${values[odd]}, ` +
      "expected a finite number",
  );
}

function checkLabels({ labels, count }: PointSet, place: string): void {
  if (labels === undefined) return;
  if (labels.length !== count) {
    throw new ShapeError(`${place}: ${count} points but ${labels.length} labels`);
  }
  const odd = labels.findIndex((label) => !Number.isSafeInteger(label) || label < 0);
  if (odd === -1) return;
  throw new ArgumentError(
    `${place}: label ${odd} is ${labels[odd]}, expected a class, a whole number from 0 on`,
  );
}

/** Checks points at the door, as `checkDataset` does images; @throws what that throws */
export function checkPointSource(source: PointSource): PointSource {
  return isPointSet(source) ? checkPointSet(source) : checkDataset(source);
}

/** How many inputs a point has. */
export function inputsOf(source: PointSource): number {
  return isPointSet(source) ? source.inputs : source.rows * source.columns;
}

/** A point as network input; @throws ArgumentError if there is no such point */
export function inputAt(source: PointSource, index: number): Float64Array {
  if (!isPointSet(source)) return pointOf(source, index);
  requirePoint(source, index);
  return source.values.slice(index * source.inputs, (index + 1) * source.inputs);
}

/** The label of a point; null where points have none. @throws ArgumentError without such a point */
export function knownLabel(source: PointSource, index: number): number | null {
  if (!isPointSet(source)) return labelOf(source, index);
  requirePoint(source, index);
  return source.labels?.[index] ?? null;
}

/** @throws ArgumentError if points have no labels, which is what to be correct is measured by */
export function requireLabels(source: PointSource): void {
  if (!isPointSet(source) || source.labels !== undefined) return;
  throw new ArgumentError(
    `points ${quoteName(source.name)} have no labels, so that no accuracy can be told; give points(rows, { labels }), ` +
      "on the command line --labels FILE.npy",
  );
}

function requirePoint({ name, count }: PointSet, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw new ArgumentError(`points ${quoteName(name)} are 0 to ${count - 1}, asked for ${index}`);
}

/**
 * Checks a list of points to be counted: there is one, each is there, none is named twice.
 *
 * @throws ArgumentError saying which point, and what to do
 */
export function checkPoints(source: PointSource, points: readonly number[]): void {
  if (points.length === 0) {
    throw new ArgumentError(
      `no point of data set ${quoteName(source.name)} was asked for; name at least one`,
    );
  }
  const seen = new Set<number>();
  for (const point of points) {
    knownLabel(source, point);
    if (seen.has(point)) {
      throw new ArgumentError(
        `point ${point} is named twice; every point counts once, so name each once`,
      );
    }
    seen.add(point);
  }
}
