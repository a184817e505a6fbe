import type { StoredSides } from "../experiment/variant/storedSides";
import type { AppMaxRow } from "../experiment/variant/runAppMax";

/** Rows of one network at one bit width. */
export interface BitRows {
  readonly bits: number;
  readonly rows: readonly AppMaxRow[];
  /** Both sides over the whole box, where they were looked up. */
  readonly sides?: StoredSides;
}

/**
 * Which quantiser makes the grids: the authors', or the one whose errors stay within half a step.
 */
export type QuantiserBehaviour = "paper" | "corrected";

/** What Table 4 and Figure 4 are made of: the same points at every bit width. */
export interface Table4 {
  readonly network: string;
  readonly behaviour: QuantiserBehaviour;
  /** The widths of which rows are stored. */
  readonly widths: readonly BitRows[];
  readonly sample: string;
}
