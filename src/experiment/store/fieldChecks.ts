import { membersOf } from "../../unknownValue";

/*
 * What is wrong with single fields of a line, in words; undefined if nothing is.
 */

export type Fields = Readonly<Record<string, unknown>>;

export function badInput(row: Fields): string | undefined {
  const { witness } = row;
  const isInput = Array.isArray(witness) && witness.length > 0 && witness.every(isFinite);
  return isInput ? undefined : bad(row, "witness", "a list of numbers");
}

export function badPair(row: Fields, name: string): string | undefined {
  const pair = row[name];
  if (typeof pair !== "object" || pair === null) return bad(row, name, "a pair of probabilities");
  const { c, g } = membersOf<{ c: number; g: number }>(pair);
  const isProbability = (value: unknown): boolean =>
    typeof value === "number" && value >= 0 && value <= 1;
  return isProbability(c) && isProbability(g)
    ? undefined
    : bad(row, name, "a pair of probabilities");
}

export function badDistance(row: Fields, name: string): string | undefined {
  return row[name] === null ? undefined : badSize(row, [name]);
}

export function badOrder(row: Fields, names: readonly string[]): string | undefined {
  const at = names.findIndex((name, index) => Number(row[names[index + 1]]) < Number(row[name]));
  if (at === -1) return undefined;
  const [low, high] = [names[at], names[at + 1]];
  return `${low} ${show(row[low])} is above ${high} ${show(row[high])}`;
}

export function badLabel(row: Fields): string | undefined {
  return row.label === null ? undefined : badCount(row, ["label"]);
}

export function badCount(row: Fields, names: readonly string[]): string | undefined {
  const name = names.find((one) => !isCount(row[one]));
  return name === undefined ? undefined : bad(row, name, "a whole number from 0");
}

export function badSize(row: Fields, names: readonly string[]): string | undefined {
  const name = names.find((one) => !(isFinite(row[one]) && row[one] >= 0));
  return name === undefined ? undefined : bad(row, name, "a number from 0");
}

export function badNumber(row: Fields, names: readonly string[]): string | undefined {
  const name = names.find((one) => !isFinite(row[one]));
  return name === undefined ? undefined : bad(row, name, "a number");
}

export function badText(row: Fields, name: string): string | undefined {
  const value = row[name];
  return typeof value === "string" && value !== "" ? undefined : bad(row, name, "a text");
}

export function badChoice(
  row: Fields,
  name: string,
  choices: readonly string[],
): string | undefined {
  const value = row[name];
  return typeof value === "string" && choices.includes(value)
    ? undefined
    : bad(row, name, `one of ${choices.join(", ")}`);
}

export function bad(row: Fields, name: string, expected: string): string {
  return name in row
    ? `${name} is ${show(row[name])}, expected ${expected}`
    : `${name} is missing, expected ${expected}`;
}

export function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

export function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 40);
}
