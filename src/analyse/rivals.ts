import type { RowOracle } from "../lp/program";
import { largestIndex } from "./accuracy";
import type { Box } from "./box";
import type { TwinPolytope } from "./twinPolytope";

/** An affine function on a region: cost · y + constant. */
export interface AffineForm {
  readonly cost: Float64Array;
  readonly constant: number;
}

/**
 * A class j that Ñ might give instead of N's class c.                           (paper, Eqs. 37–38)
 */
export interface Rival {
  readonly rival: number;
  /** ξ̃_j − ξ̃_c on the region. */
  readonly margin: AffineForm;
  readonly marginAtPoint: number;
  /**
   * What rounding adds to the margin, (ξ̃_j − ξ̃_c) − (ξ_j − ξ_c). Where N keeps c the margin is no
   * larger.
   */
  readonly drift: AffineForm;
  /** Which of the rows says that N keeps c before j. */
  readonly keepRow: number;
  /**
   * The rows and one more, the last: where the margin is ≥ 0, or where N itself is tied, ξ_j − ξ_c
   * ≥ 0.
   */
  readonly rowsWhere: (what: "disagreed" | "tied") => RowOracle;
  /**
   * No input of the box nearer than this (sum of all changes) has a margin ≥ 0 on the region.
   */
  readonly reach: number;
}

/**
 * The rivals of N's class c at x, the nearest first, and the rows on which N keeps c.
 * (paper, Eqs. 37–38)
 */
export interface Rivals {
  readonly exactClass: number;
  readonly rivals: readonly Rival[];
  /** The region's rows, then ξ_c − ξ_j ≥ 0 for every class j. */
  readonly rows: RowOracle;
}

export function rivalsOn(polytope: TwinPolytope, x: Readonly<Float64Array>, box: Box): Rivals {
  const classCount = polytope.network.length;
  const exactClass = largestIndex(polytope.network);
  const none = new Float64Array(classCount);
  const others = Array.from({ length: classCount }, (_, k) => k).filter((k) => k !== exactClass);
  const margins = others.map((k) => ({
    network: none,
    approximated: marginForm(k, exactClass, classCount),
  }));
  const keeps = others.map((k) => ({
    network: marginForm(exactClass, k, classCount),
    approximated: none,
  }));
  const ties = others.map((k) => ({
    network: marginForm(k, exactClass, classCount),
    approximated: none,
  }));
  const drifts = others.map((_, index) => ({
    ...keeps[index],
    approximated: margins[index].approximated,
  }));
  const rows = polytope.rowsWith(keeps);
  // The constants come with rows of the forms; these rows themselves are not part of the region.
  const { constants } = polytope.rowsWith([...margins, ...drifts]);
  const rivals = others.map((rival, index): Rival => {
    const cost = polytope.gradientOf(margins[index]);
    const marginAtPoint = polytope.approximated[rival] - polytope.approximated[exactClass];
    return {
      rival,
      margin: { cost, constant: constants[index] },
      marginAtPoint,
      drift: {
        cost: polytope.gradientOf(drifts[index]),
        constant: constants[others.length + index],
      },
      keepRow: rows.rowCount - others.length + index,
      rowsWhere: (what) =>
        polytope.rowsWith([...keeps, what === "disagreed" ? margins[index] : ties[index]]),
      reach: -marginAtPoint / steepness(cost, x, box),
    };
  });
  rivals.sort((one, other) => one.reach - other.reach || one.rival - other.rival);
  return { exactClass, rivals, rows };
}

/** Coefficients of ξ_one − ξ_other. */
export function marginForm(one: number, other: number, classCount: number): Float64Array {
  const form = new Float64Array(classCount);
  form[one] = 1;
  form[other] = -1;
  return form;
}

/**
 * The most that cost · y can grow per unit of change of one input, from x and inside the box.
 */
function steepness(
  cost: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  { lower, upper }: Box,
): number {
  let most = 0;
  for (let input = 0; input < cost.length; input++) {
    const hasRoom = cost[input] > 0 ? x[input] < upper[input] : x[input] > lower[input];
    if (hasRoom) most = Math.max(most, Math.abs(cost[input]));
  }
  return most;
}
