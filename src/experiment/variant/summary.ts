import { ArgumentError } from "../../errors";
import { provedBound } from "./provedBound";
import type { AppMaxRow } from "./runAppMax";

/**
 * What a sample of points comes to: the paper's worst cases and averages, and how far they are
 * proved.
 */
export interface AppMaxSummary {
  readonly points: number;
  /** Largest E(x) over the sample: attained.                                   (paper, Eq. 19) */
  readonly E_T: number;
  readonly mean_E_T: number;
  /** Largest maximum over the sample's polytopes: attained.                     (paper, Eq. 33) */
  readonly E_Xi: number;
  readonly mean_E_Xi: number;
  /**
   * Largest upper bound over the sample's polytopes, with the allowance for rounding of rows that
   * carry one: a bound for those polytopes only. (`provedBound`)
   */
  readonly upperBound: number;
  readonly certified: number;
  readonly uncertified: number;
  /** Points whose answer came from a later solver than the first. */
  readonly fallback: number;
}

/** What a summary reads of a row: rows of runs have it, and so have results of `appMax`. */
export type SummarisedRow = Pick<
  AppMaxRow,
  "error" | "maximum" | "upperBound" | "roundingAllowance" | "status" | "reason"
>;

/**
 * The summary of rows, summed in their order.
 *
 * @throws ArgumentError if there is no row
 * @example
 * rl.summarise(rows)
 */
export function summarise(rows: readonly SummarisedRow[]): AppMaxSummary {
  if (rows.length === 0) throw new ArgumentError("there is no summary of no points");
  const mean = (pick: (row: SummarisedRow) => number): number =>
    rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const largest = (pick: (row: SummarisedRow) => number): number =>
    rows.reduce((most, row) => Math.max(most, pick(row)), 0);
  const certified = rows.filter(({ status }) => status === "certified");
  return {
    points: rows.length,
    E_T: largest((row) => row.error),
    mean_E_T: mean((row) => row.error),
    E_Xi: largest((row) => row.maximum),
    mean_E_Xi: mean((row) => row.maximum),
    upperBound: largest(provedBound),
    certified: certified.length,
    uncertified: rows.length - certified.length,
    // A row of one's own loop is an `AppMaxResult`, whose reason is an empty text where there is
    // none.
    fallback: certified.filter(({ reason = "" }) => reason !== "").length,
  };
}
