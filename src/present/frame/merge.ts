import { ArgumentError } from "../../errors";
import { isMissing, takeCells } from "./missing";
import { commonNote, setNote, withoutHeading } from "./notes";
import { compareValues } from "./order";
import {
  columnNamed,
  columnsOf,
  countedLabels,
  frameParts,
  type ColumnParts,
  type FrameParts,
} from "./parts";
import { quote, quoteAll } from "./quote";
import { withLabelColumn } from "./reshape";
import { valueKey } from "./statistics";
import { noteOf } from "../table/table";

/**
 * Which rows of two joined frames are kept: those with a partner, or also those of one side or
 * both.
 */
export type JoinKind = "inner" | "left" | "right" | "outer";

/** How two frames are joined. */
export interface MergeOptions {
  /** Columns, or names of row labels, whose values must be equal; all common names unless given. */
  readonly on?: string | readonly string[];
  /** `inner` unless given. */
  readonly how?: JoinKind;
  /** Put behind names that both sides have; `["_x", "_y"]` unless given. */
  readonly suffixes?: readonly [string, string];
}

/** A row of the result: its row on either side, `undefined` where there is none. */
type Pair = readonly [left: number | undefined, right: number | undefined];

const KINDS: readonly JoinKind[] = ["inner", "left", "right", "outer"];

/**
 * Rows of two frames beside one another where their keys are equal, as pandas's `merge`: each row
 * meets every partner, missing keys meet missing keys, rows stand in the order of the left side
 * (`right`: of the right; `outer`: of the keys) and are counted from 0.
 *
 * @throws ArgumentError if there is no key, keys are of different kinds, or names collide
 */
export function mergeParts(
  leftFrame: FrameParts,
  rightFrame: FrameParts,
  { on, how = "inner", suffixes = ["_x", "_y"] }: MergeOptions = {},
): FrameParts {
  if (!KINDS.includes(how)) {
    throw new ArgumentError(`merge knows how: ${quoteAll(KINDS)}, found ${quote(how)}`);
  }
  const left = withLabelColumn(leftFrame);
  const right = withLabelColumn(rightFrame);
  const keys = keysOf(left, right, on);
  const leftKeys = keys.map((name) => columnNamed(left, name));
  const rightKeys = keys.map((name) => columnNamed(right, name));
  keys.forEach((name, key) => checkKinds(name, leftKeys[key], rightKeys[key]));
  const pairs = pairRows(leftKeys, rightKeys, how);
  return joinColumns(left, right, keys, pairs, suffixes);
}

function keysOf(
  left: FrameParts,
  right: FrameParts,
  on: string | readonly string[] | undefined,
): readonly string[] {
  const keys =
    on === undefined
      ? left.names.filter((name) => right.names.includes(name))
      : typeof on === "string"
        ? [on]
        : on;
  if (keys.length > 0) return keys;
  throw new ArgumentError(
    `merge needs a column that both frames have; the left has ${quoteAll(left.names)}, ` +
      `the right ${quoteAll(right.names)}; rename one, or name columns with { on }`,
  );
}

/** A number never equals a text, so such a join would silently find nothing. */
function checkKinds(name: string, left?: ColumnParts, right?: ColumnParts): void {
  const kinds = [left, right].map(
    (column) =>
      new Set(column?.values.filter((value) => !isMissing(value)).map((value) => typeof value)),
  );
  const [leftKinds = new Set(), rightKinds = new Set()] = kinds;
  if (leftKinds.size === 0 || rightKinds.size === 0) return;
  if ([...leftKinds].some((kind) => rightKinds.has(kind))) return;
  throw new ArgumentError(
    `merge on ${quote(name)} would compare values of type ${[...leftKinds].join(", ")} ` +
      `with ${[...rightKinds].join(", ")}, which are never equal; convert one side with asType`,
  );
}

function keyAt(columns: readonly ColumnParts[], row: number): string {
  return columns
    .map(({ values }) => {
      const value = values[row];
      if (isMissing(value)) return "missing";
      const text = String(valueKey(value));
      return `${typeof value} ${text.length} ${text}`;
    })
    .join();
}

