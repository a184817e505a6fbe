import type { DataFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED } from "../../reference/rowFrame";
import { asSeries, type Comparisons } from "./comparison";
import { ALL, NUMERIC, use } from "./frameUse";
import { evenRound } from "./referenceRules";

/** Cells one by one. */
export const cells: Comparisons<DataFrame> = {
  isNa: {
    flags: use(
      ALL,
      (frame) => frame.isNa(),
      (rows) => reference.mapCells(rows, reference.missing),
    ),
  },
  fillNa: {
    "one value": use(
      NUMERIC,
      (frame) => frame.fillNa(-1),
      (rows) => reference.mapCells(rows, (value) => (reference.missing(value) ? -1 : value)),
    ),
    "one column": use(
      ALL,
      (frame) => frame.fillNa(-1, { columns: ["error"] }),
      (rows) =>
        reference.mapCells(rows, (value, column) =>
          column === "error" && reference.missing(value) ? -1 : value,
        ),
    ),
    "a value a column": use(
      NUMERIC,
      (frame) => frame.fillNa(frame.columns.map((_, column) => 100 + column)),
      (rows) =>
        reference.mapCells(rows, (value, column) =>
          reference.missing(value) ? 100 + rows.columns.indexOf(column) : value,
        ),
    ),
  },
  replace: {
    everywhere: use(
      ALL,
      (frame) => frame.replace("half", "binary16"),
      (rows) => reference.mapCells(rows, (value) => (value === "half" ? "binary16" : value)),
    ),
    "in one column": use(
      ALL,
      (frame) => frame.replace(0.1, 9, { columns: ["error"] }),
      (rows) => reference.mapCells(rows, (value) => (value === 0.1 ? 9 : value)),
    ),
  },
  apply: {
    "to rows": use(
      NUMERIC,
      (frame) => frame.apply((values: number[]) => values.length + values[0]),
      (rows) =>
        asSeries(
          rows.rows.map(({ label, cells }) => ({
            label,
            value: rows.columns.length + (cells.error as number),
          })),
        ),
    ),
    "to columns": use(
      NUMERIC,
      (frame) => frame.apply((values: number[]) => values.length, { axis: 0 }),
      (rows) => asSeries(rows.columns.map((label) => ({ label, value: rows.rows.length }))),
    ),
    "to columns, by arrays": use(
      NUMERIC,
      (frame) => frame.apply((values: number[]) => values.map((value) => 2 * value), { axis: 0 }),
      (rows) => reference.mapCells(rows, (value) => 2 * (value as number)),
    ),
    "to rows, by arrays": use(
      NUMERIC,
      (frame) =>
        frame.shape[0] === 0
          ? frame
          : frame.apply((values: number[]) => values.map((value) => 2 * value)),
      (rows) => reference.mapCells(rows, (value) => 2 * (value as number)),
    ),
  },
  applyMap: {
    "a function": use(
      ALL,
      (frame) => frame.applyMap((value) => String(value)),
      (rows) => reference.mapCells(rows, (value) => String(value)),
    ),
  },
  asType: {
    "text of numbers": use(
      NUMERIC,
      (frame) => frame.asType("error", "string"),
      (rows) =>
        reference.mapCells(rows, (value, column) =>
          column === "error" && !reference.missing(value) ? String(value) : value,
        ),
    ),
    "whole numbers": use(
      NUMERIC,
      (frame) => frame.asType("error", "int32"),
      (rows) =>
        rows.rows.some(({ cells }) => reference.missing(cells.error))
          ? REFUSED
          : reference.mapCells(rows, (value, column) =>
              column === "error" ? Math.trunc(value as number) : value,
            ),
    ),
    "without touching the frame": use(
      NUMERIC,
      (frame) => {
        frame.asType("error", "string");
        return frame;
      },
      (rows) => rows,
    ),
  },
  abs: {
    sizes: use(
      NUMERIC,
      (frame) => frame.abs(),
      (rows) => reference.mapCells(rows, (value) => Math.abs(value as number)),
    ),
  },
  round: {
    "to whole numbers, ties to even": use(
      NUMERIC,
      (frame) => frame.round(0),
      (rows) => reference.mapCells(rows, (value) => evenRound(value as number)),
    ),
    "to one decimal": use(
      NUMERIC,
      (frame) => frame.round(1),
      (rows) => reference.mapCells(rows, (value) => evenRound(10 * (value as number)) / 10),
    ),
    "to tens": use(
      NUMERIC,
      (frame) => frame.round(-1),
      (rows) => reference.mapCells(rows, (value) => evenRound((value as number) / 10) * 10),
    ),
  },
};
