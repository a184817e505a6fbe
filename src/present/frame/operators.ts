import { ArgumentError } from "../../errors";
import { isMissing } from "./missing";
import { numberOf } from "./numbers";
import { compareValues } from "./order";
import { quote } from "./quote";
import { isDate } from "../../unknownValue";

/** What becomes of two cells; `where` names the operation and the place for messages. */
export type CellOperator = (left: unknown, right: unknown, where: () => string) => unknown;

/**
 * Arithmetic on numbers under danfojs's names, in binary64; a missing cell makes the result NaN.
 */
const NUMERIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  divNoNan: (left, right) => (right === 0 ? 0 : left / right),
  pow: power,
  mod: modulo,
};

/** 1 to any power is 1 and so is ±1 to an infinite one, as IEEE 754 and pandas have it. */
function power(left: number, right: number): number {
  const isOne = left === 1 || (left === -1 && Math.abs(right) === Infinity);
  return isOne ? 1 : left ** right;
}

/** The remainder with the divisor's sign, as in Python. */
function modulo(left: number, right: number): number {
  const remainder = left % right;
  if (remainder === 0) return 0;
  return remainder < 0 !== right < 0 ? remainder + right : remainder;
}

const ORDERINGS: Readonly<Record<string, (comparison: number) => boolean>> = {
  lt: (comparison) => comparison < 0,
  gt: (comparison) => comparison > 0,
  le: (comparison) => comparison <= 0,
  ge: (comparison) => comparison >= 0,
};

/** The names of the operators that yield numbers, and of those that yield booleans. */
export const ARITHMETIC_NAMES: readonly string[] = Object.keys(NUMERIC);
export const COMPARISON_NAMES: readonly string[] = [...Object.keys(ORDERINGS), "eq", "ne"];
export const LOGICAL_NAMES: readonly string[] = ["and", "or"];

/** The operator of this name, which is one of those above. */
export function operatorOf(name: string): CellOperator {
  const numeric = NUMERIC[name];
  if (numeric !== undefined) {
    return (left, right, where) => numeric(numberOf(left, where), numberOf(right, where));
  }
  const ordering = ORDERINGS[name];
  if (ordering !== undefined) {
    return (left, right, where) => {
      if (isMissing(left) || isMissing(right)) return false;
      return ordering(compareSame(left, right, where));
    };
  }
  if (name === "eq") return areEqual;
  if (name === "ne") return (left, right) => !areEqual(left, right);
  return logicalOperator(name);
}

/** Nothing equals a missing value, another one neither. */
function areEqual(left: unknown, right: unknown): boolean {
  if (isMissing(left) || isMissing(right)) return false;
  return left === right || (family(left) === family(right) && compareValues(left, right) === 0);
}

function compareSame(left: unknown, right: unknown, where: () => string): number {
  if (family(left) === family(right)) return compareValues(left, right);
  throw new ArgumentError(
    `${where()} would compare ${quote(left)} with ${quote(right)}, which have no order; ` +
      "compare numbers with numbers and texts with texts",
  );
}

function family(value: unknown): string {
  if (typeof value === "boolean" || typeof value === "bigint") return "number";
  return isDate(value) ? "date" : typeof value;
}

function logicalOperator(name: string): CellOperator {
  return (left, right, where) => {
    const [a, b] = [flagOf(left, where), flagOf(right, where)];
    return name === "and" ? a && b : a || b;
  };
}

/** A missing flag counts as false, as in pandas. */
function flagOf(value: unknown, where: () => string): boolean {
  if (typeof value === "boolean") return value;
  if (isMissing(value)) return false;
  throw new ArgumentError(`${where()} combines booleans, but there is ${quote(value)}`);
}
