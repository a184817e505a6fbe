import type { Danfojs } from "./danfojs";
import type { DataFrame, FrameLike, RowLabel, Series } from "./frameType";
import { NOTES } from "../table/readTable";
import { ArgumentError } from "../../errors";
import { checkLabels } from "./labels";
import { pruneNotes } from "./notes";
import type { FrameParts } from "./parts";
import { quote } from "./quote";

/** Where danfojs keeps what a frame or a series is. */
interface FrameFields {
  $data: unknown[];
  $dataIncolumnFormat: unknown[];
  $index: RowLabel[];
  $columns: string[];
  $dtypes: string[];
  $config: object;
  $setInternalColumnDataProperty?(): void;
}

/**
 * A frame or series of danfojs with these parts. danfojs's constructor is given no rows: it would
 * guess what they are by the first of them, and turn the columns about twice.
 */
export function makeFrame(library: Danfojs, parts: FrameParts): DataFrame | Series {
  checkNames(parts.names);
  const options = {
    columns: [...parts.names],
    dtypes: [...parts.dtypes],
    index: [],
    config: configOf(parts),
  };
  const made = parts.isSeries
    ? new library.Series([], options)
    : new library.DataFrame([], options);
  fillFields(fieldsOf(made), parts);
  return made;
}

function fieldsOf(frame: FrameLike): FrameFields {
  // Frames and series keep these fields; the public types do not show them.
  return frame as unknown as FrameFields;
}

/** Gives a frame other parts in place, for danfojs's option `inplace`. */
export function adoptParts(frame: FrameLike, parts: FrameParts): void {
  checkNames(parts.names);
  const fields = fieldsOf(frame);
  // danfojs's class of options stays, with what else was set on them.
  const config: object = Object.create(Object.getPrototypeOf(fields.$config));
  fields.$config = Object.assign(config, fields.$config, configOf(parts));
  fillFields(fields, parts);
  fields.$setInternalColumnDataProperty?.();
}

function configOf({ names, notes }: FrameParts): { tableDisplayConfig: object } {
  // Hidden from enumeration, so that danfojs hands it on but never reads it.
  const value = pruneNotes(notes, names);
  return { tableDisplayConfig: Object.defineProperty({}, NOTES, { value }) };
}

function fillFields(frame: FrameFields, parts: FrameParts): void {
  const rowCount = parts.index.length;
  const columns = parts.columns.map((column) => [...column]);
  frame.$index = checkLabels(parts.index);
  frame.$columns = [...parts.names];
  frame.$dtypes = [...parts.dtypes];
  if (parts.isSeries) {
    frame.$data = columns[0] ?? [];
    frame.$dataIncolumnFormat = frame.$data;
    return;
  }
  frame.$data = Array.from({ length: rowCount }, (_, row) => columns.map((column) => column[row]));
  frame.$dataIncolumnFormat = columns;
}

function checkNames(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  throw new ArgumentError(
    `two columns would be called ${quote(repeated)}; the columns of a DataFrame have different names`,
  );
}
