import fc from "fast-check";

/** A program as plain arrays, for engines and the reference alike. */
export interface PlainProgram {
  readonly cost: number[];
  readonly rows: number[][];
  readonly bounds: number[];
  readonly lower: number[];
  readonly upper: number[];
}

/** Fixed, so that every run tries the same programs. */
export const PROPERTY_SEED = 20250922;

/**
 * Small programs of small whole numbers: full of ties, zero rows, duplicate and parallel rows,
 * degenerate vertices, fixed variables (lower = upper) and, now and then, no feasible point.
 */
export function tiedPrograms(): fc.Arbitrary<PlainProgram> {
  return fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 10 }))
    .chain(([size, count]) =>
      fc.record({
        cost: vector(size, fc.integer({ min: -3, max: 3 })),
        rows: vector(count, vector(size, fc.integer({ min: -2, max: 2 }))),
        bounds: vector(count, fc.integer({ min: -1, max: 4 })),
        lower: vector(size, fc.integer({ min: -1, max: 1 })),
        widths: vector(size, fc.constantFrom(0, 1, 1, 2, 3)),
        copies: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0.5, 1, 2, 3)), { maxLength: 4 }),
      }),
    )
    .map(({ cost, rows, bounds, lower, widths, copies }) => {
      const matrix = [...rows];
      const right = [...bounds];
      for (const [which, factor] of rows.length === 0 ? [] : copies) {
        const source = which % rows.length;
        matrix.push(rows[source].map((value) => value * factor));
        right.push(bounds[source] * factor);
      }
      const upper = lower.map((value, column) => value + widths[column]);
      return { cost, rows: matrix, bounds: right, lower, upper };
    });
}

/**
 * Programs like those of a data point: real coefficients, the point is feasible, many rows are
 * tight or nearly tight there, many rows come in nearly equal pairs, boxes may be tiny.
 */
export function pointPrograms(): fc.Arbitrary<PlainProgram & { feasible: number[] }> {
  return fc
    .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 25 }))
    .chain(([size, count]) =>
      fc.record({
        cost: vector(size, real(1)),
        rows: vector(count, vector(size, real(1))),
        rooms: vector(count, fc.constantFrom(0, 0, 1e-9, 1e-4, 0.05, 0.3, 1)),
        tilts: vector(count, fc.option(vector(size, real(1e-5)), { nil: undefined, freq: 2 })),
        share: vector(size, fc.constantFrom(0, 0, 0.1, 0.5, 0.9, 1)),
        width: fc.constantFrom(1, 1, 1e-3, 1e-6),
      }),
    )
    .map(({ cost, rows, rooms, tilts, share, width }) => {
      const lower = cost.map(() => 0);
      const upper = cost.map(() => width);
      const feasible = share.map((value) => value * width);
      const matrix = [...rows];
      tilts.forEach((tilt, index) => {
        if (tilt !== undefined) matrix.push(rows[index].map((value, k) => value + tilt[k]));
      });
      const bounds = matrix.map((row, index) => {
        const atPoint = row.reduce((sum, value, k) => sum + value * feasible[k], 0);
        return atPoint + rooms[index % rooms.length] * width;
      });
      return { cost, rows: matrix, bounds, lower, upper, feasible };
    });
}

function vector<T>(size: number, item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: size, maxLength: size });
}

/**
 * Values in [−scale, scale] on a grid coarse enough for the reference, which takes 1e-9 for zero.
 */
function real(scale: number): fc.Arbitrary<number> {
  return fc.integer({ min: -1009, max: 1009 }).map((value) => (value / 1009) * scale);
}
