import { ArgumentError, ShapeError } from "../../errors";
import type { ColumnNote } from "../table/columnFormat";
import { isFrame } from "../table/readTable";
import { noteOf } from "../table/table";
import { alignLabels } from "./labels";
import { newColumn } from "./missing";
import { setNote, withoutHeading } from "./notes";
import {
  columnAt,
  columnsOf,
  frameParts,
  namesIndex,
  positionOf,
  readParts,
  type ColumnParts,
  type FrameParts,
} from "./parts";
import { quote, quoteAll } from "./quote";

/**
 * The frame with one more column, or with another in its place. A series is matched by its labels
 * and brings its kind and unit along; an array goes by position.
 */
export function addColumn(
  parts: FrameParts,
  name: string,
  values: unknown,
  { atIndex }: { readonly atIndex?: number | string } = {},
): FrameParts {
  if (typeof name !== "string" || name === "") {
    throw new ArgumentError(`addColumn needs a name for the column, found ${quote(name)}`);
  }
  if (namesIndex(parts, name)) {
    throw new ArgumentError(
      `the row labels are called ${quote(name)} already; resetIndex() makes them a column`,
    );
  }
  const columns = columnsOf(parts);
  const taken = positionOf(parts, name);
  const place = taken ?? placeOf(parts, atIndex);
  columns.splice(place, taken === undefined ? 0 : 1, columnFor(parts, name, values));
  const note = isFrame(values) ? noteOfSeries(readParts(values)) : undefined;
  return frameParts(columns, parts.index, setNote(parts.notes, name, note));
}

function noteOfSeries(series: FrameParts): ColumnNote {
  return withoutHeading(noteOf(series.notes, series.names[0] ?? ""));
}

function placeOf(parts: FrameParts, atIndex: number | string | undefined): number {
  if (atIndex === undefined) return parts.names.length;
  const place = typeof atIndex === "string" ? positionOf(parts, atIndex) : atIndex;
  if (place !== undefined && Number.isInteger(place) && place >= 0 && place <= parts.names.length) {
    return place;
  }
  throw new ArgumentError(
    `atIndex is a position from 0 to ${parts.names.length} or a column's name, found ${quote(atIndex)}; ` +
      `the columns are ${quoteAll(parts.names)}`,
  );
}

function columnFor(parts: FrameParts, name: string, given: unknown): ColumnParts {
  if (isFrame(given)) {
    const series = readParts(given);
    if (!series.isSeries) {
      throw new ArgumentError(`a column is an array or a Series, found a DataFrame`);
    }
    const order = alignLabels(series.index, parts.index, { from: "the series", to: "the frame" });
    const { values, dtype } = columnAt(series, 0);
    return { name, dtype, values: order === undefined ? values : order.map((row) => values[row]) };
  }
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) {
    throw new ArgumentError(`a column is an array or a Series, found ${quote(given)}`);
  }
  // Views of numbers are read as arrays are.
  const values = Array.from(given as unknown as ArrayLike<unknown>);
  if (values.length !== parts.index.length) {
    throw new ShapeError(
      `column ${quote(name)} would have ${values.length} values, but the frame has ` +
        `${parts.index.length} rows`,
    );
  }
  const isFloat =
    ArrayBuffer.isView(given) && Object.prototype.toString.call(given).includes("Float");
  return newColumn(name, values, { isFloat });
}
