import { ArgumentError, ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import { sha256 } from "./checksum";
import { checkDataset, labelOf, pointOf, type Dataset } from "./dataset";

/** Points of one's own: numbers as networks take them, without labels. */
export interface PointSet {
  /** Short name that provenance and results carry. */
  readonly name: string;
  readonly count: number;
  /** How many numbers a point has. */
  readonly inputs: number;
  /** `count * inputs` numbers, point after point. */
  readonly values: Float64Array;
  /** SHA-256 over the values, hexadecimal. */
  readonly checksum: string;
  /** Where the points come from, in words for a reader. */
  readonly origin: string;
}

/** Whatever has points: images that are bytes, with labels, or numbers without. */
export type PointSource = Dataset | PointSet;

/** What results call points of one's own. */
export interface PointSetOptions {
  readonly name?: string;
  readonly origin?: string;
}

/**
 * Points of one's own, one array of inputs each. Nothing is scaled or rounded.
 *
 * @throws ArgumentError naming a value that is no finite number, ShapeError if there is no point or
 *   one has another number of values than the first
 * @example
 * const own = rl.points([x, x.map((value) => value / 2)], { name: "two" });
 * const ofOwn = await rl.appMax(twins, own, { points: "all" });
 */
export function points(
  rows: readonly ArrayLike<number>[],
  { name = "points", origin = "made by hand" }: PointSetOptions = {},
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
  const checksum = sha256(new Uint8Array(values.buffer));
  return checkPointSet({ name, count: rows.length, inputs, values, checksum, origin });
}

/** Whether points are numbers without labels. */
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
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd === -1) return set;
  throw new ArgumentError(
    `${place}: value ${odd % inputs} of point ${Math.floor(odd / inputs)} is ${values[odd]}, ` +
      "expected a finite number",
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
  return null;
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
