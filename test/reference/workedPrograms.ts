/** A program with its optimum, primal and dual, worked by hand. */
export interface WorkedProgram {
  readonly name: string;
  readonly cost: number[];
  readonly constant?: number;
  readonly rows: number[][];
  readonly bounds: number[];
  readonly lower?: number[];
  readonly upper?: number[];
  readonly value: number;
  /** The optimum, where it is unique. */
  readonly point?: number[];
  /** One multiplier per row, where they are unique. */
  readonly multipliers?: number[];
}

export const WORKED_PROGRAMS: readonly WorkedProgram[] = [
  {
    // No rows: every variable goes where its cost points.
    name: "a box alone",
    cost: [2, -3, 0.5],
    constant: 1,
    rows: [],
    bounds: [],
    lower: [0, -1, 0],
    upper: [1, 1, 4],
    value: 2 + 3 + 2 + 1,
    point: [1, -1, 4],
    multipliers: [],
  },
  {
    // y1 is worth more per unit of the row: y1 = 1, y2 = 1/2; the row's price is that of y2.
    name: "one knapsack row",
    cost: [3, 2],
    rows: [[1, 1]],
    bounds: [1.5],
    value: 4,
    point: [1, 0.5],
    multipliers: [2],
  },
  {
    // Both rows tight: 2a + b = 2, a + 2b = 2 gives (2/3, 2/3); λ solves 2λ1 + λ2 = 1, λ1 + 2λ2 =
    // 1.
    name: "two crossing rows",
    cost: [1, 1],
    rows: [
      [2, 1],
      [1, 2],
    ],
    bounds: [2, 2],
    value: 4 / 3,
    point: [2 / 3, 2 / 3],
    multipliers: [1 / 3, 1 / 3],
  },
  {
    // The same row three times at different scales; only the sum of λ_i · scale_i is determined.
    name: "parallel copies of one row",
    cost: [1, 1, 1],
    rows: [
      [1, 1, 1],
      [2, 2, 2],
      [0.5, 0.5, 0.5],
    ],
    bounds: [1, 2, 0.5],
    value: 1,
  },
  {
    // Three rows meet in (1/2, 1/2) where two would do.
    name: "a degenerate vertex",
    cost: [1, 1],
    rows: [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    bounds: [0.5, 0.5, 1],
    value: 1,
    point: [0.5, 0.5],
  },
  {
    // y2 = 0.25 is fixed, so y1 <= 0.75 from the row.
    name: "a fixed variable",
    cost: [1, 5],
    rows: [[1, 1]],
    bounds: [1],
    lower: [0, 0.25],
    upper: [1, 0.25],
    value: 2,
    point: [0.75, 0.25],
    multipliers: [1],
  },
  {
    // A zero row with bound 0 says nothing; the other is tight at the optimum.
    name: "a row of zeros",
    cost: [1, -1],
    rows: [
      [0, 0],
      [1, 0],
    ],
    bounds: [0, 0.5],
    value: 0.5,
    point: [0.5, 0],
    multipliers: [0, 1],
  },
  {
    // a <= b and b <= a make a = b; a + b <= 1 stops them at one half each.
    name: "an equality in two halves",
    cost: [3, 1],
    rows: [
      [1, -1],
      [-1, 1],
      [1, 1],
    ],
    bounds: [0, 0, 1],
    value: 2,
    point: [0.5, 0.5],
    multipliers: [1, 0, 2],
  },
  {
    // Costs of 1e-6 and rows of 1e+4: only ratios matter. λ = 1e-6 / 1e4.
    name: "unequal scales",
    cost: [1e-6, 1e-6],
    rows: [[1e4, 1e4]],
    bounds: [1e4],
    value: 1e-6,
    multipliers: [1e-10],
  },
  {
    // Beale's program, on which the plain simplex method cycles for ever; optimum 1/20 at (1/25, 0,
    // 1, 0).
    name: "Beale's cycling program",
    cost: [0.75, -150, 0.02, -6],
    rows: [
      [0.25, -60, -0.04, 9],
      [0.5, -90, -0.02, 3],
      [0, 0, 1, 0],
    ],
    bounds: [0, 0, 1],
    upper: [10, 10, 10, 10],
    value: 0.05,
    point: [0.04, 0, 1, 0],
    multipliers: [0, 1.5, 0.05],
  },
  {
    // Kuhn's program, on which the largest-coefficient rule cycles.
    name: "Kuhn's cycling program",
    cost: [2, 3, -1, -12],
    rows: [
      [-2, -9, 1, 9],
      [1 / 3, 1, -1 / 3, -2],
      [2, 3, -1, -12],
    ],
    bounds: [0, 0, 2],
    upper: [10, 10, 10, 10],
    // The third row is the cost itself, so 2 is a bound; (2, 0, 2, 0) attains it and satisfies the
    // others.
    value: 2,
  },
  {
    // Two depots (3 and 4 units), three shops (2, 3, 2 units); the cheapest plan costs 11.
    // Variables are the amounts x11 x12 x13 x21 x22 x23 with prices 1 4 2 / 3 1 5; each equality is
    // two rows. Optimum: x11 = 1, x13 = 2, x21 = 1, x22 = 3: 1 + 4 + 3 + 3 = 11; potentials u = (0,
    // 2), v = (1, −1, 2) satisfy u_i + v_j <= price_ij, with value 0·3 + 2·4 + 1·2 − 1·3 + 2·2 =
    // 11.
    name: "a transportation problem",
    cost: [-1, -4, -2, -3, -1, -5],
    rows: [
      [1, 1, 1, 0, 0, 0],
      [-1, -1, -1, 0, 0, 0],
      [0, 0, 0, 1, 1, 1],
      [0, 0, 0, -1, -1, -1],
      [1, 0, 0, 1, 0, 0],
      [-1, 0, 0, -1, 0, 0],
      [0, 1, 0, 0, 1, 0],
      [0, -1, 0, 0, -1, 0],
      [0, 0, 1, 0, 0, 1],
      [0, 0, -1, 0, 0, -1],
    ],
    bounds: [3, -3, 4, -4, 2, -2, 3, -3, 2, -2],
    upper: [10, 10, 10, 10, 10, 10],
    value: -11,
    point: [1, 0, 2, 1, 3, 0],
  },
  {
    // Three people, three jobs, worth 8 4 7 / 5 2 3 / 9 4 8. All six assignments: 8+2+8 = 18, 8+3+4
    // = 15, 4+5+8 = 17, 4+3+9 = 16, 7+5+4 = 16, 7+2+9 = 18.
    name: "an assignment problem with two optima",
    cost: [8, 4, 7, 5, 2, 3, 9, 4, 8],
    rows: [
      [1, 1, 1, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 1, 1, 1, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 1, 1, 1],
      [1, 0, 0, 1, 0, 0, 1, 0, 0],
      [0, 1, 0, 0, 1, 0, 0, 1, 0],
      [0, 0, 1, 0, 0, 1, 0, 0, 1],
    ],
    bounds: [1, 1, 1, 1, 1, 1],
    value: 18,
  },
  {
    // Klee and Minty's cube in three dimensions: optimum 100² at (0, 0, 10000).
    name: "a Klee–Minty cube",
    cost: [100, 10, 1],
    rows: [
      [1, 0, 0],
      [20, 1, 0],
      [200, 20, 1],
    ],
    bounds: [1, 100, 10000],
    upper: [20000, 20000, 20000],
    value: 10000,
    point: [0, 0, 10000],
    multipliers: [0, 0, 1],
  },
];

/** Programs without a feasible point. */
export const INFEASIBLE_PROGRAMS: readonly Omit<WorkedProgram, "value">[] = [
  {
    name: "two rows that contradict each other",
    cost: [1, 1],
    rows: [
      [1, 1],
      [-1, -1],
    ],
    bounds: [0.5, -0.75],
  },
  { name: "a row beyond the box", cost: [1, 0], rows: [[-1, -1]], bounds: [-2.5] },
  { name: "a row of zeros with a negative bound", cost: [1], rows: [[0]], bounds: [-1] },
  {
    // a >= b + 1/2, b >= c + 1/2, c >= a + 1/2: the sum says 0 >= 3/2.
    name: "a circle of three rows",
    cost: [0, 0, 0],
    rows: [
      [-1, 1, 0],
      [0, -1, 1],
      [1, 0, -1],
    ],
    bounds: [-0.5, -0.5, -0.5],
  },
];
