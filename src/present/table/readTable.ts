import { ArgumentError } from "../../errors";
import type { Dtype } from "./columnFormat";
import type { FrameLike } from "../frame/frameType";
import { noteOf, type Table, type TableNotes } from "./table";
import { membersOf } from "../../unknownValue";

/** Anything that can be shown as a table. */
export type TableLike = Table | FrameLike;

/**
 * Where a frame keeps its caption and notes: on danfojs's own display options, which danfojs hands
 * on to the frames that its methods make, so that `frame.head(3)` keeps the caption.
 */
export const NOTES: unique symbol = Symbol.for("roundlab.tableNotes");

/** The members of a frame or series of danfojs that a table is read from. */
interface InnerFrame {
  readonly values: readonly unknown[];
  readonly columns: readonly string[] | string;
  readonly index: readonly (string | number)[];
  readonly dtypes: readonly Dtype[];
  readonly $isSeries: boolean;
  readonly config?: { readonly tableDisplayConfig?: { readonly [NOTES]?: TableNotes } };
}

/**
 * Whether a value is a DataFrame or Series of danfojs, told by its members, whichever copy made it.
 */
export function isFrame(value: unknown): value is FrameLike {
  if (value === null || typeof value !== "object") return false;
  const { $isSeries, values, columns, index } = membersOf<InnerFrame>(value);
  return (
    typeof $isSeries === "boolean" &&
    Array.isArray(values) &&
    columns !== undefined &&
    Array.isArray(index)
  );
}

/** Whether a value is a table of `createTable`. */
export function isTable(value: unknown): value is Table {
  if (value === null || typeof value !== "object") return false;
  const { columns, index, valueAt } = membersOf<Table>(value);
  return Array.isArray(columns) && index !== undefined && typeof valueAt === "function";
}

/**
 * A view on a frame, a series or a table, as renderers read it; nothing is copied.
 *
 * @throws ArgumentError if the value is none of these
 */
export function readTable(value: TableLike): Table {
  // isFrame has looked at the members; the public types leave some of them out.
  if (isFrame(value)) return readFrame(value as unknown as InnerFrame);
  if (isTable(value)) return value;
  throw new ArgumentError(
    `expected a DataFrame, a Series or a table, found ${Object.prototype.toString.call(value)}; ` +
      "make one of plain data with createDataFrame or createTable",
  );
}

function readFrame(frame: InnerFrame): Table {
  const notes = frame.config?.tableDisplayConfig?.[NOTES] ?? {};
  const names = typeof frame.columns === "string" ? [frame.columns] : frame.columns;
  const { values, $isSeries } = frame;
  // Rows of danfojs's frames are arrays.
  const rows = values as readonly (readonly unknown[] | undefined)[];
  return {
    caption: notes.caption ?? "",
    indexName: notes.indexName ?? "",
    index: frame.index,
    columns: names.map((name, column) => ({
      name: String(name),
      dtype: frame.dtypes[column] ?? "undefined",
      note: noteOf(notes, String(name)),
    })),
    valueAt: $isSeries ? (row) => values[row] : (row, column) => rows[row]?.[column],
  };
}
