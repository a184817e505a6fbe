import { ArgumentError, ShapeError } from "../errors";
import type { Dtype } from "./columnFormat";
import type { DataFrame, RowLabel } from "./frameType";
import { NOTES } from "./readTable";
import { inferDtype, type NamedColumns, type TableNotes } from "./table";

/** The part of danfojs-node that RoundLab builds on. */
export interface Danfojs {
  readonly DataFrame: { new (data: unknown, options: FrameOptions): DataFrame; prototype: object };
  readonly Series: { prototype: object };
}

/** What a frame of danfojs is made with, besides its rows. */
export interface FrameOptions {
  readonly columns: string[];
  readonly index: RowLabel[];
  readonly dtypes: string[];
  readonly config: object;
}

/** What `createDataFrame` may be told besides the data. */
export interface DataFrameOptions extends TableNotes {
  /** Names, choice and order of the columns. */
  readonly columns?: readonly string[];
  /** One distinct label per row; 0, 1, 2, ... unless given. */
  readonly index?: readonly RowLabel[];
  /** What columns hold, where it is not to be judged by their values. */
  readonly dtypes?: Readonly<Record<string, Dtype>>;
}

/**
 * A frame over copies of the columns, in plain arrays, as danfojs needs them.
 *
 * @throws ShapeError if the index does not fit; ArgumentError if row labels repeat
 */
export function buildFrame(
  { DataFrame }: Danfojs,
  { names, values, rowCount }: NamedColumns,
  options: DataFrameOptions,
): DataFrame {
  const index = [...(options.index ?? Array.from({ length: rowCount }, (_, row) => row))];
  if (index.length !== rowCount) {
    throw new ShapeError(`a frame of ${rowCount} rows got an index of ${index.length} labels`);
  }
  if (new Set(index).size !== index.length) {
    throw new ArgumentError(
      "the row labels of a DataFrame must differ; leave `index` out to count",
    );
  }
  const dtypes = names.map(
    (name, column) => givenDtype(options, name) ?? inferDtype(values[column] ?? []),
  );
  const missing = dtypes.map((dtype) => (dtype === "float32" || dtype === "int32" ? NaN : null));
  const rows = Array.from({ length: rowCount }, (_, row) =>
    values.map((column, position) => column[row] ?? missing[position]),
  );
  const { caption, indexName, notes } = options;
  const tableDisplayConfig = Object.defineProperty({}, NOTES, {
    value: { caption, indexName, notes },
  });
  return new DataFrame(rows, {
    columns: [...names],
    index,
    dtypes,
    config: { tableDisplayConfig },
  });
}

function givenDtype({ dtypes }: DataFrameOptions, name: string): Dtype | undefined {
  return dtypes !== undefined && Object.hasOwn(dtypes, name) ? dtypes[name] : undefined;
}
