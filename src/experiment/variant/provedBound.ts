import { createEnclosure, type Enclosure } from "../../claim/enclosure";
import type { AppMaxRow } from "./runAppMax";

/** What a row says of its bound. */
export type BoundedRow = Pick<AppMaxRow, "upperBound" | "roundingAllowance">;

/**
 * The bound that a row proves: with its allowance, where it has one, then in real arithmetic; else
 * up to binary64 rounding of the program. The sum itself may be rounded: the allowance provides for
 * that (`allowanceBetween`).
 */
export function provedBound({ upperBound, roundingAllowance = 0 }: BoundedRow): number {
  return upperBound + roundingAllowance;
}

/** Whether the bounds of all rows, of which there are some, are proved in real arithmetic. */
export function isProvedInReal(rows: readonly BoundedRow[]): boolean {
  return rows.length > 0 && rows.every(hasAllowance);
}

/** Whether a row carries what its bound lacks in real arithmetic. */
export function hasAllowance({ roundingAllowance }: BoundedRow): boolean {
  return roundingAllowance !== undefined;
}

/**
 * What a row, or a result of `appMax`, knows of the largest error on its polytope: attained from
 * below, with the witness where it is kept, and bounded from above.
 */
export function enclosureOf(
  row: BoundedRow & Pick<AppMaxRow, "maximum"> & { readonly witness?: Float64Array },
): Enclosure {
  const { maximum, witness } = row;
  return createEnclosure({
    lower: maximum,
    // A stored bound may lie below what is attained by the rounding of a sum.
    upper: Math.max(maximum, provedBound(row)),
    ...(witness === undefined ? {} : { witness }),
    proof: hasAllowance(row) ? "real" : "rounding",
  });
}
