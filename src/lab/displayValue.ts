import { describeBriefly } from "../present/briefValue";
import { isDataset, showDataset } from "./datasetPictures";
import type { MimeBundle } from "../present/display";
import type { FigureData } from "../present/figure/figureData";
import { displayFigure } from "../present/figure/figureDisplay";
import { displayForeign } from "../present/foreignValue";
import { isNetwork, networkTable } from "./networkTable";
import { formatCount, formatSignificant } from "../present/numberFormat";
import { isFrame, isTable } from "../present/table/readTable";
import { isRun, showRun } from "./runDisplay";
import { displayTable } from "../present/table/showTable";
import type { Table } from "../present/table/table";
import { membersOf } from "../unknownValue";

/** Numbers of a long array that its text shows, half from either end. */
const SHOWN = 12;
/** Numbers beyond which a plain array is described like a typed one. */
const LONG_LIST = 100;

/**
 * How a value is shown that does not show itself: a DataFrame of any copy of danfojs, a table, a
 * matrix, a network, a data set, a run, a figure as plain JSON, long arrays of numbers, values of
 * other libraries, and those that have nothing to show but pages of their inside.
 *
 * @returns `undefined` for every other value
 */
export function displayValue(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    return undefined;
  if (isFrame(value) || isTable(value)) return displayTable(value);
  if (isMatrix(value)) return displayTable(matrixTable(value));
  if (isNetwork(value)) return displayTable(networkTable(value));
  if (isDataset(value)) return showDataset(value);
  if (isRun(value)) return showRun(value);
  if (isPlotlyFigure(value)) return displayFigure({ config: {}, ...value });
  const foreign = displayForeign(value);
  if (foreign !== undefined) return foreign;
  const brief = describeBriefly(value);
  if (brief !== undefined) return { "text/plain": brief };
  if (isNumberArray(value) || isLongList(value)) return { "text/plain": describeArray(value) };
  return undefined;
}

/** A figure as Plotly's own documents write it. */
function isPlotlyFigure(value: object): value is Omit<FigureData, "config"> {
  const { data, layout } = membersOf<FigureData>(value);
  const isPlain = (each: unknown): boolean => typeof each === "object" && each !== null;
  return Array.isArray(data) && data.length > 0 && data.every(isPlain) && isPlain(layout);
}

/** An array that holds numbers alone, so many that they would fill a page. */
function isLongList(value: object): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length > LONG_LIST &&
    value.every((each) => typeof each === "number")
  );
}

interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

function isMatrix(value: unknown): value is MatrixLike {
  if (value === null || typeof value !== "object") return false;
  const { rows, columns, data } = membersOf<MatrixLike>(value);
  return (
    typeof rows === "number" &&
    typeof columns === "number" &&
    isNumberArray(data) &&
    data.length === rows * columns
  );
}

type NumberArray = ArrayLike<number> & ArrayBufferView;

/** By name, for arrays of notebook cells and of workers belong to another realm. */
function isNumberArray(value: unknown): value is NumberArray {
  const name = Object.prototype.toString.call(value);
  return ArrayBuffer.isView(value) && /^\[object (Float|Int|Uint)\w*Array\]$/.test(name);
}

function matrixTable({ rows, columns, data }: MatrixLike): Table {
  return {
    caption: `matrix of ${formatCount(rows)} × ${formatCount(columns)}`,
    indexName: "",
    index: Array.from({ length: rows }, (_, row) => row),
    columns: Array.from({ length: columns }, (_, column) => ({
      name: String(column),
      dtype: "float32",
      note: {},
    })),
    valueAt: (row, column) => data[row * columns + column],
  };
}

/** An array in two lines: its kind, size and range, then its numbers, the middle left out. */
function describeArray(values: ArrayLike<number>): string {
  const name = Object.prototype.toString.call(values).slice("[object ".length, -1);
  const list = shownPart(values).join(", ");
  let finiteCount = 0;
  let smallest = Infinity;
  let largest = -Infinity;
  let sum = 0;
  // One pass, nothing copied: there may be ten million of them.
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    finiteCount++;
    sum += value;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  if (finiteCount === 0) return `${name}(${values.length}) [${list}]`;
  const said = [smallest, largest, sum / finiteCount].map((value) => formatSignificant(value));
  const others = values.length - finiteCount;
  const notFinite = others === 0 ? "" : `, ${formatCount(others)} not finite`;
  return (
    `${name}(${formatCount(values.length)}), ${said[0]} to ${said[1]}, mean ${said[2]}${notFinite}\n` +
    `[${list}]`
  );
}

/**
 * A long typed array in one line, for a place among other values; `undefined` for everything else.
 */
export function abbreviateArray(value: unknown): string | undefined {
  if (!isNumberArray(value) || value.length <= SHOWN) return undefined;
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return `${name}(${formatCount(value.length)}) [ ${shownPart(value, SHOWN / 2).join(", ")} ]`;
}

function shownPart(values: ArrayLike<number>, shown: number = SHOWN): string[] {
  const list = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, i) => formatSignificant(values[from + i]));
  if (values.length <= shown) return list(0, values.length);
  return [...list(0, shown / 2), "…", ...list(values.length - shown / 2, values.length)];
}
