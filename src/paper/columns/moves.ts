import { declareColumns, factsOf } from "../../claim/column";
import { APPMAX_COLUMNS } from "../../experiment/variant/appMaxColumns";

/** How far a network's witnesses lie from their data points, in pixels of [0, 1]. */
export interface Figure2Move {
  readonly network: string;
  readonly point: number;
  readonly error: number;
  readonly maximum: number;
  /** The largest |y − x| over the pixels. */
  readonly largest: number;
  /** The mean of |y − x| over the pixels. */
  readonly mean: number;
}

/** The columns of how far the witnesses of Figure 2 lie from their points. */
export const MOVE_COLUMNS = declareColumns<Figure2Move>({
  network: { type: "text", meaning: "N" },
  point: factsOf(APPMAX_COLUMNS, "point"),
  error: { ...factsOf(APPMAX_COLUMNS, "error"), digits: 4 },
  maximum: { ...factsOf(APPMAX_COLUMNS, "maximum"), heading: "E at the witness", digits: 4 },
  largest: {
    type: "number",
    kind: "attained",
    heading: "largest move of a pixel",
    digits: 3,
    meaning: "largest |y − x| over the pixels of point x and witness y; 1 is white to black",
  },
  mean: {
    type: "number",
    kind: "attained",
    heading: "mean move of a pixel",
    style: "powerOfTen",
    digits: 2,
    meaning: "mean of |y − x| over the pixels; 1 is white to black",
  },
});
