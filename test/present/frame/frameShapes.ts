import { createDataFrame } from "../../../src/present/frame/dataFrame";
import type { DataFrame } from "../../../src/present/frame/frameType";
import type { Label, RowFrame } from "../../reference/rowFrame";

/** A frame for the comparison of methods: its labels, and its cells by column. */
export interface Shape {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

const VALUES = {
  approx: ["half", "int8", "half", "prune", "int8", "half"],
  error: [0.5, 0.1, 0.25, 2, 0.1, 1.5],
  bits: [16, 8, 16, 3, -8, 4],
  certified: [true, false, true, true, false, true],
};

const COUNTED = [0, 1, 2, 3, 4, 5];

export const SHAPES: readonly Shape[] = [
  { name: "labels 0 to n", labels: COUNTED, columns: VALUES },
  { name: "labels shuffled", labels: [3, 0, 5, 1, 4, 2], columns: VALUES },
  { name: "labels reversed", labels: [5, 4, 3, 2, 1, 0], columns: VALUES },
  { name: "labels far apart", labels: [7, 800, 9, -3, 70000, 8], columns: VALUES },
  { name: "labels that are texts", labels: ["e", "b", "a", "f", "0", "c"], columns: VALUES },
  {
    name: "values missing",
    labels: [7, 8, 9, 12, 11, 10],
    columns: {
      approx: ["half", null, "half", "prune", "int8", null],
      error: [NaN, 0.1, 0.25, NaN, 0.1, 1.5],
      bits: [16, 8, NaN, 3, NaN, 4],
      certified: [true, null, true, true, false, true],
    },
  },
  { name: "one column", labels: [9, 8, 7], columns: { error: [0.25, 3, 0.125] } },
  {
    name: "no rows",
    labels: [],
    columns: { approx: [], error: [], bits: [], certified: [] },
  },
];

const DTYPES = {
  approx: "string",
  error: "float32",
  bits: "int32",
  certified: "boolean",
} as const;

/** The columns of a shape among those asked for. */
export function columnsIn(shape: Shape, columns: readonly string[]): string[] {
  return columns.filter((column) => column in shape.columns);
}

/** A real frame of the shape, with some of its columns. */
export function frameOf(shape: Shape, columns: readonly string[]): DataFrame {
  const names = columnsIn(shape, columns);
  const isEmpty = shape.labels.length === 0;
  return createDataFrame(Object.fromEntries(names.map((name) => [name, shape.columns[name]])), {
    index: shape.labels,
    columns: names,
    dtypes: isEmpty ? DTYPES : {},
  });
}

/** The same for the reference. */
export function rowsOf(shape: Shape, columns: readonly string[]): RowFrame {
  const names = columnsIn(shape, columns);
  return {
    columns: names,
    rows: shape.labels.map((label, row) => ({
      label,
      cells: Object.fromEntries(names.map((name) => [name, shape.columns[name][row]])),
    })),
  };
}

/** A random order of positions that is the same at every run. */
export function turned<Item>(items: readonly Item[]): Item[] {
  return [...items.slice(2), ...items.slice(0, 2)].reverse();
}
