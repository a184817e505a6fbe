import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";

/** A row of AppMax that is as it should be. */
export function appMaxRow(point: number, changes: Partial<AppMaxRow> = {}): AppMaxRow {
  return {
    point,
    label: 3,
    error: 1,
    maximum: 2,
    upperBound: 2,
    gap: 0,
    iterations: 10,
    milliseconds: 1.5,
    solver: "region-simd",
    status: "certified",
    rowsGenerated: 5,
    violation: 1e-13,
    ...changes,
  };
}
