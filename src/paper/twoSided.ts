import { summarise } from "../experiment/variant/summary";
import { storedSides } from "../experiment/variant/storedSides";
import type { Network } from "../network/network";
import { twoSidedFigure, type TwoSidedLine } from "../present/figure/twoSidedFigure";
import type { Figure } from "../present/figure/figure";
import { formatCount } from "../present/numberFormat";
import { approximationAt, table4FromRows } from "./exhibit/table4";
import { networksOf, type ExhibitSources } from "./exhibit";
import { sixteenBitSample, storedRows, type RowSource } from "./rowSource";

/** Both sides of the largest errors, as far as they are stored. */
export interface TwoSided {
  readonly lines: readonly TwoSidedLine[];
  /** Of which points the first two numbers of a line are, line by line. */
  readonly points: readonly number[];
}

/**
 * Both sides of the largest E of each network at each width, from stored rows: at points, on their
 * polytopes, the worst input found in [0, 1], and the bound there. Widths without a stored search
 * are left out.
 */
async function loadTwoSided(from: ExhibitSources = {}): Promise<TwoSided> {
  const networks = await networksOf(from);
  const found = networks.flatMap((network) => linesOf(network, from.rows));
  return { lines: found.map(({ line }) => line), points: found.map(({ points }) => points) };
}

function linesOf(network: Network, source: RowSource = storedRows()) {
  const { widths } = table4FromRows(network, "paper", source);
  return widths.flatMap(({ bits, rows: own }) => {
    const { found, bound } = storedSides(network, approximationAt(bits, "paper"));
    if (found === undefined) return [];
    // At 16 bits there are more points than those that all widths have.
    const rows = bits === 16 ? sixteenBitSample(network, source).rows : own;
    const { E_T: seen, E_Xi: appMax, points } = summarise(rows);
    const name = `${network.name}, ${bits} bits`;
    const sides = { found: found.value, bound: bound?.upper ?? null };
    return [{ line: { name, seen, appMax, ...sides }, points }];
  });
}

/** The same as a figure, which is at the top of the README. */
function figureOfTwoSided({ lines, points }: TwoSided): Figure {
  const counts = lines.map(({ name }, line) => `${name}: ${formatCount(points[line])}`);
  return twoSidedFigure(lines, {
    title: "How far can the outputs move when weights are rounded?",
    caption: `Inputs in [0, 1]. Points of MNIST: ${counts.join("; ")}`,
  });
}

/** Both sides of the largest errors in one picture, from what is stored. */
export const twoSided = { load: loadTwoSided, figure: figureOfTwoSided } as const;
