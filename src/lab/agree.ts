import { decideAgreement, type AgreementOptions, type AgreementResult } from "../analyse/agreement";
import { describeDomain, toDomain } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { declareColumns, factsOf } from "../claim/column";
import { TO_ROUNDING } from "../claim/proof";
import { engineForSeries } from "../experiment/backend/engines";
import { AGREEMENT_COLUMNS } from "../experiment/variant/agreementColumns";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import type { Table } from "../present/table/table";
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

type Shown = Pick<
  AgreementResult,
  | "exactClass"
  | "rivalClass"
  | "verdict"
  | "marginAtPoint"
  | "margin"
  | "marginBound"
  | "distance"
  | "distanceBound"
>;

/** Inputs need be no pixels here, as those of stored rows are. */
const DISTANCE = { unit: "sum of changes" };

/** The columns of one verdict: those of stored rows that say what was found. */
export const AGREEMENT_RESULT_COLUMNS = declareColumns<Shown>({
  exactClass: { ...factsOf(AGREEMENT_COLUMNS, "exactClass"), heading: "class", style: "count" },
  rivalClass: { ...factsOf(AGREEMENT_COLUMNS, "rivalClass"), heading: "rival", style: "count" },
  verdict: factsOf(AGREEMENT_COLUMNS, "verdict"),
  marginAtPoint: {
    ...factsOf(AGREEMENT_COLUMNS, "marginAtPoint"),
    heading: "margin at the point",
  },
  margin: { ...factsOf(AGREEMENT_COLUMNS, "margin"), heading: "largest margin" },
  marginBound: { ...factsOf(AGREEMENT_COLUMNS, "marginBound"), heading: "at most" },
  distance: {
    ...factsOf(AGREEMENT_COLUMNS, "distance"),
    ...DISTANCE,
    heading: "nearest that disagrees",
  },
  distanceBound: {
    ...factsOf(AGREEMENT_COLUMNS, "distanceBound"),
    ...DISTANCE,
    heading: "none nearer than",
  },
});

function agreementTable({ network, approximated }: Twins, result: AgreementResult): Table {
  const box = describeDomain(toDomain(result.domain));
  return declaredTable(AGREEMENT_RESULT_COLUMNS, [result], {
    caption: `Whether ${approximated.name} agrees with ${network.name} on the point's region in ${box}`,
    inputs: `every input of the point's region in ${box}, ${TO_ROUNDING}`,
  });
}
