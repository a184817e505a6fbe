import { FormatError } from "../../errors";
import { plainText, quoteName } from "../../quoteName";

/** A JSON object of unknown fields, with the words that messages name it by. */
export interface Fields {
  readonly values: Readonly<Record<string, unknown>>;
  readonly where: string;
}

/** @throws FormatError unless the value is a JSON object */
export function readObject(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FormatError(`${where}: expected an object, found ${brief(value)}`);
  }
  return { values: value as Record<string, unknown>, where };
}

/** @throws FormatError unless the field is an array */
export function readArray({ values, where }: Fields, key: string): readonly unknown[] {
  const value = values[key];
  if (!Array.isArray(value)) {
    throw new FormatError(`${where}: "${key}" must be an array, found ${brief(value)}`);
  }
  return value;
}

/** @throws FormatError unless the field is a text */
export function readText({ values, where }: Fields, key: string): string {
  const value = values[key];
  if (typeof value !== "string") {
    throw new FormatError(`${where}: "${key}" must be a text, found ${brief(value)}`);
  }
  return value;
}

/** @throws FormatError unless the field is a finite number */
export function readNumber({ values, where }: Fields, key: string): number {
  const value = values[key];
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new FormatError(`${where}: "${key}" must be a finite number, found ${brief(value)}`);
  }
  return value;
}

/** @throws FormatError unless the field is a whole number >= smallest */
export function readSize(fields: Fields, key: string, smallest = 1): number {
  const value = fields.values[key];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < smallest) {
    throw new FormatError(
      `${fields.where}: "${key}" must be a whole number >= ${smallest}, found ${brief(value)}`,
    );
  }
  return value;
}

/**
 * @throws FormatError naming the first field that is none of those known: it would be passed over
 */
export function refuseOthers({ values, where }: Fields, known: readonly string[]): void {
  const other = Object.keys(values).find((key) => !known.includes(key));
  if (other === undefined) return;
  throw new FormatError(
    `${where}: unknown field ${quoteName(other)}; there are ${known.join(", ")}`,
  );
}

/** A value as short JSON, for messages. */
export function brief(value: unknown): string {
  return value === undefined ? "nothing" : plainText(JSON.stringify(value));
}
