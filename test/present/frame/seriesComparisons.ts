import type { Series } from "../../../src/present/frame/frameType";
import * as reference from "../../reference/rowFrame";
import { REFUSED, type RowFrame, type RowSeries } from "../../reference/rowFrame";
import * as statistics from "../../reference/rowStatistics";
import { asSeries, type Comparison, type Comparisons } from "./comparison";
import { call } from "./frameUse";
import { described, evenRound, operate, OPERATORS } from "./referenceRules";
import { frameOf, turned, type Shape } from "./frameShapes";

type Subject = Series<unknown>;
type Use = Comparison<Subject>;

/** A use of a member on the column of a shape; `error` stands in where it is the only one. */
function use(
  column: string,
  actual: (series: Subject, shape: Shape) => unknown,
  expected: (series: RowSeries, shape: Shape, rows: RowFrame) => unknown,
): Use {
  return {
    columns: [column, "error"],
    actual,
    expected: (rows, shape) => {
      const name = column in shape.columns ? column : "error";
      return expected(reference.seriesOf(rows, name), shape, reference.pick(rows, [name]));
    },
  };
}

const valuesOf = (series: RowSeries): unknown[] => series.map(({ value }) => value);
const isEmpty = (shape: Shape): boolean => shape.labels.length === 0;

/** The same column with its labels in another order. */
function otherOrder(shape: Shape, column: string): Subject {
  const name = column in shape.columns ? column : "error";
  const order = turned(shape.labels.map((_, row) => row));
  const values = order.map((row) => shape.columns[name][row]);
  const labels = order.map((row) => shape.labels[row]);
  return frameOf({ ...shape, labels, columns: { [name]: values } }, [name]).column(name);
}

function isText(shape: Shape): boolean {
  return "approx" in shape.columns && !isEmpty(shape);
}

const basics: Comparisons<Subject> = {
  values: { all: use("approx", (series) => series.values, valuesOf) },
  index: {
    labels: use(
      "approx",
      (series) => series.index,
      (series) => series.map(({ label }) => label),
    ),
  },
  columns: {
    name: use(
      "bits",
      (series) => [series.columns].flat(),
      (_, shape) => ["bits" in shape.columns ? "bits" : "error"],
    ),
  },
  dtypes: {
    one: use(
      "bits",
      (series) => series.dtypes.length,
      () => 1,
    ),
  },
  dtype: {
    "of a text": use(
      "approx",
      (series) => series.dtype,
      (_, shape) => ("approx" in shape.columns ? "string" : "float32"),
    ),
  },
  shape: {
    counts: use(
      "bits",
      (series) => series.shape,
      (series) => [series.length, 1],
    ),
  },
  size: {
    count: use(
      "bits",
      (series) => series.size,
      (series) => series.length,
    ),
  },
  copy: { copy: use("bits", (series) => series.copy(), asSeries) },
  print: {
    "what toString says": use(
      "bits",
      (series) => {
        const print = jest.spyOn(console, "log").mockImplementation(() => undefined);
        series.print();
        const said = print.mock.calls.map(([text]) => text as unknown);
        print.mockRestore();
        return said.join() === String(series);
      },
      () => true,
    ),
  },
  toString: {
    "a line a value and two above": use(
      "bits",
      (series) => String(series).split("\n").length,
      (series) => Math.max(series.length, 1) + 2,
    ),
  },
};

