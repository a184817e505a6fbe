import type { DataFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { type Comparisons } from "./comparison";
import { ALL, NUMERIC, use } from "./frameUse";

/** What a frame is: its sizes, names, cells and texts. */
export const basics: Comparisons<DataFrame> = {
  shape: {
    counts: use(
      ALL,
      (frame) => frame.shape,
      (rows) => [rows.rows.length, rows.columns.length],
    ),
  },
  columns: {
    names: use(
      ALL,
      (frame) => frame.columns,
      (rows) => [...rows.columns],
    ),
  },
  index: {
    labels: use(
      ALL,
      (frame) => frame.index,
      (rows) => rows.rows.map(({ label }) => label),
    ),
  },
  dtypes: {
    "one a column": use(
      ALL,
      (frame) => frame.dtypes.length,
      (rows) => rows.columns.length,
    ),
  },
  values: {
    cells: use(
      ALL,
      (frame) => frame.values,
      (rows) => rows.rows.map(({ cells }) => rows.columns.map((name) => cells[name])),
    ),
  },
  size: {
    "count of cells": use(
      ALL,
      (frame) => frame.size,
      (rows) => rows.rows.length * rows.columns.length,
    ),
  },
  T: { transposed: use(ALL, (frame) => frame.T, reference.transposed) },
  transpose: {
    transposed: use(ALL, (frame) => frame.transpose(), reference.transposed),
    twice: use(
      NUMERIC,
      (frame) => frame.transpose().T,
      (rows) => ({
        columns: rows.columns,
        rows: rows.rows.map((row) => ({ ...row, label: String(row.label) })),
      }),
    ),
  },
  copy: {
    copy: use(
      ALL,
      (frame) => frame.copy(),
      (rows) => rows,
    ),
  },
  print: {
    "what toString says": use(
      ALL,
      (frame) => {
        const print = jest.spyOn(console, "log").mockImplementation(() => undefined);
        frame.print();
        const said = print.mock.calls.map(([text]) => text as unknown);
        print.mockRestore();
        return said.join() === String(frame);
      },
      () => true,
    ),
  },
  toString: {
    "a line a row and two above": use(
      ALL,
      (frame) => String(frame).split("\n").length,
      (rows) => Math.max(rows.rows.length, 1) + 2,
    ),
  },
  toCSV: {
    "a line a row": use(
      ["error"],
      (frame) => frame.toCSV(),
      (rows) =>
        ["error", ...rows.rows.map(({ cells }) => cells.error)]
          .map((value) => `${String(value)}\r\n`)
          .join(""),
    ),
  },
};
