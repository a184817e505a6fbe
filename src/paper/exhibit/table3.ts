import { columnsFor } from "../../claim/column";
import { runAppMax, type AppMaxRow } from "../../experiment/variant/runAppMax";
import { storedSides, type StoredSides } from "../../experiment/variant/storedSides";
import { summarise } from "../../experiment/variant/summary";
import type { Network } from "../../network/network";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { DataFrame } from "../../present/frame/frameType";
import { formatCount } from "../../present/numberFormat";
import { reportProgress } from "../../present/progress/progressDisplay";
import { estimatesOf, INPUTS_OF_BOUNDS, TABLE_3_COLUMNS } from "../columns/estimates";
import { exhibitOf, networksOf, type ExhibitSources, type TableExhibit } from "../exhibit";
import { compareDerived, comparePrinted, tryStatement, type Finding } from "../findings";
import { poolingTwiceFrame, runPoolingTwice, judgePoolingTwice } from "../poolingTwice";
import type { PoolingTwice } from "../poolingTwice";
import { TABLE_3 } from "../printed";
import { ESTIMATE_WORDS, ESTIMATES, printedEstimate, type Estimate } from "../printedNumbers";
import { recheckStored } from "../recheck";
import {
  describeSample,
  SIXTEEN_BITS,
  sixteenBitSample,
  storedRows,
  type RowSource,
} from "../rowSource";
import { partInWords } from "../words";
import { openSample, type SampleChoice } from "../sample";
import { twinOf } from "../ownNetworks";

/** Points when none are asked for: about a minute on two cores. */
const DEFAULT_POINTS = 30;

/** The points of the paper's Table 3, in words. */
const PRINTED_POINTS = `The paper's: all ${formatCount(70_000)} points`;

/** How a live sample of Table 3 is chosen and computed. */
export interface Table3Options extends SampleChoice {
  readonly workers?: number;
  /** Folder that keeps finished points; see `runAppMax`. */
  readonly store?: string;
  readonly signal?: AbortSignal;
}

/** One network of Table 3. */
export interface Table3Network {
  readonly name: string;
  readonly rows: readonly AppMaxRow[];
  /** Both sides over the whole box, where they were looked up. */
  readonly sides?: StoredSides;
}

/** The computed points behind Table 3 and Figure 1, network by network. */
export interface Table3 {
  readonly networks: readonly Table3Network[];
  readonly sample: string;
  /** The short name of what was done to the weights; without it, titles name no precision. */
  readonly approximation?: string;
}

/**
 * What a title says of the precision: the paper's words for binary16, a name for everything else.
 */
export function precisionOf(approximation: string | undefined): string {
  if (approximation === undefined) return "";
  return approximation === "half" ? " at 16 bits" : ` by ${approximation}`;
}

/**
 * Table 3 and Figure 1: AppMax at 16 bits (IEEE binary16), every maximum certified.
 * (paper, Eqs. 19, 33, 34)
 */
async function runTable3(
  networks: readonly Network[],
  options: Table3Options = {},
): Promise<Table3> {
  const { dataset, points, description } = await openSample(options, "mnist", DEFAULT_POINTS);
  const results = [];
  for (const network of networks) {
    const progress = reportProgress(`table-3-${network.name}`);
    const { rows } = await runAppMax(
      {
        network,
        approximated: twinOf(network, SIXTEEN_BITS),
        dataset,
        points,
      },
      {
        workers: options.workers,
        store: options.store,
        signal: options.signal,
        onRow: (_row, { done, total, resumed, best }) =>
          progress.update({
            label: `AppMax ${network.name}`,
            done,
            total,
            skipped: resumed,
            best: { label: "largest E", value: best },
          }),
      },
    );
    results.push({ name: network.name, rows });
  }
  return { networks: results, sample: description, approximation: SIXTEEN_BITS };
}

/**
 * Table 3 and Figure 1 from stored rows, for each network from its run with most rows. A network
 * without rows is left out, and the sample's description says so.
 */
export function table3FromRows(
  networks: readonly Network[],
  source: RowSource = storedRows(),
): Table3 {
  const samples = networks.map((network) => sixteenBitSample(network, source));
  const stored = networks.flatMap(({ name }, index) => {
    const { rows } = samples[index];
    return rows.length === 0 ? [] : [{ name, rows }];
  });
  return {
    networks: stored,
    sample: samples.map(describeSample).join(". "),
    approximation: SIXTEEN_BITS,
  };
}

/**
 * Table 3 as a DataFrame: for each network our estimates beside those the paper prints of its own.
 */
