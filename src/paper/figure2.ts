import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { pointOf } from "../dataset/dataset";
import { runAppMax } from "../experiment/runAppMax";
import type { Network } from "../network/network";
import type { Figure } from "../present/figure";
import { imageGridFigure, type ImageRow } from "../present/imageGridFigure";
import { formatSignificant } from "../present/numberFormat";
import { openSample, type SampleChoice } from "./sample";

/** Points when none are asked for. */
const DEFAULT_POINTS = 8;

/** A data point or a witness as a picture, with E there: attained. */
export interface Figure2Picture {
  readonly point: number;
  readonly pixels: Float64Array;
  readonly error: number;
}

/** The pictures of Figure 2: data points, and for each network the worst inputs of their polytopes. */
export interface Figure2 {
  readonly originals: readonly { readonly point: number; readonly pixels: Float64Array }[];
  readonly networks: readonly {
    readonly name: string;
    readonly atPoints: readonly number[];
    readonly witnesses: readonly Figure2Picture[];
  }[];
  readonly sample: string;
}

/** Figure 2: witnesses of AppMax at 16 bits beside the data points they come from. (paper, Fig. 2) */
export async function runFigure2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Figure2> {
  const { dataset, points, description } = await openSample(choice, "mnist", DEFAULT_POINTS);
  const results = [];
  for (const network of networks) {
    const witnesses = new Map<number, Float64Array>();
    const { rows } = await runAppMax(
      {
        network,
        approximated: approximate(network, parseApproximation("half")),
        approximation: "half",
        dataset,
        points,
      },
      { onWitness: (point, witness) => witnesses.set(point, witness) },
    );
    results.push({
      name: network.name,
      atPoints: rows.map(({ error }) => error),
      witnesses: rows.flatMap(({ point, maximum }): Figure2Picture[] => {
        const pixels = witnesses.get(point);
        return pixels === undefined ? [] : [{ point, pixels, error: maximum }];
      }),
    });
  }
  const originals = points.map((point) => ({ point, pixels: pointOf(dataset, point) }));
  return { originals, networks: results, sample: description };
}

/** Figure 2 as pictures: the data points, then a row of witnesses per network. */
export function figure2({ originals, networks, sample }: Figure2): Figure {
  const first = networks[0];
  const rows: ImageRow[] = [
    {
      title: "data points",
      pictures: originals.map(({ pixels }, index) => ({
        pixels,
        caption: first === undefined ? "" : `E ${formatSignificant(first.atPoints[index], 2)}`,
      })),
    },
    ...networks.map(({ name, witnesses }) => ({
      title: `worst, ${name}`,
      pictures: witnesses.map(({ pixels, error }) => ({
        pixels,
        caption: `E ${formatSignificant(error, 2)}`,
      })),
    })),
  ];
  return imageGridFigure(rows, {
    title: "Figure 2. Data points and the worst inputs of their polytopes at 16 bits",
    caption: `From ${sample}`,
    kind: "attained",
  });
}
