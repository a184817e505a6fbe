import { ArgumentError } from "../errors";
import { loadRun } from "../experiment/loadRuns";
import type { AppMaxRow } from "../experiment/runAppMax";
import type { Network } from "../network/network";
import { createRandom, permutation } from "../numeric/random";
import type { Figure } from "../present/figure";
import { resampleFigure } from "../present/resampleFigure";
import { SAMPLE_SEED } from "./sample";

/** The sample sizes of the paper's figure; those beyond the stored rows are left out. */
const SIZES = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 40000, 60000];
const REPEATS = 100;

/** How estimates over random samples settle as the samples grow. */
export interface Figure3 {
  readonly network: string;
  /** Rows there are to draw from. */
  readonly points: number;
  readonly sizes: readonly number[];
  /** For each size the largest E(x), and the largest maximum, of each repeat. */
  readonly E_T: readonly Float64Array[];
  readonly E_Xi: readonly Float64Array[];
}

/**
 * Figure 3 from the stored rows of the 16-bit run: for each size, 100 samples without repetition.
 *
 * @throws StoreError if no rows are stored; ArgumentError if they are fewer than the smallest sample
 */
export function loadFigure3(network: Network, folder?: string): Figure3 {
  const { rows } = loadRun(`${network.name}-half-mnist`, network, folder);
  return resampleRows(network.name, rows);
}

/** As `loadFigure3`, from rows at hand. */
export function resampleRows(network: string, rows: readonly AppMaxRow[]): Figure3 {
  const sizes = SIZES.filter((size) => size <= rows.length);
  if (sizes.length === 0) {
    throw new ArgumentError(`Figure 3 needs at least ${SIZES[0]} points, found ${rows.length}`);
  }
  const random = createRandom(SAMPLE_SEED);
  const E_T = sizes.map(() => new Float64Array(REPEATS));
  const E_Xi = sizes.map(() => new Float64Array(REPEATS));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    // One shuffle serves all sizes: its first n rows are a sample of n.
    const order = permutation(rows.length, random);
    sizes.forEach((size, index) => {
      for (let position = 0; position < size; position++) {
        const { error, maximum } = rows[order[position]];
        E_T[index][repeat] = Math.max(E_T[index][repeat], error);
        E_Xi[index][repeat] = Math.max(E_Xi[index][repeat], maximum);
      }
    });
  }
  return { network, points: rows.length, sizes, E_T, E_Xi };
}

/** Figure 3, one panel per network. */
export function figure3(networks: readonly Figure3[]): Figure {
  return resampleFigure(
    networks.map(({ network, sizes, E_T, E_Xi }) => ({
      title: network,
      series: [
        { name: "E_T", kind: "attained" as const, sizes, estimates: E_T },
        { name: "E_Ξ(T)", kind: "attained" as const, sizes, estimates: E_Xi },
      ],
    })),
    {
      title: "Figure 3. Error estimates at 16 bits for samples of growing size",
      label: "largest error of the sample",
      unit: "logits, L1",
      caption: networks
        .map(({ network, points }) => `${network}: ${points} stored points`)
        .join("; "),
    },
  );
}
