import type { DataFrame } from "../../../src/present/frame/frameType";
import { type RowFrame } from "../../reference/rowFrame";
import { type Comparison } from "./comparison";
import { frameOf, turned, type Shape } from "./frameShapes";

export const ALL = ["approx", "error", "bits", "certified"];
export const NUMERIC = ["error", "bits"];

/** A use of a member of DataFrame. */
export type Use = Comparison<DataFrame>;

/** A use of a member on a frame with these columns. */
export function use(
  columns: readonly string[],
  actual: (frame: DataFrame, shape: Shape) => unknown,
  expected: (rows: RowFrame, shape: Shape) => unknown,
): Use {
  return { columns, actual, expected };
}

export const isEmpty = (shape: Shape): boolean => shape.labels.length === 0;

/** The frame's rows in another order, made by nothing but the shape. */
export function otherOrder(shape: Shape, columns: readonly string[]): DataFrame {
  const order = turned(shape.labels.map((_, row) => row));
  return frameOf(
    {
      ...shape,
      labels: order.map((row) => shape.labels[row]),
      columns: Object.fromEntries(
        Object.entries(shape.columns).map(([name, values]) => [
          name,
          order.map((row) => values[row]),
        ]),
      ),
    },
    columns,
  );
}

export function take(rows: RowFrame, positions: readonly number[]): RowFrame {
  return { ...rows, rows: positions.map((position) => rows.rows[position]) };
}

export const middle = (rows: RowFrame): number => Math.floor(rows.rows.length / 2);

export function slices(rows: RowFrame, from: number, to: number): RowFrame {
  return { ...rows, rows: rows.rows.slice(from, to) };
}

/** Calls a member by name. */
export function call(subject: object, name: string, ...given: unknown[]): unknown {
  return (subject as Record<string, (...values: unknown[]) => unknown>)[name](...given);
}
