/**
 * Numbers as printed in Šíma & Vidnerová, "Weight-Rounding Error in Deep Neural Networks" (ECML
 * PKDD 2025, doi 10.1007/978-3-032-06078-5_23). They are data to compare with and never part of a
 * result.
 */

/** The bit widths of Table 2, from exact weights to the coarsest. */
export const TABLE_2_BITS = [32, 16, 12, 8, 6, 4] as const;

/** Table 2: accuracy on the 10,000 test images, per cent, in the order of `TABLE_2_BITS`. */
export const TABLE_2: Readonly<Record<string, readonly number[]>> = {
  net1: [98.3, 98.3, 98.3, 98.3, 98.3, 24.85],
  net2: [99.25, 99.25, 99.25, 99.25, 99.25, 99.14],
};

/** The columns of Tables 3 and 4; errors are L1 over the ten logits. */
export interface PrintedErrors {
  readonly E_T: number;
  readonly E_Xi: number;
  readonly mean_E_T: number;
  readonly mean_E_Xi: number;
}

/** Table 3: 16 bits, all 70,000 points. */
export const TABLE_3: Readonly<Record<string, PrintedErrors>> = {
  net1: { E_T: 0.032854, E_Xi: 0.099374, mean_E_T: 0.007629, mean_E_Xi: 0.030884 },
  net2: { E_T: 0.013466, E_Xi: 0.014763, mean_E_T: 0.006127, mean_E_Xi: 0.006777 },
};

/**
 * Table 1: smallest and widest [α, β] of the three layers of Net1, 16 bits; see
 * `printedErrorIntervals`.
 */
export const TABLE_1: readonly {
  readonly smallest: readonly [number, number];
  readonly widest: readonly [number, number];
}[] = [
  { smallest: [-0.0016, 0.0028], widest: [-0.0142, 0.0157] },
  { smallest: [-2.0662, 2.0615], widest: [-2.6336, 2.6642] },
  { smallest: [-57.591, 58.6081], widest: [-84.9428, 85.1832] },
];

/** Table 4, by bit width: Net1, 10,000 test points. */
export const TABLE_4: Readonly<Record<number, PrintedErrors>> = {
  16: { E_T: 0.024727, E_Xi: 0.093156, mean_E_T: 0.007558, mean_E_Xi: 0.030998 },
  12: { E_T: 0.613171, E_Xi: 1.049668, mean_E_T: 0.135616, mean_E_Xi: 0.38475 },
  8: { E_T: 8.191886, E_Xi: 17.585771, mean_E_T: 2.138221, mean_E_Xi: 6.070758 },
  6: { E_T: 40.410836, E_Xi: 85.562221, mean_E_T: 10.226672, mean_E_Xi: 25.475516 },
  4: { E_T: 301.230476, E_Xi: 479.39271, mean_E_T: 81.117751, mean_E_Xi: 153.583925 },
};

/** Seconds that the authors report for the linear program of one point, on their machine. */
export const SECONDS_PER_POINT: Readonly<Record<string, number>> = { net1: 8, net2: 250 };

/**
 * A row of Table 5: the share of misclassified polytopes, and average softmax probabilities there.
 */
export interface PrintedClasses {
  readonly share: number;
  readonly rounded: { readonly c: number; readonly g: number };
  readonly original: { readonly c: number; readonly g: number };
}

/** Table 5, by bit width: Net1, 5,000 points. The print says "percentage" of what are fractions. */
export const TABLE_5: Readonly<Record<number, PrintedClasses>> = {
  16: { share: 0.91, rounded: { c: 0.28, g: 0.28 }, original: { c: 0.28, g: 0.28 } },
  12: { share: 0.91, rounded: { c: 0.27, g: 0.3 }, original: { c: 0.29, g: 0.29 } },
  8: { share: 0.91, rounded: { c: 0.15, g: 0.39 }, original: { c: 0.31, g: 0.3 } },
  6: { share: 0.88, rounded: { c: 0.14, g: 0.51 }, original: { c: 0.4, g: 0.32 } },
  4: { share: 0.89, rounded: { c: 0.08, g: 0.44 }, original: { c: 0.57, g: 0.16 } },
};
