import type { DataFrame, GroupedFrame } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED, type RowFrame } from "../../reference/rowFrame";
import * as statistics from "../../reference/rowStatistics";
import type { Comparison, Comparisons } from "./comparison";
import { call } from "./frameUse";
import type { Shape } from "./frameShapes";

const COLUMNS = ["approx", "error", "bits"];

/** A use of groups by `approx`; frames without that column are grouped by `error`. */
function use(
  actual: (groups: GroupedFrame, frame: DataFrame) => unknown,
  expected: (rows: RowFrame, key: string, others: readonly string[], shape: Shape) => unknown,
): Comparison<DataFrame> {
  return {
    columns: COLUMNS,
    actual: (frame) =>
      actual(frame.groupby(frame.columns.includes("approx") ? ["approx"] : ["error"]), frame),
    expected: (rows, shape) => {
      const key = rows.columns.includes("approx") ? "approx" : "error";
      const others = rows.columns.filter((name) => name !== key);
      return expected(rows, key, others, shape);
    },
  };
}

function allColumns(statistic: string): Readonly<Record<string, Comparison<DataFrame>>> {
  return {
    "of all columns": use(
      (groups) => call(groups, statistic),
      (rows, key, others) => statistics.grouped(rows, key, others, statistic),
    ),
  };
}

export const GROUP_COMPARISONS: Comparisons<DataFrame> = {
  ngroups: {
    counts: use(
      (groups) => groups.ngroups,
      (rows, key) => statistics.groups(rows, key).length,
    ),
  },
  ...Object.fromEntries(
    ["count", "sum", "mean", "std", "var", "min", "max"].map((name) => [name, allColumns(name)]),
  ),
  col: {
    "chosen columns": use(
      (groups, frame) => groups.col(frame.columns.slice(-1)).max(),
      (rows, key) => statistics.grouped(rows, key, rows.columns.slice(-1), "max"),
    ),
    "a column that is not there": use(
      (groups) => groups.col(["absent"]).max(),
      () => REFUSED,
    ),
  },
  first: {
    "values that are there": use(
      (groups) => groups.first(),
      (rows, key, others) => statistics.grouped(rows, key, others, "first", (name) => name),
    ),
  },
  last: {
    "values that are there": use(
      (groups) => groups.last(),
      (rows, key, others) => statistics.grouped(rows, key, others, "last", (name) => name),
    ),
  },
  size: {
    rows: use(
      (groups) => groups.size(),
      (rows, key) => ({
        columns: [key, "size"],
        rows: statistics.groups(rows, key).map((group, label) => ({
          label,
          cells: { [key]: group.rows[0].cells[key], size: group.rows.length },
        })),
      }),
    ),
  },
  getGroup: {
    "its rows": use(
      (groups, frame) => groups.getGroup([frame.columns.includes("approx") ? "half" : 0.125]),
      (rows, key, _, shape) =>
        shape.labels.length === 0
          ? REFUSED
          : reference.where(rows, ({ cells }) => cells[key] === "half" || cells[key] === 0.125),
    ),
    "one that is not there": use(
      (groups) => groups.getGroup(["nothing"]),
      () => REFUSED,
    ),
  },
  agg: {
    "several of one column": use(
      (groups, frame) => groups.agg({ [frame.columns[frame.columns.length - 1]]: ["min", "mean"] }),
      (rows, key) => {
        const last = rows.columns.slice(-1);
        const [low, middle] = ["min", "mean"].map((name) =>
          statistics.grouped(rows, key, last, name),
        );
        return {
          columns: [...low.columns, ...middle.columns.slice(1)],
          rows: low.rows.map(({ label, cells }, row) => ({
            label,
            cells: { ...cells, ...middle.rows[row].cells },
          })),
        };
      },
    ),
    "one that there is not": use(
      (groups, frame) => groups.agg({ [frame.columns[0]]: "mode" }),
      () => REFUSED,
    ),
  },
};
