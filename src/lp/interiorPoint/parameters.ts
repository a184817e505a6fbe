/*
 * The numbers of the method, for programs whose rows and cost have unit norm and whose box is one
 * wide. Found by trying on Net2 at 16, 8 and 4 bits (decision 80); none decides what is optimal.
 */

/** Rows in the first working set, for each variable. */
export const ROWS_PER_VARIABLE = 12.75;

/** Room for rows that join later, as a multiple of the first ones. */
export const ROW_ROOM = 2.4;

/** Room for dense rows. */
export const DENSE_ROOM = 128;

/**
 * Rows whose norms are guessed are looked at up to this share beyond those wanted: guesses are
 * large, so distances seem small.
 */
export const LOOKED_AT = 2;

/** A variable starts no nearer to a bound than this, and a row with no smaller slack. */
export const START_DISTANCE = 1e-3;

/**
 * Products of slacks and multipliers at the start. From 1e-3 the first rows that are priced are
 * those of a point farther inside, and one point in six needs a third round.
 */
export const START_MU = 3e-4;

/**
 * Regularisation: proximal terms that leave the limit as it is and keep the factorisation accurate
 * to the end, where the weights of rows span twenty powers of ten.
 */
export const SOFTNESS = 1e-8;
export const STIFFNESS = 1e-7;

/**
 * The proximal term of variables gets smaller, down to this, when all products are below this
 * multiple of what they shall be and yet an iteration leaves so much of the gap.
 */
export const LEAST_STIFFNESS = 1e-8;
export const HELD_MU = 10;
export const HELD_GAP = 0.9;

/** The gap aimed at, as a share of what a certificate permits: the rest is for its rounding. */
export const GAP_SHARE = 0.1;

/** Largest residual of a row at the end. */
export const RESIDUAL = 1e-12;

/** The target of complementarity is no less than this share of what the gap aimed at comes to. */
export const LEAST_CENTRE = 0.4;

/** Multiple centrality corrections: how many, and how much farther a step is tried. (Gondzio) */
export const CORRECTIONS = 2;
export const FARTHER = 0.3;
/** Products are brought back to between these multiples of the target. */
export const LOW_PRODUCT = 0.1;
export const HIGH_PRODUCT = 10;
/** Steps longer than this are not corrected; a correction that gains less is the last. */
export const LONG_STEP = 0.95;
export const LEAST_GAIN = 0.02;

/** Share of the way to the boundary that is gone; more of it near the end. */
export const STEP_SHARE = 0.995;
export const LAST_STEP_SHARE = 0.999;
export const LAST_MU = 1e-6;

/** Products far below the average, where the multiplier is the larger, are lifted to this share. */
export const LEAST_PRODUCT = 1e-3;

/** Steps of refinement at most, and without progress. */
export const REFINEMENTS = 20;
export const REFINEMENT_STALLS = 4;
/** A direction is refined to these shares of the gap aimed at, or of the gap there is. */
export const RESIDUAL_OF_TARGET = 0.1;
export const RESIDUAL_OF_GAP = 0.01;

/** Pivots of the dense rows' matrix below this share are left out. */
export const LEAST_PIVOT = 1e-12;

/** Iterations before the first pricing, and at most in a round; rounds at most. */
export const FIRST_ITERATIONS = 6;
export const ROUND_ITERATIONS = 80;
export const ROUNDS = 12;

/** A gap that grew by this much is not going to shrink. */
export const LOST_GAP = 1e4;

/**
 * At the first pricing a row joins whose slack is below this share of how far the point has moved
 * within its frame.
 */
export const NEAR_SHARE = 0.4;
/** Dense rows join with less than this share of their slack at the start, or this near. */
export const DENSE_SHARE = 0.3;
export const DENSE_NEAR = 5e-3;

/** Afterwards rows join that are violated by more than this. */
export const VIOLATION = 1e-13;

/**
 * An earlier iterate is taken up again if every new row has this share of its slack there, or this
 * much.
 */
export const BACK_SHARE = 0.3;
export const BACK_SLACK = 1e-4;
/** The least slack that a new row starts with. */
export const LEAST_SLACK = 1e-3;
