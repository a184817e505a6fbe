import type { Dtype } from "./columnFormat";
import { elide } from "./elide";
import { TABLE_LIMITS, type TableLimits } from "./formatTable";
import type { Table } from "./table";

/**
 * A column of a resource; what its numbers claim stands in fields of our own, which readers may
 * leave out.
 */
export interface DataField {
  readonly name: string;
  readonly type: string;
  readonly kind?: string;
  readonly unit?: string;
  /** Of a bound: for which inputs it is proved. */
  readonly inputs?: string;
}

/** A table as a Tabular Data Resource (frictionless), which data explorers of some clients read. */
export interface DataResource {
  readonly schema: {
    readonly fields: readonly DataField[];
    readonly primaryKey: readonly string[];
  };
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

const TYPES: Readonly<Record<Dtype, string>> = {
  float32: "number",
  int32: "integer",
  string: "string",
  boolean: "boolean",
  datetime: "datetime",
  undefined: "any",
};

/**
 * The visible rows of a table, under the same limits as its HTML; the row labels are its primary
 * key.
 */
export function renderDataResource(table: Table, limits: Partial<TableLimits> = {}): DataResource {
  const { maxRows, endRows } = { ...TABLE_LIMITS, ...limits };
  const names = new Set(table.columns.map((column) => column.name));
  let key = table.indexName === "" ? "index" : table.indexName;
  while (names.has(key)) key = `${key}_`;
  const rows = elide(table.index.length, maxRows, endRows).positions;
  return {
    schema: {
      fields: [
        {
          name: key,
          type: rows.every((row) => typeof table.index[row] === "number") ? "integer" : "string",
        },
        ...table.columns.map(({ name, dtype, note: { kind, unit, inputs } }) => ({
          name,
          type: TYPES[dtype],
          ...(kind === undefined ? {} : { kind }),
          ...(unit === undefined ? {} : { unit }),
          ...(inputs === undefined ? {} : { inputs }),
        })),
      ],
      primaryKey: [key],
    },
    data: rows.map((row) =>
      Object.fromEntries([
        [key, table.index[row]],
        ...table.columns.map(({ name }, column) => [name, jsonValue(table.valueAt(row, column))]),
      ]),
    ),
  };
}

/**
 * JSON has neither NaN nor infinity, nor big integers: the first is missing, the others are texts.
 */
function jsonValue(value: unknown): unknown {
  if (typeof value === "number") {
    if (Number.isNaN(value)) return null;
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value === "bigint") return String(value);
  if (value === undefined) return null;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return value;
}
