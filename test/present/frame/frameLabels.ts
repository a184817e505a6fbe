import type { DataFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED } from "../../reference/rowFrame";
import { type Comparisons } from "./comparison";
import { ALL, NUMERIC, isEmpty, otherOrder, use } from "./frameUse";

/** Labels, names and shape. */
export const labels: Comparisons<DataFrame> = {
  setIndex: {
    labels: use(
      ALL,
      (frame) => frame.setIndex({ index: frame.index.map((_, row) => `r${row}`) }),
      (rows) => ({
        ...rows,
        rows: rows.rows.map((row, position) => ({ ...row, label: `r${position}` })),
      }),
    ),
    "labels that repeat": use(
      ALL,
      (frame) => frame.setIndex({ index: frame.index.map(() => "same") }),
      (rows, shape) => (isEmpty(shape) ? rows : REFUSED),
    ),
    "a column": use(
      ["error"],
      (frame) =>
        frame
          .addColumn(
            "place",
            frame.index.map((_, row) => 10 - row),
          )
          .setIndex({ column: "place", drop: true }),
      (rows) => ({
        ...rows,
        rows: rows.rows.map((row, position) => ({ ...row, label: 10 - position })),
      }),
    ),
  },
  resetIndex: {
    "labels in front": use(
      ALL,
      (frame) => frame.resetIndex(),
      (rows) => reference.withIndexColumn(rows, "index"),
    ),
    "labels dropped": use(
      ALL,
      (frame) => frame.resetIndex({ drop: true }),
      (rows) => ({ ...rows, rows: rows.rows.map((row, label) => ({ ...row, label })) }),
    ),
    "after a query": use(
      ALL,
      (frame) => frame.query(frame.column("error").gt(0.2)).resetIndex(),
      (rows) =>
        reference.withIndexColumn(
          reference.where(rows, ({ cells }) => (cells.error as number) > 0.2),
          "index",
        ),
    ),
  },
  rename: {
    columns: use(
      ALL,
      (frame) => frame.rename({ error: "E", absent: "x" }),
      (rows) => ({
        columns: rows.columns.map((name) => (name === "error" ? "E" : name)),
        rows: rows.rows.map(({ label, cells }) => ({ label, cells: { ...cells, E: cells.error } })),
      }),
    ),
    labels: use(
      ALL,
      (frame, shape) => frame.rename({ [String(shape.labels[0])]: "first" }, { axis: 0 }),
      (rows) => ({
        ...rows,
        rows: rows.rows.map((row, place) => (place === 0 ? { ...row, label: "first" } : row)),
      }),
    ),
  },
  addColumn: {
    "by position": use(
      ALL,
      (frame) =>
        frame.addColumn(
          "row",
          frame.index.map((_, row) => row),
        ),
      (rows) => ({
        columns: [...rows.columns, "row"],
        rows: rows.rows.map(({ label, cells }, row) => ({ label, cells: { ...cells, row } })),
      }),
    ),
    "a series in another order": use(
      ["error"],
      (frame, shape) => frame.addColumn("again", otherOrder(shape, ["error"]).column("error")),
      (rows) => ({
        columns: [...rows.columns, "again"],
        rows: rows.rows.map(({ label, cells }) => ({
          label,
          cells: { ...cells, again: cells.error },
        })),
      }),
    ),
    "in front": use(
      ["error"],
      (frame) =>
        frame.addColumn(
          "row",
          frame.index.map((_, row) => row),
          { atIndex: 0 },
        ),
      (rows) => ({
        columns: ["row", ...rows.columns],
        rows: rows.rows.map(({ label, cells }, row) => ({ label, cells: { ...cells, row } })),
      }),
    ),
    "in place of another": use(
      ALL,
      (frame) =>
        frame.addColumn(
          "error",
          frame.index.map(() => "x"),
        ),
      (rows) => reference.mapCells(rows, (value, column) => (column === "error" ? "x" : value)),
    ),
    "too short": use(
      ALL,
      (frame) => frame.addColumn("row", [1, 2]),
      (rows) => (rows.rows.length === 2 ? rows : REFUSED),
    ),
  },
  append: {
    "a row": use(
      NUMERIC,
      (frame) =>
        frame.append(
          frame.columns.map((_, column) => column),
          ["new"],
        ),
      (rows) => ({
        ...rows,
        rows: [
          ...rows.rows,
          {
            label: "new",
            cells: Object.fromEntries(rows.columns.map((name, column) => [name, column])),
          },
        ],
      }),
    ),
    "a frame with its columns in another order": use(
      NUMERIC,
      (frame) =>
        frame.append(
          frame.iloc({ rows: ["0:1"], columns: frame.columns.map((_, column) => -1 - column) }),
          frame.index.slice(0, 1).map(() => "new"),
        ),
      (rows) => ({
        ...rows,
        rows: [...rows.rows, ...rows.rows.slice(0, 1).map((row) => ({ ...row, label: "new" }))],
      }),
    ),
    "a label that is taken": use(
      NUMERIC,
      (frame, shape) =>
        frame.append(
          frame.columns.map(() => 1),
          shape.labels.slice(0, 1),
        ),
      () => REFUSED,
    ),
  },
};
