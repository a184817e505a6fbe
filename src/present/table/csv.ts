import type { Table } from "./table";
import { isDate, isTypedArray } from "../../unknownValue";

/** How a table is written as comma-separated values. */
export interface CsvOptions {
  /** Between fields; a comma unless given. */
  readonly separator?: string;
  /** Whether the first line holds the names; it does unless `false`. */
  readonly header?: boolean;
  /**
   * Whether each line begins with its row label; unless given, where the labels have a name of
   * their own.
   */
  readonly index?: boolean;
}

/**
 * A table as comma-separated values (RFC 4180): fields with a separator, a quote or a line break
 * are quoted, lines end in CR LF. Numbers keep every digit; a missing value is an empty field, NaN
 * is `NaN`.
 */
export function renderCsv(table: Table, options: CsvOptions = {}): string {
  const { separator = ",", header = true, index = hasNamedLabels(table) } = options;
  const quote = (value: unknown): string => quoteField(fieldText(value), separator);
  const lines: string[] = [];
  if (header) {
    const names = table.columns.map((column) => quote(column.name));
    lines.push((index ? [quote(table.indexName), ...names] : names).join(separator));
  }
  for (let row = 0; row < table.index.length; row++) {
    const fields = table.columns.map((_, column) => quote(table.valueAt(row, column)));
    lines.push((index ? [quote(table.index[row]), ...fields] : fields).join(separator));
  }
  // A line without a character would be skipped by most readers: a lone empty field is quoted.
  return lines.map((line) => `${line === "" ? '""' : line}\r\n`).join("");
}

/**
 * Whether the labels are shown under a name that no column has: they are then values as any others.
 */
function hasNamedLabels({ indexName, columns }: Table): boolean {
  return indexName !== "" && !columns.some(({ name }) => name === indexName);
}

function fieldText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (isDate(value)) return value.toISOString();
  if (isTypedArray(value)) return JSON.stringify(Array.from(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function quoteField(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
