import { StoreError } from "../../errors";
import type { Fields } from "./fieldChecks";
import type { RowKind } from "./rowChecks";

/**
 * The bytes up to the last newline: what stands behind it was cut short by a kill, or is being
 * written.
 */
export function wholeSize(bytes: Buffer): number {
  return bytes.lastIndexOf(NEWLINE) + 1;
}

const NEWLINE = 10;

/** The values of all whole lines; @throws StoreError naming file and line of what is not JSON */
export function parseLines(bytes: Buffer, file: string): unknown[] {
  const lines = bytes.toString("utf8", 0, wholeSize(bytes)).split("\n").slice(0, -1);
  return lines.map((line, index): unknown => {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw new StoreError(`line ${index + 1} of ${file} is not JSON; ${ADVICE}`, { cause });
    }
  });
}

/**
 * The rows of all whole lines, none of them believed without a look.
 *
 * @throws StoreError naming file, line and what is wrong with it
 */
export function parseRows<Row>(bytes: Buffer, file: string, kind: RowKind): Row[] {
  return checkRows<Row>(parseLines(bytes, file), `line`, file, kind);
}

/**
 * Values as rows, none of them believed without a look.
 *
 * @param place  what is counted from 1 in the file: `line`
 * @throws StoreError naming file, place and what is wrong with it
 */
export function checkRows<Row>(
  values: readonly unknown[],
  place: string,
  file: string,
  kind: RowKind,
): Row[] {
  const placeOf = new Map<unknown, number>();
  return values.map((value, index) => {
    const fault = isFields(value) ? kind.fault(value) : "it is no object";
    if (fault !== undefined || !isFields(value)) {
      throw new StoreError(
        `${place} ${index + 1} of ${file} is no row of this run: ${fault}; ${ADVICE}`,
      );
    }
    const key = value[kind.key];
    const earlier = placeOf.get(key);
    if (earlier !== undefined) {
      throw new StoreError(
        `${place} ${index + 1} of ${file} is of ${kind.key} ${String(key)}, as ${place} ${earlier} is already; remove one of them`,
      );
    }
    placeOf.set(key, index + 1);
    // The kind has found all fields of its rows.
    return value as Row;
  });
}

const ADVICE =
  "restore the file, or remove that line and run again: what is missing is computed anew";

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
