import { ArgumentError } from "../../errors";
import { isMissing } from "./missing";
import type { ColumnParts } from "./parts";
import { quote } from "./quote";
import { isDate } from "../../unknownValue";

/**
 * A cell as a number: a missing one is NaN, a boolean 0 or 1.
 *
 * @param where  the operation and the column, for the message: `mean of column "error"`
 * @throws ArgumentError if the cell holds a text or anything else that is no number
 */
export function numberOf(value: unknown, where: () => string): number {
  if (typeof value === "number") return value;
  if (isMissing(value)) return NaN;
  if (typeof value === "boolean") return value ? 1 : 0;
  const what = typeof value === "string" ? `the text ${quote(value)}` : describeOther(value);
  throw new ArgumentError(
    `${where()} needs numbers, but there is ${what}; choose numeric columns, for one by ` +
      'selectDtypes(["int32", "float32"])',
  );
}

function describeOther(value: unknown): string {
  if (isDate(value)) return "a date";
  return typeof value === "bigint" ? `the big integer ${value}` : `a value of type ${typeof value}`;
}

/** All cells of a column as numbers, missing ones as NaN. */
export function numbersOf({ name, values }: ColumnParts, operation: string): number[] {
  const where = (): string => `${operation} of column ${quote(name)}`;
  return values.map((value) => numberOf(value, where));
}
