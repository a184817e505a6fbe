/** Every tolerance of RoundLab, each with its reason. A bare small number elsewhere fails review. */

/** Largest relative gap between an upper bound and an attained value that counts as certified. */
export const CERTIFIED_RELATIVE_GAP = 1e-9;

/**
 * Absolute floor of the certified gap: below this the difference is rounding noise of evaluating two
 * networks in binary64 (logits of order 10, error of a dot product of 2,000 terms about 1e-13).
 */
export const CERTIFIED_ABSOLUTE_GAP = 1e-11;

/** Largest violation of a unit-norm row that a solver may leave. */
export const ROW_FEASIBILITY = 1e-10;

/** What HiGHS is asked for, primal and dual: the least it accepts, on rows and costs scaled to order one. */
export const HIGHS_TOLERANCE = 1e-10;

/** Entries of a unit-norm row that HiGHS may drop (the least it accepts): below what its own tolerance can tell. */
export const HIGHS_SMALLEST_ENTRY = 1e-12;
