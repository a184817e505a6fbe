import { writeFileSync } from "node:fs";
import { ArgumentError } from "../errors";
import { requirePackage } from "../packageRoot";
import { buildFrame, type Danfojs, type DataFrameOptions } from "./buildFrame";
import { concatColumns, concatRows } from "./concatTables";
import { renderCsv, type CsvOptions } from "./csv";
import { DESCRIPTION_ROWS, describeColumns } from "./describeColumns";
import type { DataFrame, Series } from "./frameType";
import { mendDanfojs } from "./mendDanfojs";
import { readTable, type TableLike } from "./readTable";
import { arrangeColumns, type TableData } from "./table";

/**
 * Loads danfojs, which takes about a second the first time (it brings TensorFlow.js), and mends it:
 * its frames and series show themselves, and the faults listed in decision 020 are cured. A program
 * that will show a frame soon may call it early; every function here calls it by itself.
 */
export function loadDanfojs(): Danfojs {
  const library = requirePackage("danfojs-node") as Danfojs;
  mendDanfojs(library, (path, text) => writeFileSync(path, text, "utf8"));
  return library;
}

/**
 * A danfojs DataFrame that shows itself in a notebook.
 *
 * @param data  rows as objects or arrays, or columns by name; columns may be typed arrays. Nothing
 *              of it is kept: changing the frame leaves it as it was. A value that a row lacks
 *              becomes NaN in a numeric column and null in any other.
 * @throws ShapeError if columns differ in length or the index does not fit; ArgumentError if row
 *         labels repeat
 * @example
 * createDataFrame({ bits: [16, 12], E_T: [0.0247, 0.613] }, { notes: { E_T: { kind: "sample" } } })
 */
export function createDataFrame(data: TableData, options: DataFrameOptions = {}): DataFrame {
  return buildFrame(loadDanfojs(), arrangeColumns(data, options.columns), options);
}

/**
 * Frames under one another (axis 0) or beside one another (axis 1) as a new frame, its rows counted
 * from 0. No frame given is changed. The caption is that of the first frame.
 *
 * @throws ArgumentError without a frame
 */
export function concatFrames(
  frames: readonly (DataFrame | Series)[],
  options: { readonly axis?: 0 | 1 } = {},
): DataFrame {
  const tables = frames.map(readTable);
  const [first] = tables;
  if (first === undefined) throw new ArgumentError("concatFrames needs at least one frame");
  const columns = options.axis === 1 ? concatColumns(tables) : concatRows(tables);
  const notes = tables.flatMap((table) =>
    table.columns.map(({ name, note }): [string, typeof note] => [name, note]),
  );
  return buildFrame(loadDanfojs(), columns, {
    caption: first.caption,
    indexName: first.indexName,
    // Of two notes on one name the later entry stands, so the first frame's come last.
    notes: Object.fromEntries(notes.reverse()),
  });
}

/** Count, mean, spread and quartiles of every numeric column, NaN and missing values left out. */
export function describeFrame(frame: TableLike): DataFrame {
  const table = readTable(frame);
  return createDataFrame(describeColumns(table), {
    index: DESCRIPTION_ROWS,
    caption: table.caption,
  });
}

/** A frame, series or table as comma-separated values (RFC 4180). */
export function toCsv(frame: TableLike, options: CsvOptions = {}): string {
  return renderCsv(readTable(frame), options);
}
