import { factsOf } from "../../claim/column";
import { ArgumentError } from "../../errors";
import { SUMMARY_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { AppMaxRow } from "../../experiment/variant/runAppMax";
import { summarise } from "../../experiment/variant/summary";
import type { Network } from "../../network/network";
import { createRandom, permutation } from "../../numeric/random";
import { quantile } from "../../present/table/describeColumns";
import type { Figure } from "../../present/figure/figure";
import { formatCount, formatPercent } from "../../present/numberFormat";
import { resampleFigure } from "../../present/figure/resampleFigure";
import { exhibitOf, networksOf, type ExhibitSources, type FigureExhibit } from "../exhibit";
import { reportOurs, type Finding } from "../findings";
import { recheckStored } from "../recheck";
import { describeSample, sixteenBitSample, storedRows, type RowSource } from "../rowSource";
import { SAMPLE_SEED } from "../sample";

/** The sample sizes of the paper's figure; those beyond the stored rows are left out. */
const SIZES = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 40000, 60000];
const REPEATS = 100;

/** How estimates over random samples settle as the samples grow. */
export interface Figure3 {
  readonly network: string;
  /** Rows there are to draw from. */
  readonly points: number;
  /** Which points these are. */
  readonly sample: string;
  readonly sizes: readonly number[];
  /** For each size the largest E(x), and the largest maximum, of each repeat. */
  readonly E_T: readonly Float64Array[];
  readonly E_Xi: readonly Float64Array[];
  /** The largest of all the rows. */
  readonly worst: { readonly E_T: number; readonly E_Xi: number };
}

/**
 * Figure 3 from the stored rows of a network's longest run at 16 bits: for each size, 100 samples
 * without repetition.
 *
 * @throws ArgumentError if the rows are fewer than the smallest sample: which command computes more
 */
export function figure3FromRows(network: Network, source: RowSource = storedRows()): Figure3 {
  const sample = sixteenBitSample(network, source);
  if (sample.rows.length < SIZES[0]) {
    throw new ArgumentError(
      `Figure 3 needs at least ${SIZES[0]} points of ${network.name}, found ${sample.rows.length} stored; ` +
        `\`roundlab run ${sample.run}\` computes more`,
    );
  }
  return resampleRows(network.name, sample.rows, describeSample(sample));
}

/** Whether a network has rows enough to show growth: for samples of two sizes. */
export function canDrawFigure3(network: Network, source: RowSource = storedRows()): boolean {
  return sixteenBitSample(network, source).rows.length >= SIZES[1];
}

/** As `loadFigure3`, from rows at hand. */
export function resampleRows(
  network: string,
  rows: readonly AppMaxRow[],
  sample = `${network}: ${formatCount(rows.length)} points`,
): Figure3 {
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
  const { E_T: atPoints, E_Xi: overPolytopes } = summarise(rows);
  const worst = { E_T: atPoints, E_Xi: overPolytopes };
  return { network, points: rows.length, sample, sizes, E_T, E_Xi, worst };
}

const E_T_FACTS = factsOf(SUMMARY_COLUMNS, "E_T");
const E_XI_FACTS = factsOf(SUMMARY_COLUMNS, "E_Xi");

/** Figure 3, one panel per network. */
function drawFigure3(networks: readonly Figure3[]): Figure {
  const reach = networks.map(({ network, sizes }) => {
    const last = sizes[sizes.length - 1];
    return `${network} up to ${formatCount(last)}`;
  });
  return resampleFigure(
    networks.map(({ network, sizes, E_T, E_Xi }) => ({
      title: network,
      series: [
        { name: "E_T", kind: E_T_FACTS.kind, sizes, estimates: E_T },
        { name: "E_Ξ(T)", kind: E_XI_FACTS.kind, sizes, estimates: E_Xi },
      ],
    })),
    {
      title: "Figure 3. Error estimates at 16 bits for samples of growing size",
      label: "largest error",
      unit: E_XI_FACTS.unit,
      caption: `${networks.map(({ sample }) => sample).join(". ")}. Sizes: ${reach.join(", ")}; the paper's go to 60,000`,
    },
  );
}

/** The size at which the paper finds estimates settled: "a few hundred". */
const SETTLED_SIZE = 500;

/** How much of the worst of all stored rows a typical sample of 500 finds. */
function judgeFigure3(networks: readonly Figure3[]): Finding[] {
  return networks.flatMap(({ network, points, sizes, E_T, E_Xi, worst }) => {
    const index = sizes.indexOf(SETTLED_SIZE);
    if (index < 0) return [];
    const finding = (name: string, estimates: Float64Array, most: number): Finding =>
      reportOurs(
        `${name} of ${network}: median of samples of ${SETTLED_SIZE}, as a share of the worst found`,
        formatPercent(quantile(estimates.slice().sort(), 0.5) / most, 0),
        `of the worst of ${formatCount(points)} stored points`,
      );
    return [finding("E_T", E_T[index], worst.E_T), finding("E_Ξ(T)", E_Xi[index], worst.E_Xi)];
  });
}

const RUNS = ["net1-half-mnist", "net2-half-mnist", "net2-half-mnist-test"] as const;

/** Figure 3, of the networks that have rows enough to show growth. */
export const figure3: FigureExhibit<readonly Figure3[]> = {
  kind: "figure",
  ...exhibitOf<readonly Figure3[]>({
    name: "figure-3",
    title: "Figure 3: estimates by sample size",
    runs: RUNS,
    load: loadFigure3,
    describe: () => "The rows of Table 3, resampled 100 times.",
    judge: judgeFigure3,
    recheck: (choice) => recheckStored(RUNS, choice),
  }),
  figure: drawFigure3,
};

async function loadFigure3(from: ExhibitSources = {}): Promise<Figure3[]> {
  const source = from.rows ?? storedRows();
  const networks = await networksOf(from);
  return networks
    .filter((network) => canDrawFigure3(network, source))
    .map((network) => figure3FromRows(network, source));
}
