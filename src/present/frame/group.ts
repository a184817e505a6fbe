import { ArgumentError } from "../../errors";
import { isMissing, newColumn, takeCells } from "./missing";
import { claimOf, setNote } from "./notes";
import { orderOf } from "./order";
import { columnNamed, countedLabels, frameParts, type ColumnParts, type FrameParts } from "./parts";
import { quote, quoteAll } from "./quote";
import { takeRows } from "./rows";
import { checkStatistic, SELECTING_STATISTICS, statisticOf, valueKey } from "./statistics";
import { isList } from "../../unknownValue";

/** The rows of a frame gathered by equal keys. */
export interface Groups {
  readonly parts: FrameParts;
  readonly keys: readonly string[];
  /** The columns that are aggregated. */
  readonly columns: readonly string[];
  /**
   * Positions of each group's rows; groups in the order of their keys, rows in that of the frame.
   */
  readonly rows: readonly (readonly number[])[];
}

/**
 * Groups by one or more columns, in the order of their keys. Rows whose key is missing are in none,
 * as in pandas.
 */
export function groupRows(parts: FrameParts, by: string | readonly string[]): Groups {
  const keys = typeof by === "string" ? [by] : [...by];
  if (keys.length === 0) throw new ArgumentError("groupby needs at least one column");
  const columns = keys.map((name) => columnNamed(parts, name));
  const columnNames = parts.names.filter((name) => !keys.includes(name));
  return { parts, keys, columns: columnNames, rows: gather(columns, parts.index.length) };
}

function gather(keys: readonly ColumnParts[], rowCount: number): number[][] {
  // The rank of each key among its column's values: equal ranks in all columns are equal keys.
  const ranks = keys.map(({ values }) => ranksOf(values));
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rowCount; row++) {
    const rank = ranks.map((column) => column[row] ?? -1);
    if (rank.includes(-1)) continue;
    const key = rank.join();
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  }
  const compare = (left: readonly number[], right: readonly number[]): number => {
    for (const column of ranks) {
      const difference = (column[left[0] ?? 0] ?? 0) - (column[right[0] ?? 0] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return [...groups.values()].sort(compare);
}

/** For each value its place among the distinct values in order, −1 where it is missing. */
function ranksOf(values: readonly unknown[]): number[] {
  const distinct = new Map<unknown, unknown>();
  for (const value of values) if (!isMissing(value)) distinct.set(valueKey(value), value);
  const keys = [...distinct.keys()];
  const rankOf = new Map<unknown, number>();
  orderOf([...distinct.values()]).forEach((place, rank) => rankOf.set(keys[place], rank));
  return values.map((value) => (isMissing(value) ? -1 : (rankOf.get(valueKey(value)) ?? -1)));
}

/** The groups with these columns alone to be aggregated. */
export function chooseColumns(groups: Groups, columns: readonly string[]): Groups {
  const names = typeof columns === "string" ? [columns] : columns;
  return { ...groups, columns: names.map((name) => columnNamed(groups.parts, name).name) };
}

/**
 * Statistics of columns, group by group: columns `error_mean`, `error_max`, ... behind the keys.
 */
export function aggregate(
  groups: Groups,
  operations: { readonly [column: string]: string | readonly string[] },
): FrameParts {
  Object.values(operations).flat().forEach(checkStatistic);
  const aggregates = Object.entries(operations).flatMap(([name, named]) =>
    (typeof named === "string" ? [named] : named).map((operation) => ({
      name,
      operation,
      heading: `${name}_${operation}`,
    })),
  );
  return withKeys(
    groups,
    aggregates.map(({ name, operation, heading }) => ({
      source: name,
      operation,
      column: reduceGroups(groups, name, operation, heading),
    })),
  );
}

/** One statistic of all chosen columns. */
export function aggregateAll(operation: string) {
  return (groups: Groups): FrameParts =>
    aggregate(groups, Object.fromEntries(groups.columns.map((name) => [name, operation])));
}

/**
 * The first or last value of each column in each group that is not missing, under the columns'
 * names.
 */
export function edgeOf(operation: "first" | "last") {
  return (groups: Groups): FrameParts =>
    withKeys(
      groups,
      groups.columns.map((name) => ({
        source: name,
        operation,
        column: reduceGroups(groups, name, operation, name),
      })),
    );
}

/** Count of rows in each group, as the column `size`. */
export function sizes(groups: Groups): FrameParts {
  const counts = groups.rows.map((rows) => rows.length);
  const column = { name: "size", values: counts, dtype: "int32" } as const;
  return withKeys(groups, [{ source: "", operation: "size", column }]);
}

/**
 * The rows of one group, as they stand in the frame.
 *
 * @throws ArgumentError if no row has these keys
 */
export function groupOf(groups: Groups, keys: unknown): FrameParts {
  const wanted = isList(keys) ? keys : [keys];
  const columns = groups.keys.map((name) => columnNamed(groups.parts, name));
  const rows = groups.rows.find(([first = 0]) =>
    columns.every(({ values }, key) => valueKey(values[first]) === valueKey(wanted[key])),
  );
  if (rows === undefined || wanted.length !== columns.length) {
    throw new ArgumentError(
      `there is no group ${quoteAll(wanted)} of ${quoteAll(groups.keys)}; there are ` +
        quoteAll(
          groups.rows.map(([first = 0]) => quoteAll(columns.map(({ values }) => values[first]))),
        ),
    );
  }
  const taken = takeRows(groups.parts, rows);
  const names = taken.names.filter(
    (name) => groups.keys.includes(name) || groups.columns.includes(name),
  );
  const chosen = names.map((name) => columnNamed(taken, name));
  return frameParts(chosen, taken.index, taken.notes);
}

function reduceGroups(
  { parts, rows }: Groups,
  name: string,
  operation: string,
  heading: string,
): ColumnParts {
  const column = columnNamed(parts, name);
  const results = rows.map((positions) => statisticOf(operation, takeCells(column, positions)));
  const isFloat = column.dtype === "float32" && !/^(count|nUnique)$/.test(operation);
  return newColumn(heading, results, { isFloat });
}

interface Aggregate {
  readonly source: string;
  readonly operation: string;
  readonly column: ColumnParts;
}

/**
 * The keys, one row a group, with aggregates behind them, which keep their claims where they may.
 */
function withKeys({ parts, keys, rows }: Groups, aggregates: readonly Aggregate[]): FrameParts {
  const firsts = rows.map(([first = 0]) => first);
  const keyColumns = keys.map((name) => takeCells(columnNamed(parts, name), firsts));
  let notes = {};
  for (const name of keys) {
    const note = parts.notes.notes?.[name];
    if (note !== undefined) notes = setNote(notes, name, note);
  }
  for (const { source, operation, column } of aggregates) {
    if (!SELECTING_STATISTICS.includes(operation)) continue;
    notes = setNote(notes, column.name, claimOf(parts.notes, source));
  }
  const columns = [...keyColumns, ...aggregates.map(({ column }) => column)];
  const names = columns.map(({ name }) => name);
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) {
    throw new ArgumentError(
      `two columns of the result would be called ${quote(repeated)}; rename one of them first`,
    );
  }
  return frameParts(columns, countedLabels(rows.length), notes);
}
