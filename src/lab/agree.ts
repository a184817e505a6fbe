import { decideAgreement, type AgreementOptions, type AgreementResult } from "../analyse/agreement";
import { describeDomain, toDomain } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { engineForSeries } from "../experiment/backend/engines";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { createTable, type Table } from "../present/table/table";
import { inputsOf, type PointLike } from "./appMax";
import { sessionOf } from "./session";

/**
 * Whether Ñ puts some input of a point's region into another class than N does: the largest margin
 * of another class, attained and bounded, and the nearest input that disagrees.
 * (paper, Eqs. 37–38)
 *
 * @param twins  N and Ñ, as `twins` makes them
 * @param x  the inputs of the point
 * @throws ShapeError if the inputs do not fit the networks, ArgumentError if they lie outside the
 *   domain; the interrupt of the notebook cell, if there is one
 * @example
 * const { verdict, margin, marginBound } = await rl.agree(twins, x);
 */
export async function agree(
  twins: Twins,
  x: PointLike,
  options: AgreementOptions = {},
): Promise<AgreementResult & Displayable> {
  const point = inputsOf(twins, x);
  const { workspace, engines } = sessionOf(twins);
  const engine = engineForSeries(await engines("auto"));
  const result = decideAgreement(workspace, point, engine, options);
  return withDisplay(result, () => displayTable(agreementTable(twins, result)));
}

function agreementTable({ network, approximated }: Twins, result: AgreementResult): Table {
  const { exactClass, rivalClass, verdict, marginAtPoint, margin, marginBound } = result;
  const box = describeDomain(toDomain(result.domain));
  const unit = "logits";
  const distance = result.distance ?? NaN;
  const { distanceBound } = result;
  const bound = {
    kind: "bound",
    unit,
    inputs: `every input of the point's region in ${box}`,
  } as const;
  return createTable(
    [
      {
        exactClass,
        rivalClass,
        verdict,
        marginAtPoint,
        margin,
        marginBound,
        distance,
        distanceBound,
      },
    ],
    {
      caption: `Whether ${approximated.name} agrees with ${network.name} on the point's region in ${box}`,
      notes: {
        exactClass: { label: "class", style: "count" },
        rivalClass: { label: "rival", style: "count" },
        marginAtPoint: { label: "margin at the point", kind: "attained", unit },
        margin: { label: "largest margin", kind: "attained", unit },
        marginBound: { label: "at most", ...bound },
        distance: { label: "nearest that disagrees", kind: "attained", unit: "sum of changes" },
        distanceBound: { label: "none nearer than", ...bound, unit: "sum of changes" },
      },
    },
  );
}
