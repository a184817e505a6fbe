import type { AgreementRow } from "../../src/experiment/variant/runAgreement";
import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";

/** A certified row of AppMax. */
export function appMaxRow(
  point: number,
  maximum: number,
  more: Partial<AppMaxRow> = {},
): AppMaxRow {
  return {
    point,
    label: 0,
    error: maximum / 2,
    maximum,
    upperBound: maximum,
    gap: 0,
    iterations: 1,
    milliseconds: 1,
    solver: "none",
    status: "certified",
    rowsGenerated: 0,
    violation: 0,
    ...more,
  };
}

/** A settled row of classes that disagrees by half a logit. */
export function agreementRow(point: number, more: Partial<AgreementRow> = {}): AgreementRow {
  return {
    point,
    label: 0,
    exactClass: 0,
    rivalClass: 1,
    verdict: "disagrees",
    marginAtPoint: -3,
    margin: 0.5,
    marginBound: 0.5,
    distance: 4,
    distanceBound: 4,
    rounded: { c: 0.2, g: 0.4 },
    original: { c: 0.4, g: 0.3 },
    iterations: 1,
    milliseconds: 1,
    decided: 9,
    programs: 9,
    solver: "none",
    ...more,
  };
}
