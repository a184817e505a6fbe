import type { DataFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED } from "../../reference/rowFrame";
import * as statistics from "../../reference/rowStatistics";
import { asSeries, type Comparisons } from "./comparison";
import { ALL, NUMERIC, call, isEmpty, otherOrder, use } from "./frameUse";
import { described, operate, OPERATORS } from "./referenceRules";

/** Statistics. */
export const reductions: Comparisons<DataFrame> = Object.fromEntries(
  ["mean", "median", "min", "max", "std", "var", "sum", "count"].map((name) => [
    name,
    {
      "of columns": use(
        NUMERIC,
        (frame) => call(frame, name, { axis: 0 }),
        (rows) => asSeries(statistics.reduced(rows, name, 0)),
      ),
      "of rows": use(
        NUMERIC,
        (frame) => call(frame, name),
        (rows) => asSeries(statistics.reduced(rows, name, 1)),
      ),
      "with texts": use(
        ["approx", "error"],
        (frame) => call(frame, name, { axis: 0 }),
        (rows, shape) =>
          name === "count" || name === "min" || name === "max" || !("approx" in shape.columns)
            ? asSeries(statistics.reduced(rows, name, 0))
            : isEmpty(shape)
              ? asSeries(statistics.reduced(rows, name, 0))
              : REFUSED,
      ),
    },
  ]),
);

/** Counts and descriptions. */
export const counting: Comparisons<DataFrame> = {
  nUnique: {
    "of columns": use(
      ALL,
      (frame) => frame.nUnique(0),
      (rows) => asSeries(statistics.reduced(rows, "nUnique", 0)),
    ),
    "of rows": use(
      NUMERIC,
      (frame) => frame.nUnique(),
      (rows) => asSeries(statistics.reduced(rows, "nUnique", 1)),
    ),
  },
  describe: {
    "numeric columns": use(
      ALL,
      (frame) => frame.describe(),
      (rows) =>
        described(
          reference.pick(
            rows,
            rows.columns.filter((n) => NUMERIC.includes(n)),
          ),
        ),
    ),
  },
};

const CUMULATIVE: Record<string, (left: number, right: number) => number> = {
  cumSum: (left, right) => left + right,
  cumMin: Math.min,
  cumMax: Math.max,
};

/** Running results. */
export const cumulative: Comparisons<DataFrame> = Object.fromEntries(
  Object.entries(CUMULATIVE).map(([name, combine]) => [
    name,
    {
      "down columns": use(
        NUMERIC,
        (frame) => call(frame, name, { axis: 0 }),
        (rows) => {
          const done = rows.columns.map((column) =>
            statistics.running(
              rows.rows.map(({ cells }) => cells[column]),
              combine,
            ),
          );
          return reference.mapCells(
            rows,
            (_, column, row) => done[rows.columns.indexOf(column)][rows.rows.indexOf(row)],
          );
        },
      ),
      "along rows": use(
        NUMERIC,
        (frame) => call(frame, name),
        (rows) =>
          reference.mapCells(rows, (_, column, row) => {
            const along = rows.columns.map((other) => row.cells[other]);
            return statistics.running(along, combine)[rows.columns.indexOf(column)];
          }),
      ),
    },
  ]),
);

/** Arithmetic and comparisons. */
export const operators: Comparisons<DataFrame> = Object.fromEntries(
  Object.keys(OPERATORS).map((name) => [
    name,
    {
      "with a number": use(
        NUMERIC,
        (frame) => call(frame, name, 4),
        (rows) => reference.mapCells(rows, (value) => operate(name, value, 4)),
      ),
      "with itself in another order": use(
        NUMERIC,
        (frame, shape) => call(frame, name, otherOrder(shape, [...NUMERIC].reverse())),
        (rows) => reference.mapCells(rows, (value) => operate(name, value, value)),
      ),
      "with a series by row labels, in another order": use(
        NUMERIC,
        (frame, shape) =>
          call(frame, name, otherOrder(shape, ["error"]).column("error"), { axis: 0 }),
        (rows) =>
          reference.mapCells(rows, (value, _, row) => operate(name, value, row.cells.error)),
      ),
      "with a series by column names": use(
        NUMERIC,
        (frame) =>
          call(frame, name, frame.max({ axis: 0 }).iloc(frame.columns.map((_, i) => -1 - i))),
        (rows) =>
          reference.mapCells(rows, (value, column) =>
            operate(name, value, statistics.largest(rows.rows.map(({ cells }) => cells[column]))),
          ),
      ),
      "with an array a row": use(
        NUMERIC,
        (frame) =>
          call(
            frame,
            name,
            frame.index.map((_, row) => row + 1),
            { axis: 0 },
          ),
        (rows) =>
          reference.mapCells(rows, (value, _, row) =>
            operate(name, value, rows.rows.indexOf(row) + 1),
          ),
      ),
      "with fewer rows": use(
        NUMERIC,
        (frame) => call(frame, name, frame.head(1)),
        (rows, shape) => (isEmpty(shape) ? rows : REFUSED),
      ),
    },
  ]),
);
