import { ArgumentError, ShapeError } from "../../../src/errors";
import type { DataFrame, Series } from "../../../src/present/frame/frameType";
import { isFrame } from "../../../src/present/table/readTable";
import { missing, REFUSED, type RowFrame, type RowSeries } from "../../reference/rowFrame";
import type { Shape } from "./frameShapes";

/** One use of a member, done by the product and by the reference. */
export interface Comparison<Subject> {
  /** The columns that the frame has, of `approx`, `error`, `bits`, `certified`. */
  readonly columns: readonly string[];
  readonly actual: (subject: Subject, shape: Shape) => unknown;
  readonly expected: (rows: RowFrame, shape: Shape) => unknown;
}

/** Uses of each member of an interface. */
export type Comparisons<Subject> = Readonly<
  Record<string, Readonly<Record<string, Comparison<Subject>>>>
>;

function plainCell(value: unknown): unknown {
  return missing(value) ? "(missing)" : value;
}

/**
 * A frame, a series or a single value in a form that can be compared; missing values are all alike.
 */
export function plainActual(value: unknown): unknown {
  if (!isFrame(value)) return Array.isArray(value) ? value.map(plainActual) : plainCell(value);
  const { $isSeries } = value as unknown as { $isSeries: boolean };
  checkWhole(value as unknown as DataFrame & Series);
  if ($isSeries) return { index: [...value.index], values: value.values.map(plainCell) };
  return {
    columns: [...value.columns],
    index: [...value.index],
    values: (value as DataFrame).values.map((row) => row.map(plainCell)),
  };
}

/** The same for what the reference says. */
export function plainExpected(value: unknown): unknown {
  if (isRowFrame(value)) {
    return {
      columns: [...value.columns],
      index: value.rows.map(({ label }) => label),
      values: value.rows.map(({ cells }) => value.columns.map((name) => plainCell(cells[name]))),
    };
  }
  if (isRowSeries(value)) {
    return {
      index: value.map(({ label }) => label),
      values: value.map((entry) => plainCell(entry.value)),
    };
  }
  return Array.isArray(value) ? value.map(plainExpected) : plainCell(value);
}

function isRowFrame(value: unknown): value is RowFrame {
  return value !== null && typeof value === "object" && "rows" in value && "columns" in value;
}

/** Marks a list of labelled values, which may be empty. */
const SERIES: unique symbol = Symbol("series");

export function asSeries(series: RowSeries): RowSeries {
  return Object.assign([...series], { [SERIES]: true });
}

function isRowSeries(value: unknown): value is RowSeries {
  return Array.isArray(value) && SERIES in value;
}

/** What a use of a member comes to; a refusal in our words counts as a result. */
export async function resultOf(use: () => unknown): Promise<unknown> {
  try {
    return plainActual(await use());
  } catch (error) {
    if (error instanceof ArgumentError || error instanceof ShapeError) return REFUSED;
    throw error;
  }
}

/** What danfojs keeps twice must agree, or its next method sees another frame than is shown. */
function checkWhole(frame: DataFrame & Series): void {
  const { $dataIncolumnFormat, $isSeries } = frame as unknown as {
    $dataIncolumnFormat: unknown[];
    $isSeries: boolean;
  };
  expect(frame.values.length).toBe(frame.index.length);
  expect(new Set(frame.index).size).toBe(frame.index.length);
  expect(frame.dtypes.length).toBe($isSeries ? 1 : frame.columns.length);
  expect(frame.shape).toEqual([frame.index.length, $isSeries ? 1 : frame.columns.length]);
  const byColumn = $isSeries
    ? frame.values
    : frame.columns.map((_, column) =>
        (frame.values as unknown as unknown[][]).map((row) => row[column]),
      );
  expect($dataIncolumnFormat).toEqual(byColumn);
  const columns = $isSeries ? [byColumn] : byColumn;
  columns.forEach((values, column) => {
    const dtype = frame.dtypes[column];
    const present = values.filter((value) => !missing(value));
    if (dtype === "int32") expect(values.every(Number.isSafeInteger)).toBe(true);
    if (dtype === "float32") {
      expect(present.every((value) => typeof value === "number")).toBe(true);
    }
    if (dtype === "boolean") {
      expect(present.every((value) => typeof value === "boolean")).toBe(true);
    }
  });
}