const selection: Comparisons<Subject> = {
  head: {
    "of 2": use(
      "bits",
      (series) => series.head(2),
      (series) => asSeries(series.slice(0, 2)),
    ),
  },
  tail: {
    "of 2": use(
      "bits",
      (series) => series.tail(2),
      (series) => asSeries(series.slice(-2)),
    ),
  },
  iat: {
    first: use(
      "bits",
      (series) => series.iat(0),
      (series, shape) => (isEmpty(shape) ? REFUSED : series[0].value),
    ),
  },
  iloc: {
    positions: use(
      "approx",
      (series) => series.iloc([2, 0]),
      (series, shape) => (isEmpty(shape) ? REFUSED : asSeries([series[2], series[0]])),
    ),
    "a slice": use(
      "approx",
      (series) => series.iloc(["1:3"]),
      (series) => asSeries(series.slice(1, 3)),
    ),
    "booleans by position": use(
      "approx",
      (series) => series.iloc(series.index.map((_, row) => row > 0)),
      (series) => asSeries(series.slice(1)),
    ),
  },
  loc: {
    labels: use(
      "approx",
      (series, shape) => series.loc([...shape.labels].reverse()),
      (series) => asSeries([...series].reverse()),
    ),
    "a label that is not there": use(
      "approx",
      (series) => series.loc([444]),
      () => REFUSED,
    ),
  },
  sortValues: {
    up: use(
      "approx",
      (series) => series.sortValues(),
      (series) => asSeries(reference.sorted(series, ({ value }) => value)),
    ),
    down: use(
      "error",
      (series) => series.sortValues({ ascending: false }),
      (series) => asSeries(reference.sorted(series, ({ value }) => value, false)),
    ),
  },
  dropNa: {
    values: use(
      "approx",
      (series) => series.dropNa(),
      (series) => asSeries(series.filter(({ value }) => !reference.missing(value))),
    ),
  },
  unique: {
    values: use(
      "approx",
      (series) => series.unique(),
      (series) =>
        asSeries(statistics.distinct(valuesOf(series)).map((value, label) => ({ label, value }))),
    ),
  },
  valueCounts: {
    "the most frequent first": use(
      "approx",
      (series) => series.valueCounts(),
      (series) => {
        const values = valuesOf(series).filter((value) => !reference.missing(value));
        const counts = statistics.distinct(values).map((label) => ({
          label: label as string,
          value: values.filter((value) => value === label).length,
        }));
        return asSeries(reference.sorted(counts, ({ value }) => value, false));
      },
    ),
  },
};

const reductions: Comparisons<Subject> = Object.fromEntries(
  ["mean", "median", "min", "max", "std", "var", "sum", "count", "nUnique"].map((name) => [
    name,
    {
      numbers: use(
        "bits",
        (series) => call(series, name),
        (series) => statistics.STATISTICS[name](valuesOf(series)),
      ),
      texts: use(
        "approx",
        (series) => call(series, name),
        (series, shape) =>
          isText(shape) && !["min", "max", "count", "nUnique"].includes(name)
            ? REFUSED
            : statistics.STATISTICS[name](valuesOf(series)),
      ),
    },
  ]),
);

function extremePosition(series: RowSeries, best: unknown): unknown {
  const position = series.findIndex(({ value }) => value === best);
  return position < 0 ? REFUSED : position;
}

const others: Comparisons<Subject> = {
  argMax: {
    position: use(
      "error",
      (series) => series.argMax(),
      (series) => extremePosition(series, statistics.largest(valuesOf(series))),
    ),
  },
  argMin: {
    position: use(
      "error",
      (series) => series.argMin(),
      (series) => extremePosition(series, statistics.smallest(valuesOf(series))),
    ),
  },
  describe: {
    numbers: use(
      "bits",
      (series) => series.describe(),
      (_series, _shape, rows) => {
        const name = rows.columns[0];
        return asSeries(reference.seriesOf(described(rows), name));
      },
    ),
  },
  abs: {
    sizes: use(
      "bits",
      (series) => series.abs(),
      (series) => asSeries(reference.mapValues(series, (value) => Math.abs(value as number))),
    ),
  },
  round: {
    "ties to even": use(
      "error",
      (series) => series.round(0),
      (series) => asSeries(reference.mapValues(series, (value) => evenRound(value as number))),
    ),
  },
  isNa: {
    flags: use(
      "approx",
      (series) => series.isNa(),
      (series) => asSeries(reference.mapValues(series, reference.missing)),
    ),
  },
  fillNa: {
    "one value": use(
      "bits",
      (series) => series.fillNa(0),
      (series) =>
        asSeries(reference.mapValues(series, (value) => (reference.missing(value) ? 0 : value))),
    ),
  },
  map: {
    "a function of value and position": use(
      "bits",
      (series) => series.map((value, position) => `${String(value)} at ${position}`),
      (series) =>
        asSeries(
          reference.mapValues(series, (value, _, position) => `${String(value)} at ${position}`),
        ),
    ),
    "an object": use(
      "approx",
      (series) => series.map({ half: 16, int8: 8 }),
      (series) =>
        asSeries(
          reference.mapValues(series, (value) =>
            value === "half" ? 16 : value === "int8" ? 8 : NaN,
          ),
        ),
    ),
    "a Map": use(
      "error",
      (series) => series.map(new Map([[0.25, "a quarter"]])),
      (series) =>
        asSeries(
          reference.mapValues(series, (value) => (value === 0.25 ? "a quarter" : undefined)),
        ),
    ),
  },
  apply: {
    "a function": use(
      "bits",
      (series) => series.apply((value) => [value].length),
      (series) => asSeries(reference.mapValues(series, () => 1)),
    ),
  },
};

