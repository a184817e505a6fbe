import { ArgumentError, assertNever, ShapeError } from "../../errors";
import type { Dtype } from "../table/columnFormat";
import type { FrameValue } from "./frameType";
import { isMissing, newColumn } from "./missing";
import { bareNotes, withoutClaims } from "./notes";
import { numberOf, numbersOf } from "./numbers";
import { columnNamed, columnsOf, frameParts, type ColumnParts, type FrameParts } from "./parts";
import { quote } from "./quote";
import { isList } from "../../unknownValue";

/** The parts with every column changed; what was claimed of its values is dropped. */
function mapColumns(parts: FrameParts, change: (column: ColumnParts) => ColumnParts): FrameParts {
  const changed = columnsOf(parts).map(change);
  return {
    ...parts,
    columns: changed.map(({ values }) => values),
    dtypes: changed.map(({ dtype }) => dtype),
    notes: bareNotes(parts.notes),
  };
}

/** True where a value is missing. */
export function isNa(parts: FrameParts): FrameParts {
  return mapColumns(parts, ({ name, values }) => newColumn(name, values.map(isMissing)));
}

/** Sizes without signs. */
export function abs(parts: FrameParts): FrameParts {
  return mapColumns(parts, (column) => {
    const values = numbersOf(column, "abs").map(Math.abs);
    return newColumn(column.name, values, { isFloat: column.dtype === "float32" });
  });
}

/** Numbers rounded to decimals, ties to the even neighbour as in NumPy. Texts stay as they are. */
export function round(parts: FrameParts, decimals: number = 1): FrameParts {
  if (!Number.isInteger(decimals)) {
    throw new ArgumentError(`round takes a whole number of decimals, found ${quote(decimals)}`);
  }
  return mapColumns(parts, ({ name, values, dtype }) => ({
    name,
    dtype,
    values: values.map((value) => (typeof value === "number" ? roundTo(value, decimals) : value)),
  }));
}

function roundTo(value: number, decimals: number): number {
  const scale = 10 ** Math.abs(decimals);
  const scaled = decimals < 0 ? value / scale : value * scale;
  if (!Number.isFinite(scaled) || Math.abs(scaled) >= 2 ** 52) return value;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const whole = isUp ? below + 1 : below;
  return decimals < 0 ? whole * scale : whole / scale;
}

/** A function of every cell. */
export function applyMap(parts: FrameParts, function_: (value: unknown) => unknown): FrameParts {
  return mapColumns(parts, ({ name, values }) =>
    newColumn(
      name,
      values.map((value) => function_(value)),
    ),
  );
}

/**
 * Each value of a series by a function of value and position, by an object's members, or by a Map.
 */
export function mapSeries(
  parts: FrameParts,
  mapping: ((value: unknown, position: number) => unknown) | object,
): FrameParts {
  const lookUp = lookUpIn(mapping);
  return mapColumns(parts, ({ name, values }) => newColumn(name, values.map(lookUp)));
}

function lookUpIn(mapping: unknown): (value: unknown, position: number) => unknown {
  if (typeof mapping === "function")
    // What it takes nobody can ask; it is given what maps are given.
    return mapping as (value: unknown, position: number) => unknown;
  // By name, for maps of notebook cells belong to another realm.
  if (Object.prototype.toString.call(mapping) === "[object Map]") {
    // What calls itself a map is one.
    return (value) => (mapping as ReadonlyMap<unknown, unknown>).get(value);
  }
  if (mapping === null || typeof mapping !== "object") {
    throw new ArgumentError(`map takes a function, an object or a Map, found ${quote(mapping)}`);
  }
  return (value) =>
    Object.hasOwn(mapping, String(value)) ? Reflect.get(mapping, String(value)) : undefined;
}

/** Missing values set to others, in all columns or in some; an array has one for each of them. */
export function fillNa(
  parts: FrameParts,
  value: FrameValue | readonly FrameValue[],
  { columns }: { readonly columns?: readonly string[] } = {},
): FrameParts {
  const names = (columns ?? parts.names).map((name) => columnNamed(parts, name).name);
  const fillers = isList(value) ? value : undefined;
  if (fillers !== undefined && fillers.length !== names.length) {
    throw new ShapeError(
      `fillNa got ${fillers.length} values for ${names.length} columns; give one for each, or a single one`,
    );
  }
  const changed = exchange(parts, names, (cell, position) =>
    isMissing(cell) ? (fillers === undefined ? value : fillers[position]) : cell,
  );
  return { ...changed, notes: withoutClaims(parts.notes, names) };
}

/** Cells that hold one value set to another, in all columns or in some. */
export function replace(
  parts: FrameParts,
  from: FrameValue,
  to: FrameValue,
  { columns }: { readonly columns?: readonly string[] } = {},
): FrameParts {
  if (isMissing(from))
    throw new ArgumentError("replace takes a value; fillNa replaces missing ones");
  if (to === undefined)
    throw new ArgumentError("replace needs the new value as its second argument");
  const names = (columns ?? parts.names).map((name) => columnNamed(parts, name).name);
  const changed = exchange(parts, names, (cell) => (cell === from ? to : cell));
  return { ...changed, notes: withoutClaims(parts.notes, names) };
}

function exchange(
  parts: FrameParts,
  names: readonly string[],
  change: (cell: unknown, position: number) => unknown,
): FrameParts {
  const columns = columnsOf(parts).map((column) => {
    const position = names.indexOf(column.name);
    if (position < 0) return column;
    const values = column.values.map((cell) => change(cell, position));
    const isSame = values.every((value, row) => Object.is(value, column.values[row]));
    return isSame
      ? column
      : newColumn(column.name, values, { isFloat: column.dtype === "float32" });
  });
  return {
    ...parts,
    columns: columns.map(({ values }) => values),
    dtypes: columns.map(({ dtype }) => dtype),
  };
}

/** One column as another kind of value; kinds and units of its numbers are dropped. */
export function asType(parts: FrameParts, name: string, dtype: Dtype): FrameParts {
  const converted = convertTo(columnNamed(parts, name), dtype);
  const columns = columnsOf(parts).map((column) => (column.name === name ? converted : column));
  return { ...frameParts(columns, parts.index, withoutClaims(parts.notes, [name])) };
}

function convertTo({ name, values }: ColumnParts, dtype: Dtype): ColumnParts {
  const where = (): string => `${dtype} for column ${quote(name)}`;
  switch (dtype) {
    case "float32":
      return { name, dtype, values: values.map((value) => parseNumber(value, where)) };
    case "int32":
      return { name, dtype, values: values.map((value) => wholeNumber(value, where)) };
    case "string":
      return {
        name,
        dtype,
        values: values.map((value) => (isMissing(value) ? null : String(value))),
      };
    case "boolean":
      return {
        name,
        dtype,
        values: values.map((value) => (isMissing(value) ? null : Boolean(value))),
      };
    case "datetime":
    case "undefined":
      throw new ArgumentError(
        `asType makes float32, int32, string or boolean, found ${quote(dtype)}`,
      );
    default:
      return assertNever(dtype);
  }
}

function parseNumber(value: unknown, where: () => string): number {
  if (typeof value !== "string") return numberOf(value, where);
  const number = value.trim() === "" ? NaN : Number(value);
  return Number.isNaN(number) ? numberOf(value, where) : number;
}

function wholeNumber(value: unknown, where: () => string): number {
  const number = parseNumber(value, where);
  if (Number.isFinite(number)) return Math.trunc(number);
  throw new ArgumentError(
    `${where()} needs finite numbers, but there is ${quote(value)}; fillNa or dropNa first`,
  );
}
