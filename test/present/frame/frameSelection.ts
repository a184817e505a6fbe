import type { DataFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED } from "../../reference/rowFrame";
import { asSeries, type Comparisons } from "./comparison";
import { ALL, NUMERIC, isEmpty, middle, otherOrder, slices, take, use, type Use } from "./frameUse";

/** Some rows or columns of a frame. */
export const selection: Comparisons<DataFrame> = {
  head: {
    "of 2": use(
      ALL,
      (frame) => frame.head(2),
      (rows) => slices(rows, 0, 2),
    ),
    "of 5": use(
      ALL,
      (frame) => frame.head(),
      (rows) => slices(rows, 0, 5),
    ),
    "of none": use(
      ALL,
      (frame) => frame.head(0),
      (rows) => slices(rows, 0, 0),
    ),
    "of a head": use(
      ALL,
      (frame) => frame.head(3).head(1),
      (rows) => slices(rows, 0, 1),
    ),
  },
  tail: {
    "of 2": use(
      ALL,
      (frame) => frame.tail(2),
      (rows) => slices(rows, Math.max(0, rows.rows.length - 2), rows.rows.length),
    ),
    "of more than there are": use(
      ALL,
      (frame) => frame.tail(99),
      (rows) => rows,
    ),
  },
  column: {
    text: use(
      ALL,
      (frame) => frame.column("approx"),
      (rows) =>
        rows.columns.includes("approx") ? asSeries(reference.seriesOf(rows, "approx")) : REFUSED,
    ),
    numbers: use(
      ALL,
      (frame) => frame.column("error"),
      (rows) => asSeries(reference.seriesOf(rows, "error")),
    ),
  },
  iat: {
    "in the middle": use(
      NUMERIC,
      (frame) => frame.iat(Math.floor(frame.shape[0] / 2), 0),
      (rows, shape) => (isEmpty(shape) ? REFUSED : rows.rows[middle(rows)].cells.error),
    ),
    outside: use(
      NUMERIC,
      (frame) => frame.iat(99, 0),
      () => REFUSED,
    ),
  },
  at: {
    "the last label": use(
      NUMERIC,
      (frame, shape) => frame.at(shape.labels[shape.labels.length - 1], "error"),
      (rows, shape) => (isEmpty(shape) ? REFUSED : rows.rows[rows.rows.length - 1].cells.error),
    ),
    "a label that is not there": use(
      NUMERIC,
      (frame) => frame.at(123, "error"),
      () => REFUSED,
    ),
  },
  iloc: {
    positions: use(
      ALL,
      (frame) => frame.iloc({ rows: [2, 0] }),
      (rows, shape) => (isEmpty(shape) ? REFUSED : take(rows, [2, 0])),
    ),
    "positions from the end": use(
      ALL,
      (frame) => frame.iloc({ rows: [-1] }),
      (rows, shape) => (isEmpty(shape) ? REFUSED : take(rows, [rows.rows.length - 1])),
    ),
    "a slice": use(
      ALL,
      (frame) => frame.iloc({ rows: ["1:3"] }),
      (rows) => slices(rows, 1, 3),
    ),
    "an open slice": use(
      ALL,
      (frame) => frame.iloc({ rows: ["1:"] }),
      (rows) => slices(rows, 1, rows.rows.length),
    ),
    booleans: use(
      ALL,
      (frame) => frame.iloc({ rows: frame.index.map((_, row) => row % 2 === 0) }),
      (rows) => reference.where(rows, (_, row) => row % 2 === 0),
    ),
    columns: use(
      ALL,
      (frame) => frame.iloc({ columns: [frame.columns.length - 1] }),
      (rows) => reference.pick(rows, rows.columns.slice(-1)),
    ),
    nothing: use(
      ALL,
      (frame) => frame.iloc({ rows: [] }),
      (rows) => slices(rows, 0, 0),
    ),
  },
  loc: {
    labels: use(
      ALL,
      (frame, shape) => frame.loc({ rows: [...shape.labels].reverse().slice(0, 2) }),
      (rows) => ({ ...rows, rows: [...rows.rows].reverse().slice(0, 2) }),
    ),
    "one label": use(
      ALL,
      (frame, shape) => frame.loc({ rows: shape.labels.slice(1, 2) }),
      (rows) => slices(rows, 1, 2),
    ),
    "a slice of labels, both ends included": use(
      ALL,
      (frame, shape) => frame.loc({ rows: [`${shape.labels[0]}:${shape.labels[2]}`] }),
      (rows, shape) => (isEmpty(shape) ? REFUSED : slices(rows, 0, 3)),
    ),
    "a condition in another order": use(
      ALL,
      (frame, shape) => frame.loc({ rows: otherOrder(shape, ALL).column("error").gt(0.2) }),
      (rows) => reference.where(rows, ({ cells }) => (cells.error as number) > 0.2),
    ),
    columns: use(
      ALL,
      (frame) => frame.loc({ columns: ["bits", "error"] }),
      (rows) => (rows.columns.includes("bits") ? reference.pick(rows, ["bits", "error"]) : REFUSED),
    ),
    "a column twice": use(
      ALL,
      (frame) => frame.loc({ columns: ["error", "error"] }),
      () => REFUSED,
    ),
    "a row twice": use(
      ALL,
      (frame, shape) => frame.loc({ rows: [shape.labels[0], shape.labels[0]] }),
      () => REFUSED,
    ),
    "a label that is not there": use(
      ALL,
      (frame) => frame.loc({ rows: [555] }),
      () => REFUSED,
    ),
  },
  query: {
    "a condition": use(
      ALL,
      (frame) => frame.query(frame.column("error").gt(0.2)),
      (rows) => reference.where(rows, ({ cells }) => (cells.error as number) > 0.2),
    ),
    "a condition after sorting": use(
      ALL,
      (frame) => frame.sortValues("error").query(frame.column("error").lt(1)),
      (rows) =>
        reference.where(
          { ...rows, rows: reference.sorted(rows.rows, ({ cells }) => cells.error) },
          ({ cells }) => (cells.error as number) < 1,
        ),
    ),
    "a second condition": use(
      ALL,
      (frame) => {
        const some = frame.query(frame.column("error").gt(0.1));
        return some.query(some.column("error").lt(1));
      },
      (rows) =>
        reference.where(
          rows,
          ({ cells }) => (cells.error as number) > 0.1 && (cells.error as number) < 1,
        ),
    ),
    "booleans by position": use(
      ALL,
      (frame) => frame.query(frame.index.map((_, row) => row === 1)),
      (rows) => slices(rows, 1, 2),
    ),
    "a condition of fewer rows": use(
      ALL,
      (frame) => frame.query(frame.head(1).column("error").gt(0)),
      (rows, shape) => (isEmpty(shape) ? rows : REFUSED),
    ),
  },
  sample: {
    "all rows": use(
      ALL,
      async (frame) => (await frame.sample(frame.shape[0], { seed: 3 })).sortIndex(),
      (rows) => ({ ...rows, rows: reference.sorted(rows.rows, ({ label }) => label) }),
    ),
    "rows that are the frame's own": use(
      ["error"],
      async (frame) => {
        const drawn = await frame.sample(Math.min(2, frame.shape[0]), { seed: 1 });
        const isOwn = (label: string | number): boolean =>
          Object.is(drawn.at(label, "error"), frame.at(label, "error"));
        return [drawn.index.length, drawn.index.every(isOwn)];
      },
      (rows) => [Math.min(2, rows.rows.length), true],
    ),
    "equal seeds": use(
      ["error"],
      async (frame) => {
        const draws = [1, 2].map(() => frame.sample(Math.min(3, frame.shape[0]), { seed: 9 }));
        const [a, b] = await Promise.all(draws);
        return a.index.join() === b.index.join();
      },
      () => true,
    ),
    "more than there are": use(
      ALL,
      (frame) => frame.sample(99),
      () => REFUSED,
    ),
  },
  dropNa: {
    rows: use(
      ALL,
      (frame) => frame.dropNa(),
      (rows) => reference.where(rows, ({ cells }) => !Object.values(cells).some(reference.missing)),
    ),
    columns: use(
      ALL,
      (frame) => frame.dropNa({ axis: 0 }),
      (rows) =>
        reference.pick(
          rows,
          rows.columns.filter(
            (name) => !rows.rows.some(({ cells }) => reference.missing(cells[name])),
          ),
        ),
    ),
  },
  selectDtypes: {
    text: use(
      ALL,
      (frame) => frame.selectDtypes(["string"]),
      (rows) =>
        reference.pick(
          rows,
          rows.columns.filter((name) => name === "approx"),
        ),
    ),
    numbers: use(
      ALL,
      (frame) => frame.selectDtypes(["float32", "int32"]),
      (rows) =>
        reference.pick(
          rows,
          rows.columns.filter((name) => NUMERIC.includes(name)),
        ),
    ),
  },
  drop: {
    "a column": use(
      ALL,
      (frame) => frame.drop({ columns: ["bits"] }),
      (rows) =>
        rows.columns.includes("bits")
          ? reference.pick(
              rows,
              rows.columns.filter((name) => name !== "bits"),
            )
          : REFUSED,
    ),
    rows: use(
      ALL,
      (frame, shape) => frame.drop({ index: shape.labels.slice(1, 3) }),
      (rows) => reference.where(rows, (_, row) => row < 1 || row > 2),
    ),
    "a row that is not there": use(
      ALL,
      (frame) => frame.drop({ index: [555] }),
      () => REFUSED,
    ),
  },
};

/** Rows in order. */
export const order: Comparisons<DataFrame> = {
  sortValues: Object.fromEntries(
    ["approx", "error", "bits", "certified"].flatMap((name) =>
      [true, false].map((ascending): [string, Use] => [
        `${name} ${ascending ? "up" : "down"}`,
        use(
          ALL,
          (frame) => frame.sortValues(name, { ascending }),
          (rows) =>
            rows.columns.includes(name)
              ? {
                  ...rows,
                  rows: reference.sorted(rows.rows, ({ cells }) => cells[name], ascending),
                }
              : REFUSED,
        ),
      ]),
    ),
  ),
  sortIndex: {
    up: use(
      ALL,
      (frame) => frame.sortIndex(),
      (rows) => ({ ...rows, rows: reference.sorted(rows.rows, ({ label }) => label) }),
    ),
    down: use(
      ALL,
      (frame) => frame.sortIndex({ ascending: false }),
      (rows) => ({ ...rows, rows: reference.sorted(rows.rows, ({ label }) => label, false) }),
    ),
  },
};
