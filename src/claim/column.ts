import { InvariantError } from "../errors";
import type { KindOfNumber } from "./kindOfNumber";

/** What a cell of a row holds; null where the row has none. */
export type CellValue = number | string | null;

/** Which end of an interval a number is. */
export type EndOfInterval = "lower" | "upper";

/** How the numbers of a column are written for people. */
export type NumberStyle = "number" | "percent" | "count" | "seconds" | "powerOfTen";

/** What is known of a column, said once for every place that shows it. */
export interface ColumnFacts {
  readonly type: "integer" | "number" | "text";
  readonly meaning: string;
  readonly unit?: string;
  /** What its numbers claim; nothing for what claims nothing. */
  readonly kind?: KindOfNumber;
  /** Heading in tables for people, in place of the name. */
  readonly heading?: string;
  readonly style?: NumberStyle;
  /** Significant digits that people are shown. */
  readonly digits?: number;
  /** Digits behind the point that people are shown; overrules `digits`. */
  readonly decimals?: number;
  /** Which end of an interval its numbers are, if any: rounding them may only widen it. */
  readonly end?: EndOfInterval;
  /** Left out of files where no row has a value. */
  readonly isOptional?: boolean;
}

/** What is known of a column, and its name. */
export interface NamedColumn extends ColumnFacts {
  readonly name: string;
}

/** One column of rows; `Name` tells the compiler which columns there are. */
export interface Column<Row, Name extends string = string> extends ColumnFacts {
  readonly name: Name;
  readonly read: (row: Row) => CellValue;
}

/**
 * The facts of every field of a row, so that a field without a column does not compile, and of what
 * is derived from a row, with the rule. `Left` are fields that columns are derived from.
 */
export type Declaration<Row, Derived extends string, Left extends keyof Row> = {
  readonly [Field in Exclude<keyof Row, Left> & string]-?: ColumnFacts;
} & {
  readonly [Name in Derived]: ColumnFacts & { readonly read: (row: Row) => CellValue };
};

/** The columns of a row type, in the order in which they are written down. */
export function declareColumns<Row, Derived extends string = never, Left extends keyof Row = never>(
  declaration: Declaration<Row, Derived, Left>,
): readonly Column<Row, (Exclude<keyof Row, Left> & string) | Derived>[] {
  type Name = (Exclude<keyof Row, Left> & string) | Derived;
  const facts: Readonly<Record<string, ColumnFacts & Partial<Pick<Column<Row>, "read">>>> =
    declaration;
  return Object.entries(facts).map(([name, one]) => ({
    ...one,
    // The keys of a declaration are its names.
    name: name as Name,
    // A field of a row that has facts is a number, a text, null or missing.
    read: one.read ?? ((row) => (row[name as keyof Row] as CellValue | undefined) ?? null),
  }));
}

/**
 * What is declared of one of these columns, for a column of other rows that holds the same.
 *
 * @throws InvariantError if there is none of this name, which the compiler says first
 */
export function factsOf<One extends Column<never>>(
  columns: readonly One[],
  name: One["name"],
): ColumnFacts {
  const facts = Object.entries(columnNamed(columns, name)).filter(
    ([fact]) => fact !== "name" && fact !== "read",
  );
  // What is left of a column without its name and its rule.
  return Object.fromEntries(facts) as unknown as ColumnFacts;
}

function columnNamed<One extends Column<never>>(columns: readonly One[], name: One["name"]): One {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new InvariantError(`no column ${name} is declared`);
  return found;
}

/**
 * Some of these columns in an order of one's own: what a table for people shows of rows. A name
 * that is not declared does not compile.
 */
export function pickColumns<One extends Column<never>>(
  columns: readonly One[],
  ...names: readonly One["name"][]
): readonly One[] {
  return names.map((name) => columnNamed(columns, name));
}

/** The columns that some rows have a value for, or that all rows of their type have. */
export function columnsFor<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly Column<Row>[] {
  return columns.filter(
    ({ isOptional, read }) => isOptional !== true || rows.some((row) => read(row) !== null),
  );
}

/** What each column that claims something claims, by its name: for readers of JSON. */
export function kindsOfColumns(
  columns: readonly Pick<Column<never>, "name" | "kind">[],
): Readonly<Record<string, KindOfNumber>> {
  return Object.fromEntries(
    columns.flatMap(({ name, kind }) => (kind === undefined ? [] : [[name, kind] as const])),
  );
}

/** The columns as the Markdown table of `docs/results.md`. */
export function documentColumns(columns: readonly NamedColumn[]): string {
  const lines = columns.map(
    ({ name, type, unit = "", kind = "", meaning }) =>
      `| \`${name}\` | ${type} | ${unit} | ${kind} | ${meaning} |`,
  );
  return ["| column | type | unit | kind | meaning |", "| --- | --- | --- | --- | --- |", ...lines]
    .map((line) => `${line}\n`)
    .join("");
}
