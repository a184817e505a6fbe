/**
 * Every tolerance of RoundLab, each with its reason. A bare small number elsewhere fails review.
 */

/** Largest relative gap between an upper bound and an attained value that counts as certified. */
export const CERTIFIED_RELATIVE_GAP = 1e-9;

/**
 * Absolute floor of the certified gap: below this the difference is rounding noise of evaluating
 * two networks in binary64 (logits of order 10, error of a dot product of 2,000 terms about 1e-13).
 */
export const CERTIFIED_ABSOLUTE_GAP = 1e-11;

/** Largest violation of a unit-norm row that a solver may leave. */
export const ROW_FEASIBILITY = 1e-10;

/**
 * What HiGHS is asked for, primal and dual: the least it accepts, on rows and costs scaled to order
 * one.
 */
export const HIGHS_TOLERANCE = 1e-10;

/**
 * Entries of a unit-norm row that HiGHS may drop (the least it accepts): below what its own
 * tolerance can tell.
 */
export const HIGHS_SMALLEST_ENTRY = 1e-12;

/** Entries of a pivot row below this are rounding noise of order-one numbers, and take no part. */
export const SMALLEST_ENTRY = 1e-9;

/** A pivot at least this large is taken without looking for a better one. */
export const STABLE_PIVOT = 1e-5;

/** The least pivot that is taken at all; below it the inverse would lose nine digits at once. */
export const SMALLEST_PIVOT = 1e-8;

/**
 * By how much a reduced cost (costs scaled to order one) may get the wrong sign when a larger pivot
 * is chosen among near ties; 784 of them move the bound by less than 1e-8 of that scale.
 */
export const DUAL_SLIP = 1e-11;

/**
 * A row that flips have brought so close to its bound counts as repaired: it is a hundredth of
 * ROW_FEASIBILITY.
 */
export const SLOPE_NOISE = 1e-12;

/** How far the two ways of computing a pivot may differ before the basis is inverted anew. */
export const PIVOT_DISAGREEMENT = 1e-7;

/**
 * Residual of the tight rows, or of the free reduced costs, above which the basis is inverted anew.
 */
export const BASIS_RESIDUAL = 1e-9;

/** Unit roundoff of binary32: what training computes in, and what its results are compared by. */
export const FLOAT32_RELATIVE = 2 ** -24;

/**
 * A tight row whose part orthogonal to the rows before it is smaller than this share of it says
 * nothing new to the polishing of a vertex: twins' rows differ by 1e-5 at 16 bits, rounding noise
 * by 1e-16.
 */
export const POLISH_DEPENDENCE = 1e-9;

/**
 * A point that violates a unit-norm row by more than this is polished: a neuron that switches early
 * by v moves one network but not its twin, and so the error, by about v, and a maximum of 0.01 is
 * certified to 1e-11.
 */
export const POLISHED_VIOLATION = 1e-12;

/**
 * The dual simplex engine aims at this share of the tolerance it is given: its refined points hold
 * rows to 1e-15, and what it leaves on a bound is what moving the point onto the box costs the
 * tight rows.
 */
export const INNER_SHARE = 1e-2;

/**
 * A maximum computed anew may differ by this much (relative) from a stored one: both are certified
 * to it.
 */
export const RECHECK_RELATIVE = 1e-9;

/**
 * By how much costs of order one are perturbed when the dual stalls: far above rounding, so that
 * ties are really broken, and so little that few iterations remain when the true costs are put
 * back.
 */
export const COST_PERTURBATION = 5e-7;

/** A dual step no longer than this, costs being of order one, counts as none. */
export const STALLED_STEP = 1e-9;

/**
 * Pivots of Gauss–Jordan elimination, on rows of unit norm, below which they count as dependent.
 */
export const SINGULAR_PIVOT = 1e-11;

/**
 * Two ways of computing the same small network, whose values are of order ten: the rounding of sums
 * of at most a hundred terms, carried through a few layers, stays a hundred times below this.
 */
export const FLOAT64_SUMS = 1e-11;

/**
 * Margins are differences of logits, whose values are of order ten: a bound this much above a
 * margin proves it.
 */
export const MARGIN_GAP = 1e-8;

/**
 * A margin attained that is no farther below 0 than this is a tie, and a tie counts
 * (paper, Eq. 38): the networks' values at an input are rounded, and rows hold to a tolerance.
 */
export const TIE = 1e-9;

/** A margin proved to be at most this is negative. */
export const AGREEMENT_BOUND = -TIE;

/**
 * Two softmax probabilities whose logarithms differ by no more than this belong to logits that are
 * tied: the logarithm of a stored probability is rounded to a few 1e-16.
 */
export const PROBABILITY_TIE = 1e-9;