const CUMULATIVE: Record<string, (left: number, right: number) => number> = {
  cumSum: (left, right) => left + right,
  cumMin: Math.min,
  cumMax: Math.max,
};

const cumulative: Comparisons<Subject> = Object.fromEntries(
  Object.entries(CUMULATIVE).map(([name, combine]) => [
    name,
    {
      running: use(
        "bits",
        (series) => call(series, name),
        (series) => {
          const done = statistics.running(valuesOf(series), combine);
          return asSeries(reference.mapValues(series, (_, __, position) => done[position]));
        },
      ),
    },
  ]),
);

const operators: Comparisons<Subject> = Object.fromEntries(
  Object.keys(OPERATORS).map((name): [string, Readonly<Record<string, Use>>] => [
    name,
    {
      "with a number": use(
        "bits",
        (series) => call(series, name, 4),
        (series) => asSeries(reference.mapValues(series, (value) => operate(name, value, 4))),
      ),
      "with itself in another order": use(
        "bits",
        (series, shape) => call(series, name, otherOrder(shape, "bits")),
        (series) => asSeries(reference.mapValues(series, (value) => operate(name, value, value))),
      ),
      "with an array": use(
        "bits",
        (series) =>
          call(
            series,
            name,
            series.index.map((_, row) => row + 1),
          ),
        (series) =>
          asSeries(reference.mapValues(series, (value, _, row) => operate(name, value, row + 1))),
      ),
      "with fewer values": use(
        "bits",
        (series) => call(series, name, series.head(1)),
        (series, shape) => (isEmpty(shape) ? asSeries(series) : REFUSED),
      ),
      ...(name === "eq" || name === "ne" ? { "with a text": equalsHalf(name) } : {}),
    },
  ]),
);

function equalsHalf(name: "eq" | "ne"): Use {
  return use(
    "approx",
    (series) => series[name]("half"),
    (series) =>
      asSeries(reference.mapValues(series, (value) => (value === "half") === (name === "eq"))),
  );
}

const flags = (series: Subject): Series<boolean> => series.eq("half");

const logical: Comparisons<Subject> = {
  and: {
    "with a series in another order": use(
      "approx",
      (series, shape) => flags(series).and(otherOrder(shape, "approx").ne("int8")),
      (series) => asSeries(reference.mapValues(series, (value) => value === "half")),
    ),
    "with an array": use(
      "approx",
      (series) => flags(series).and(series.index.map((_, row) => row > 0)),
      (series) =>
        asSeries(reference.mapValues(series, (value, _, row) => value === "half" && row > 0)),
    ),
    "of what is no boolean": use(
      "bits",
      (series) => call(series, "and", true),
      (series, shape) => (isEmpty(shape) ? asSeries(series) : REFUSED),
    ),
  },
  or: {
    "with a series in another order": use(
      "approx",
      (series, shape) => flags(series).or(otherOrder(shape, "approx").eq("int8")),
      (series) =>
        asSeries(reference.mapValues(series, (value) => value === "half" || value === "int8")),
    ),
    "with a boolean": use(
      "approx",
      (series) => flags(series).or(false),
      (series) => asSeries(reference.mapValues(series, (value) => value === "half")),
    ),
  },
};

/** Every member of `Series`. */
export const SERIES_COMPARISONS: Comparisons<Subject> = {
  ...basics,
  ...selection,
  ...reductions,
  ...others,
  ...cumulative,
  ...operators,
  ...logical,
};
