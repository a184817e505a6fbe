import { factsOf, type NamedColumn } from "../../claim/column";
import { pointOf } from "../../dataset/dataset";
import type { Network } from "../../network/network";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { Figure } from "../../present/figure/figure";
import type { DataFrame } from "../../present/frame/frameType";
import { imageGridFigure, type ImageRow } from "../../present/figure/imageGridFigure";
import { formatPercent, formatSignificant } from "../../present/numberFormat";
import { reportProgress } from "../../present/progress/progressDisplay";
import { MOVE_COLUMNS, type Figure2Move } from "../columns/moves";
import type { RecheckedRow } from "../columns/rechecked";
import { exhibitOf, networksOf, type ExhibitSources, type FigureExhibit } from "../exhibit";
import { reportStatement, type Finding } from "../findings";
import { compareWithStored, recheckFrame, recheckStored } from "../recheck";
import { storedRows } from "../rowSource";
import { openSample, type SampleChoice } from "../sample";
import { twinsOf } from "../ownNetworks";
import { solvePoints } from "../solvePoints";

/** Points when none are asked for: as many as one look takes in. */
const DEFAULT_POINTS = 6;

/** A data point or a witness as a picture, with E there: attained. */
export interface Figure2Picture {
  readonly point: number;
  readonly pixels: Float64Array;
  readonly error: number;
}

/**
 * The pictures of Figure 2: data points, and for each network the worst inputs of their polytopes.
 */
export interface Figure2 {
  readonly originals: readonly { readonly point: number; readonly pixels: Float64Array }[];
  readonly networks: readonly {
    readonly name: string;
    readonly atPoints: readonly number[];
    readonly witnesses: readonly Figure2Picture[];
  }[];
  /** Maxima that are stored as well, beside those found now. */
  readonly rechecked: readonly RecheckedRow[];
  readonly sample: string;
}

/**
 * Figure 2: witnesses of AppMax at 16 bits beside the data points they come from.   (paper, Fig. 2)
 *
 * @throws InvariantError if a maximum differs by more than 1e-9 (relative) from the stored one of
 *   its point
 */
async function runFigure2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Figure2> {
  const { dataset, points, description } = await openSample(choice, "mnist-test", DEFAULT_POINTS);
  const results = [];
  const rechecked: RecheckedRow[] = [];
  const source = storedRows();
  for (const network of networks) {
    const progress = reportProgress(`figure-2-${network.name}`);
    const total = points.length;
    const rows = await solvePoints({ twins: twinsOf(network, "half"), dataset, points }, (done) =>
      progress.update({ label: `AppMax ${network.name}`, done, total }),
    );
    if (dataset.name === "mnist-test") {
      const run = `${network.name}-half-mnist-test`;
      rechecked.push(...compareWithStored(run, source(run, network), rows));
    }
    results.push({
      name: network.name,
      atPoints: rows.map(({ error }) => error),
      witnesses: rows.map(({ point, maximum, witness }): Figure2Picture => {
        return { point, pixels: witness, error: maximum };
      }),
    });
  }
  const originals = points.map((point) => ({ point, pixels: pointOf(dataset, point) }));
  return { originals, networks: results, rechecked, sample: description };
}

/** Figure 2 as pictures: the data points, then a row of witnesses per network. */
function drawFigure2({ originals, networks, sample }: Figure2): Figure {
  const rows: ImageRow[] = [
    {
      title: "data points",
      pictures: originals.map(({ point, pixels }) => ({ pixels, caption: `point ${point}` })),
    },
    ...networks.map(({ name, atPoints, witnesses }) => ({
      title: `worst, ${name}`,
      pictures: witnesses.map(({ pixels, error }, index) => ({
        pixels,
        caption: `E ${formatSignificant(atPoints[index], 2)} → ${formatSignificant(error, 2)}`,
      })),
    })),
  ];
  return imageGridFigure(rows, {
    title: "Figure 2. Data points and the worst inputs of their polytopes at 16 bits",
    caption: `${sample}. Below each witness: E at the data point → E at the witness`,
    kind: factsOf(MOVE_COLUMNS, "maximum").kind,
  });
}

/** The distances of all witnesses from their data points. */
function figure2Moves({ originals, networks }: Figure2): Figure2Move[] {
  return networks.flatMap(({ name, atPoints, witnesses }) =>
    witnesses.map(({ point, pixels, error: maximum }, index): Figure2Move => {
      const moves = pixels.map((value, pixel) => Math.abs(value - originals[index].pixels[pixel]));
      const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
      const largest = moves.reduce((most, move) => Math.max(most, move), 0);
      return { network: name, point, error: atPoints[index], maximum, largest, mean };
    }),
  );
}

/** The distances as a DataFrame. */
function figure2Frame(result: Figure2): DataFrame {
  return declaredFrame(MOVE_COLUMNS, figure2Moves(result), {
    caption: "How far the worst inputs lie from their data points; pixels range from 0 to 1",
  });
}

/**
 * A witness whose pixels move by less than this on average, of white to black, looks like its data
 * point.
 */
const VISIBLE_MEAN = 0.05;

/** What the paper says of its Figure 2, as a statement about ours: it prints no number of it. */
function judgeFigure2(result: Figure2): Finding[] {
  const moves = figure2Moves(result);
  const isVisible = (name: string): boolean => {
    const own = moves.filter(({ network }) => network === name);
    const mean = own.reduce((sum, move) => sum + move.mean, 0) / own.length;
    return mean > VISIBLE_MEAN;
  };
  return result.networks.map(({ name }) =>
    reportStatement(
      `noise is visible for ${name} (pixels move by more than ${formatPercent(VISIBLE_MEAN, 0)} of the grey scale on average)`,
      isVisible(name),
    ),
  );
}

/** Figure 2 is computed where it is asked for: witnesses are not stored. */
export interface Figure2Exhibit extends FigureExhibit<Figure2> {
  readonly load: (from?: ExhibitSources & SampleChoice) => Promise<Figure2>;
  readonly columns: readonly NamedColumn[];
  /** How far the witnesses lie from their points. */
  readonly frame: (result: Figure2) => DataFrame;
  readonly moves: (result: Figure2) => Figure2Move[];
  /** The maxima of a result beside the stored ones of the same points. */
  readonly recheckResult: (result: Figure2) => DataFrame;
}

/** The stored runs that have the maxima of its points. */
const RUNS = ["net1-half-mnist-test", "net2-half-mnist-test"] as const;

/** Figure 2: witnesses of AppMax at 16 bits beside the data points they come from. */
export const figure2: Figure2Exhibit = {
  kind: "figure",
  ...exhibitOf<Figure2>({
    name: "figure-2",
    title: "Figure 2: data points and worst inputs",
    runs: RUNS,
    load: loadFigure2,
    describe: () => "Pictures, and how far their pixels move: computed there.",
    judge: judgeFigure2,
    recheck: (choice) => recheckStored(RUNS, choice),
  }),
  // Nothing is computed for a page that shows no pictures.
  judgeAll: () =>
    Promise.resolve({
      sample: "Pictures, and how far their pixels move: computed there.",
      findings: [],
    }),
  load: loadFigure2,
  figure: drawFigure2,
  columns: MOVE_COLUMNS,
  frame: figure2Frame,
  moves: figure2Moves,
  recheckResult: ({ rechecked }) => recheckFrame(rechecked),
};

async function loadFigure2(from: ExhibitSources & SampleChoice = {}): Promise<Figure2> {
  return runFigure2(await networksOf(from), from);
}