function rowsByKey(columns: readonly ColumnParts[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  const rowCount = columns[0]?.values.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    const key = keyAt(columns, row);
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  return rows;
}

function pairRows(
  left: readonly ColumnParts[],
  right: readonly ColumnParts[],
  how: JoinKind,
): Pair[] {
  if (how === "right") {
    return pairRows(right, left, "left").map(([a, b]): Pair => [b, a]);
  }
  const partners = rowsByKey(right);
  const pairs: Pair[] = [];
  const met = new Set<number>();
  const leftCount = left[0]?.values.length ?? 0;
  for (let row = 0; row < leftCount; row++) {
    const rows = partners.get(keyAt(left, row));
    rows?.forEach((partner) => {
      met.add(partner);
      pairs.push([row, partner]);
    });
    if (rows === undefined && how !== "inner") pairs.push([row, undefined]);
  }
  if (how !== "outer") return pairs;
  const rightCount = right[0]?.values.length ?? 0;
  for (let row = 0; row < rightCount; row++) if (!met.has(row)) pairs.push([undefined, row]);
  return sortByKeys(pairs, left, right);
}

function sortByKeys(
  pairs: readonly Pair[],
  left: readonly ColumnParts[],
  right: readonly ColumnParts[],
): Pair[] {
  const valueOf = ([a, b]: Pair, key: number): unknown =>
    a === undefined ? right[key]?.values[b ?? 0] : left[key]?.values[a];
  return [...pairs].sort((first, second) => {
    for (let key = 0; key < left.length; key++) {
      const [a, b] = [valueOf(first, key), valueOf(second, key)];
      const missing = Number(isMissing(a)) - Number(isMissing(b));
      const order = missing !== 0 || isMissing(a) ? missing : compareValues(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function joinColumns(
  left: FrameParts,
  right: FrameParts,
  keys: readonly string[],
  pairs: readonly Pair[],
  suffixes: readonly [string, string],
): FrameParts {
  const leftRows = pairs.map(([row]) => row);
  const rightRows = pairs.map(([, row]) => row);
  const isShared = (name: string): boolean =>
    !keys.includes(name) && left.names.includes(name) && right.names.includes(name);
  const columns: ColumnParts[] = [];
  let notes = {};
  for (const column of columnsOf(left)) {
    const isKey = keys.includes(column.name);
    const name = isShared(column.name) ? `${column.name}${suffixes[0]}` : column.name;
    const taken = isKey
      ? joinedKey(column, columnNamed(right, column.name), pairs)
      : takeCells(column, leftRows);
    const note = noteOf(left.notes, column.name);
    const joint = isKey ? commonNote([note, noteOf(right.notes, column.name)]) : note;
    notes = setNote(notes, name, name === column.name ? joint : withoutHeading(joint));
    columns.push({ ...taken, name });
  }
  for (const column of columnsOf(right)) {
    if (keys.includes(column.name)) continue;
    const name = isShared(column.name) ? `${column.name}${suffixes[1]}` : column.name;
    const note = noteOf(right.notes, column.name);
    notes = setNote(notes, name, name === column.name ? note : withoutHeading(note));
    columns.push({ ...takeCells(column, rightRows), name });
  }
  checkDistinct(columns);
  return frameParts(columns, countedLabels(pairs.length), notes);
}

/** The key's values from whichever side has the row; whole numbers stay so. */
function joinedKey(left: ColumnParts, right: ColumnParts, pairs: readonly Pair[]): ColumnParts {
  const values = pairs.map(([a, b]) => (a === undefined ? right.values[b ?? 0] : left.values[a]));
  const isFloat = left.dtype === "float32" || right.dtype === "float32";
  const dtype = left.dtype === "int32" && isFloat ? "float32" : left.dtype;
  return { name: left.name, values, dtype: dtype === "undefined" ? right.dtype : dtype };
}

function checkDistinct(columns: readonly ColumnParts[]): void {
  const names = columns.map(({ name }) => name);
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated === undefined) return;
  throw new ArgumentError(
    `merge would make two columns called ${quote(repeated)}; give other { suffixes }, such as ["_left", "_right"]`,
  );
}
