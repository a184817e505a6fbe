import * as reference from "../../reference/rowFrame";
import { type RowFrame } from "../../reference/rowFrame";
import * as statistics from "../../reference/rowStatistics";

/* What the reference says of numbers, operators and descriptions. */

/** To the nearest whole number, a tie to the even one. */
export function evenRound(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

/** Count, mean, spread and quartiles of each column. */
export function described(rows: RowFrame): RowFrame {
  const of: Record<string, (values: readonly unknown[]) => unknown> = {
    count: statistics.count,
    mean: statistics.mean,
    std: statistics.deviation,
    min: statistics.smallest,
    "25%": (values) => statistics.quantileOf(values, 0.25),
    median: statistics.median,
    "75%": (values) => statistics.quantileOf(values, 0.75),
    max: statistics.largest,
  };
  return {
    columns: rows.columns,
    rows: Object.entries(of).map(([label, statistic]) => ({
      label,
      cells: Object.fromEntries(
        rows.columns.map((name) => [name, statistic(rows.rows.map(({ cells }) => cells[name]))]),
      ),
    })),
  };
}

export const OPERATORS: Record<string, (left: unknown, right: unknown) => unknown> = {
  add: (left, right) => Number(left) + Number(right),
  sub: (left, right) => Number(left) - Number(right),
  mul: (left, right) => Number(left) * Number(right),
  div: (left, right) => Number(left) / Number(right),
  pow: (left, right) => Number(left) ** Number(right),
  mod: (left, right) => {
    const [a, b] = [Number(left), Number(right)];
    const rest = a % b;
    if (rest === 0) return 0;
    return Math.sign(rest) === Math.sign(b) ? rest : rest + b;
  },
  lt: (left, right) => Number(left) < Number(right),
  gt: (left, right) => Number(left) > Number(right),
  le: (left, right) => Number(left) <= Number(right),
  ge: (left, right) => Number(left) >= Number(right),
  eq: (left, right) => Number(left) === Number(right),
  ne: (left, right) => Number(left) !== Number(right),
};

/** The reference's operator: a missing value makes numbers missing, and equals nothing. */
export function operate(name: string, left: unknown, right: unknown): unknown {
  if (!reference.missing(left) && !reference.missing(right)) return OPERATORS[name](left, right);
  if (["lt", "gt", "le", "ge", "eq"].includes(name)) return false;
  return name === "ne" ? true : NaN;
}
