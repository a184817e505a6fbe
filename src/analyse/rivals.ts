import type { RowOracle } from "../lp/program";
import { largestIndex } from "./accuracy";
import type { Domain } from "./domain";
import type { PatternRegion } from "./patternRegion";

/** A class that Ñ might give instead of c, with its margin ξ̃_j − ξ̃_c as an affine function on a region. */
export interface Rival {
  readonly rival: number;
  /** The margin is cost · y + constant. */
  readonly cost: Float64Array;
  readonly constant: number;
  readonly marginAtPoint: number;
  /**
   * What rounding adds to the margin, (ξ̃_j − ξ̃_c) − (ξ_j − ξ_c), affine too. Where N keeps c the margin is no
   * larger.
   */
  readonly drift: { readonly cost: Float64Array; readonly constant: number };
  /** The region's rows, those on which N keeps c, and "this margin is ≥ 0". */
  readonly rowsOfDisagreement: () => RowOracle;
  /** No input of the domain nearer than this (largest change of a pixel) has a margin ≥ 0 on the region. */
  readonly reach: number;
}

/** The rivals of N's class c at x, the nearest first, and the rows on which N keeps c.  (paper, Eqs. 37–38) */
export interface Rivals {
  readonly exactClass: number;
  readonly rivals: readonly Rival[];
  /** The region's rows, then ξ_c − ξ_j ≥ 0 for every rival. */
  readonly rows: RowOracle;
}

export function rivalsOn(region: PatternRegion, x: Readonly<Float64Array>, domain: Domain): Rivals {
  const classCount = region.exact.length;
  const exactClass = largestIndex(region.exact);
  const none = new Float64Array(classCount);
  const others = Array.from({ length: classCount }, (_, k) => k).filter((k) => k !== exactClass);
  const forms = others.map((k) => ({
    exact: none,
    altered: marginForm(k, exactClass, classCount),
  }));
  const keeps = others.map((k) => ({
    exact: marginForm(exactClass, k, classCount),
    altered: none,
  }));
  const drifts = others.map((_, index) => ({ ...keeps[index], altered: forms[index].altered }));
  // The constants come with rows of the forms; these rows themselves are not part of the region.
  const { constants } = region.rowsWith([...forms, ...drifts]);
  const rivals = others.map((rival, index): Rival => {
    const cost = region.gradientOf(forms[index]);
    const marginAtPoint = region.altered[rival] - region.altered[exactClass];
    const reach = -marginAtPoint / steepness(cost, x, domain);
    const drift = {
      cost: region.gradientOf(drifts[index]),
      constant: constants[others.length + index],
    };
    const rowsOfDisagreement = (): RowOracle => region.rowsWith([...keeps, forms[index]]);
    const constant = constants[index];
    return { rival, cost, constant, marginAtPoint, drift, rowsOfDisagreement, reach };
  });
  rivals.sort((one, other) => one.reach - other.reach || one.rival - other.rival);
  return { exactClass, rivals, rows: region.rowsWith(keeps) };
}

/** Coefficients of ξ_one − ξ_other. */
export function marginForm(one: number, other: number, classCount: number): Float64Array {
  const form = new Float64Array(classCount);
  form[one] = 1;
  form[other] = -1;
  return form;
}

/** The most that cost · y can grow per unit of the largest change, from x and inside the domain. */
function steepness(
  cost: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  { lower, upper }: Domain,
): number {
  let sum = 0;
  for (let input = 0; input < cost.length; input++) {
    const hasRoom = cost[input] > 0 ? x[input] < upper : x[input] > lower;
    if (hasRoom) sum += Math.abs(cost[input]);
  }
  return sum;
}
