import { FormatError } from "../../errors";
import { plainText, quoteName } from "../../quoteName";
import { isList, isObject } from "../../unknownValue";
import type { Extent, Padding } from "../layer/extent";

/** A JSON object of unknown fields, with the words that messages name it by. */
export interface Fields {
  readonly values: Readonly<Record<string, unknown>>;
  readonly where: string;
}

/** @throws FormatError unless the value is a JSON object */
export function readObject(value: unknown, where: string): Fields {
  if (!isObject(value)) {
    throw new FormatError(`${where}: expected an object, found ${brief(value)}`);
  }
  return { values: value, where };
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

/** @throws FormatError unless the field is a whole number from 1, or two: height and width */
export function readExtent(fields: Fields, key: string): Extent {
  const value = fields.values[key];
  if (!isList(value)) return readSize(fields, key);
  const [down, across] = value;
  if (value.length === 2 && isWhole(down, 1) && isWhole(across, 1)) return [down, across];
  throw new FormatError(
    `${fields.where}: "${key}" must be a whole number >= 1 or two, height and width, found ${brief(value)}`,
  );
}

/** @throws FormatError unless the field is a whole number from 0, or four for the sides */
export function readPadding(fields: Fields, key: string): Padding {
  const value = fields.values[key];
  if (!isList(value)) return readSize(fields, key, 0);
  const [top, left, bottom, right] = value;
  const isRight = isWhole(top, 0) && isWhole(left, 0) && isWhole(bottom, 0) && isWhole(right, 0);
  if (isRight && value.length === 4) return [top, left, bottom, right];
  throw new FormatError(
    `${fields.where}: "${key}" must be a whole number >= 0 or four, top, left, bottom and right, ` +
      `found ${brief(value)}`,
  );
}

/** @throws FormatError unless the field is a list of whole numbers from −1 */
export function readIndices(fields: Fields, key: string): number[] {
  return readArray(fields, key).map((value, index) => {
    if (isWhole(value, -1)) return value;
    throw new FormatError(
      `${fields.where}: "${key}", value ${index}, must be a whole number >= -1, found ${brief(value)}`,
    );
  });
}

function isWhole(value: unknown, smallest: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= smallest;
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
