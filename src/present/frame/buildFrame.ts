import { ShapeError } from "../../errors";
import type { Dtype } from "../table/columnFormat";
import type { Danfojs } from "./danfojs";
import { makeFrame } from "./makeFrame";
import { missingOf } from "./missing";
import { countedLabels, frameParts } from "./parts";
import type { DataFrame, RowLabel } from "./frameType";
import { inferDtype, type NamedColumns, type TableNotes } from "../table/table";

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
  library: Danfojs,
  { names, values, rowCount }: NamedColumns,
  options: DataFrameOptions,
): DataFrame {
  const index = options.index ?? countedLabels(rowCount);
  if (index.length !== rowCount) {
    throw new ShapeError(`a frame of ${rowCount} rows got an index of ${index.length} labels`);
  }
  const columns = names.map((name, position) => {
    const given = values[position] ?? [];
    const dtype = givenDtype(options, name) ?? inferDtype(given);
    const missing = missingOf(dtype);
    return { name, dtype, values: Array.from(given, (value) => value ?? missing) };
  });
  const { caption, indexName, notes } = options;
  // The parts of a frame make a frame, not a series.
  return makeFrame(library, frameParts(columns, index, { caption, indexName, notes })) as DataFrame;
}

function givenDtype({ dtypes }: DataFrameOptions, name: string): Dtype | undefined {
  return dtypes !== undefined && Object.hasOwn(dtypes, name) ? dtypes[name] : undefined;
}
