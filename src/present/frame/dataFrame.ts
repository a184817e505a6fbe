import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ArgumentError } from "../../errors";
import { buildFrame, type DataFrameOptions } from "./buildFrame";
import { renderCsv, type CsvOptions } from "../table/csv";
import { DESCRIPTION_ROWS, describeColumns } from "../table/describeColumns";
import { concatColumns, concatRows } from "./concat";
import type { Danfojs } from "./danfojs";
import { installFrames } from "./install";
import { makeFrame } from "./makeFrame";
import { mergeParts, type MergeOptions } from "./merge";
import { readParts, type FrameParts } from "./parts";
import type { DataFrame, FrameLike } from "./frameType";
import { readTable, type TableLike } from "../table/readTable";
import { arrangeColumns, type TableData } from "../table/table";

/**
 * What one row of a frame over these data holds: rows as objects say it, and so do columns by name.
 */
export type RowOf<Data> = Data extends readonly (infer Row)[]
  ? Row extends ArrayLike<unknown>
    ? object
    : Row extends object
      ? Row
      : object
  : { [Name in keyof Data]: Data[Name] extends ArrayLike<infer Value> ? Value : unknown };

/**
 * Loads danfojs, which takes about a second the first time (it brings TensorFlow.js), and gives its
 * frames and series RoundLab's methods (decision 022). A program that will show a frame soon may
 * call it early; every function here calls it by itself.
 */
export function loadDanfojs(): Danfojs {
  // The part of the package that danfojs.ts describes.
  const library = createRequire(__filename)("danfojs-node") as Danfojs;
  installFrames(library, (path, text) => writeFileSync(path, text, "utf8"));
  return library;
}

function frameOf<Row extends object = object>(parts: FrameParts): DataFrame<Row> {
  // The parts of a frame make a frame, not a series; what its rows are the caller's types say.
  return makeFrame(loadDanfojs(), parts) as DataFrame<Row>;
}

/**
 * A danfojs DataFrame that shows itself in a notebook.
 *
 * @param data  rows as objects or arrays, or columns by name; columns may be typed arrays. Nothing
 *   of it is kept: changing the frame leaves it as it was. A value that a row lacks becomes NaN in
 *   a numeric column and null in any other.
 * @throws ShapeError if columns differ in length or the index does not fit; ArgumentError if row
 *   labels repeat
 * @example
 * rl.createDataFrame({ bits: [16, 8], E_T: [0.02, 0.6] }, { notes: { E_T: { kind: "sample" } } })
 */
export function createDataFrame<Data extends TableData>(
  data: Data,
  options: DataFrameOptions = {},
): DataFrame<RowOf<Data>> {
  const frame = buildFrame(loadDanfojs(), arrangeColumns(data, options.columns), options);
  // The type tells what the data hold, which nothing at run time does.
  return frame as DataFrame<RowOf<Data>>;
}

/**
 * Frames under one another (axis 0) or beside one another (axis 1) as a new frame. No frame given
 * is changed. Under one another, rows are counted from 0 and labels with a name become a column.
 * Beside one another, rows are matched by their labels. The caption is that of the first frame; a
 * kind or a unit stays where the frames agree on it.
 *
 * @throws ArgumentError without a frame
 * @example
 * rl.concatFrames([rl.createDataFrame({ a: [1] }), rl.createDataFrame({ a: [2] })])
 */
export function concatFrames<Row extends object = object>(
  frames: readonly (FrameLike | DataFrame<Row>)[],
  options: { readonly axis?: 0 | 1 } = {},
): DataFrame<Row> {
  if (frames.length === 0) throw new ArgumentError("concatFrames needs at least one frame");
  const parts = frames.map(readParts);
  const joined = options.axis === 1 ? concatColumns(parts) : concatRows(parts);
  return frameOf(joined);
}

/**
 * Rows of two frames beside one another where their keys are equal, as pandas's `merge`. Each row
 * meets every partner; names that both sides have get suffixes; rows are counted from 0.
 *
 * @throws ArgumentError if there is no common column, keys are of different kinds, or names collide
 * @example
 * const half = rl.createDataFrame({ point: [0, 1], half: [0.02, 0.03] });
 * const int8 = rl.createDataFrame({ point: [0, 1], int8: [0.4, 0.5] });
 * rl.merge(half, int8, { on: "point" })
 */
export function merge<Left extends object = object, Right extends object = object>(
  left: DataFrame<Left> | FrameLike,
  right: DataFrame<Right> | FrameLike,
  options: MergeOptions = {},
): DataFrame<Left & Right> {
  return frameOf(mergeParts(readParts(left), readParts(right), options));
}

/**
 * Count, mean, spread and quartiles of every numeric column, NaN and missing values left out.
 *
 * @example
 * rl.describeFrame(rl.createDataFrame({ a: [1, 2, 6] }))
 */
export function describeFrame(frame: TableLike): DataFrame {
  const table = readTable(frame);
  return createDataFrame(describeColumns(table), {
    index: DESCRIPTION_ROWS,
    caption: table.caption,
  });
}

/**
 * A frame, series or table as comma-separated values (RFC 4180).
 *
 * @example
 * rl.toCsv(rl.createDataFrame({ a: [1, 2] }))
 */
export function toCsv(frame: TableLike, options: CsvOptions = {}): string {
  return renderCsv(readTable(frame), options);
}
