import type { Basis, BoxProgram, Multiplier } from "../../lp/program";
import { invertMatrix } from "../../numeric/invertMatrix";
import { createMatrix, type Matrix } from "../../numeric/matrix";
import { clipTo } from "./starts";

/** How far past a facet, in rows of unit length: more than solvers and sums are off by. */
const OVERSTEP = 1e-7;

/** How far the other facets are left behind, beside the one that is stepped past. */
const ASIDE = 0.01;

/** Where a program ended, as far as it is known. */
export interface Ending {
  readonly point: Readonly<Float64Array>;
  readonly multipliers: readonly Multiplier[];
  readonly basis?: Basis;
}

/** A tight row, of unit length. */
interface Facet {
  readonly row: number;
  readonly normal: Float64Array;
  /** Of the unit row. */
  readonly multiplier: number;
}

/**
 * Inputs past the facets that a program's end is held by, one by one by falling multipliers: each
 * past one facet and the like one of the other network, so that the neuron has changed sides in
 * both, and inside all others. Where the end is a corner the way is along its edge; else straight
 * out.
 */
export function pastFacets(program: BoxProgram, ending: Ending): readonly Float64Array[] {
  const { rows, lower, upper } = program;
  const { point, basis } = ending;
  const slacks = new Float64Array(rows.rowCount);
  rows.slacks(point, slacks);
  const facets = facetsOf(program, ending);
  const edges = edgesOf(facets, basis);
  const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  const held = facets.filter(({ multiplier }) => multiplier > 0);
  held.sort((one, other) => other.multiplier - one.multiplier);
  return held.map((facet) => {
    const twin = rows.alike?.(facet.row) ?? -1;
    const direction = edges?.(facet.row, twin) ?? facet.normal;
    let reach = OVERSTEP;
    if (twin >= 0) {
      const { normal, length } = unitRow(program, twin);
      const speed = dot(normal, direction);
      if (speed > 0) reach += Math.max(0, slacks[twin] / length) / speed;
    }
    return clipTo(
      point.map((value, input) => value + reach * direction[input]),
      box,
    );
  });
}

/** The rows of the basis, or those with multipliers where there is none. */
function facetsOf(program: BoxProgram, { multipliers, basis }: Ending): Facet[] {
  const values = new Map(multipliers.map(({ row, value }) => [row, value]));
  return [...(basis?.tightRows ?? values.keys())].map((row) => {
    const { normal, length } = unitRow(program, row);
    return { row, normal, multiplier: (values.get(row) ?? 0) * length };
  });
}

function unitRow({ rows, size }: BoxProgram, row: number) {
  const normal = new Float64Array(size);
  rows.row(row, normal);
  const length = Math.hypot(...normal);
  return { normal: length > 0 ? normal.map((entry) => entry / length) : normal, length };
}

function dot(one: Readonly<Float64Array>, other: Readonly<Float64Array>): number {
  return one.reduce((sum, value, index) => sum + value * other[index], 0);
}

/**
 * The edges of a corner, where as many variables are free as rows are tight: for a row (and its
 * like, if that is tight too) the direction along which it grows by 1 and all others shrink a
 * little. Undefined where the corner is none.
 */
function edgesOf(
  facets: readonly Facet[],
  basis: Basis | undefined,
): ((row: number, twin: number) => Float64Array) | undefined {
  if (basis === undefined || basis.freeVariables.length !== facets.length) return undefined;
  const free = basis.freeVariables;
  const size = facets.length;
  const matrix = createMatrix(size, size);
  facets.forEach(({ normal }, place) =>
    free.forEach((variable, k) => (matrix.data[place * size + k] = normal[variable])),
  );
  const inverse = invertMatrix(matrix);
  if (inverse === undefined) return undefined;
  return (row, twin) => {
    const wanted = facets.map((facet) => (facet.row === row || facet.row === twin ? 1 : -ASIDE));
    const found = product(inverse, Float64Array.from(wanted));
    const direction = new Float64Array(facets[0].normal.length);
    free.forEach((variable, k) => (direction[variable] = found[k]));
    return direction;
  };
}

function product({ rows, columns, data }: Matrix, x: Readonly<Float64Array>): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    dot(data.subarray(row * columns, (row + 1) * columns), x),
  );
}