function table3Frame({ networks, sample, approximation }: Table3): DataFrame {
  const lines = networks.map(({ name, rows, sides }) => {
    // The paper's numbers are of binary16: beside others they would compare what cannot be
    // compared.
    const printed = approximation === SIXTEEN_BITS ? TABLE_3[name] : undefined;
    return { network: name, ...estimatesOf(rows, printed, sides) };
  });
  const theirs = lines.some(({ printed }) => printed) ? `. ${PRINTED_POINTS}` : "";
  return declaredFrame(columnsFor(TABLE_3_COLUMNS, lines), lines, {
    inputs: INPUTS_OF_BOUNDS,
    caption: `Table 3. Error estimates${precisionOf(approximation)} (logits, L1). ${sample}${theirs}`,
  });
}

/** The same with what is stored of both sides over the whole box. */
function withSides(table: Table3, networks: readonly Network[]): Table3 {
  const sidesOf = (name: string): StoredSides | undefined => {
    const network = networks.find((one) => one.name === name);
    return network === undefined ? undefined : storedSides(network, SIXTEEN_BITS);
  };
  return {
    ...table,
    networks: table.networks.map((one) => ({ ...one, sides: sidesOf(one.name) })),
  };
}

/** What polytopes add to one network is far less than to another up to this share of it. */
const FAR_LESS = 1 / 5;

/** Table 3 beside the paper's, network by network. */
function judgeTable3({ networks, approximation }: Table3): Finding[] {
  if (approximation !== SIXTEEN_BITS) return [];
  const findings = networks.flatMap(({ name, rows }) => {
    const ours = summarise(rows);
    const printed = (what: Estimate) => printedEstimate(name, what);
    const ratio = ([over, under]: readonly number[]): number => over / under;
    return [
      ...ESTIMATES.flatMap((what) =>
        comparePrinted(`${ESTIMATE_WORDS[what]} of ${name}`, printed(what), ours[what]),
      ),
      ...compareDerived(`E_Ξ(T) / E_T of ${name}`, [printed("E_Xi"), printed("E_T")], ratio, [
        ours.E_Xi,
        ours.E_T,
      ]),
      ...compareDerived(
        `ratio of the means of ${name}`,
        [printed("mean_E_Xi"), printed("mean_E_T")],
        ratio,
        [ours.mean_E_Xi, ours.mean_E_T],
      ),
    ];
  });
  const pair = ["net1", "net2"].flatMap((name) => networks.filter((one) => one.name === name));
  if (pair.length < 2) return findings;
  const means = ["mean_E_Xi", "mean_E_T"] as const;
  return [
    ...findings,
    ...tryStatement(
      `polytopes add far less for net2 than for net1 (ratio of means − 1, ${partInWords(FAR_LESS)} at most)`,
      pair.flatMap(({ name }) => means.map((what) => printedEstimate(name, what))),
      pair.flatMap(({ rows }) => means.map((what) => summarise(rows)[what])),
      ([over1, at1, over2, at2]) => over2 / at2 - 1 < FAR_LESS * (over1 / at1 - 1),
    ),
  ];
}

/** Table 3, from stored rows, or on a sample computed now. */
export interface Table3Exhibit extends TableExhibit<Table3> {
  readonly run: (from?: ExhibitSources & Table3Options) => Promise<Table3>;
  /** Max pooling by winners and by the paper's ReLUs, computed now. */
  readonly poolingTwice: (from?: ExhibitSources & SampleChoice) => Promise<PoolingTwice>;
  readonly poolingFrame: (result: PoolingTwice) => DataFrame;
  readonly judgePooling: (result: PoolingTwice) => Finding[];
}

const RUNS = ["net1-half-mnist", "net2-half-mnist", "net2-half-mnist-test"] as const;

/** Table 3: worst-case error estimates at 16 bits. */
export const table3: Table3Exhibit = {
  kind: "table",
  ...exhibitOf<Table3>({
    name: "table-3",
    title: "Table 3: worst-case error estimates at 16 bits",
    runs: RUNS,
    load: async (from = {}) => {
      const networks = await networksOf(from);
      return withSides(table3FromRows(networks, from.rows), networks);
    },
    describe: ({ sample }) => `${sample}.`,
    judge: judgeTable3,
    recheck: (choice) => recheckStored(RUNS, { points: 10, ...choice }, [["net1", [SIXTEEN_BITS]]]),
  }),
  columns: TABLE_3_COLUMNS,
  frame: table3Frame,
  run: async (from = {}) => runTable3(await networksOf(from), from),
  poolingTwice: async (from = {}) => runPoolingTwice((await networksOf(from, ["net2"]))[0], from),
  poolingFrame: poolingTwiceFrame,
  judgePooling: judgePoolingTwice,
};
