import { columnsFor } from "../../claim/column";
import { storedSides } from "../../experiment/variant/storedSides";
import { summarise } from "../../experiment/variant/summary";
import type { Network } from "../../network/network";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { DataFrame } from "../../present/frame/frameType";
import { formatCount } from "../../present/numberFormat";
import { estimatesOf, INPUTS_OF_BOUNDS, TABLE_4_COLUMNS } from "../columns/estimates";
import { exhibitOf, networkOf, type ExhibitSources, type TableExhibit } from "../exhibit";
import { compareDerived, comparePrinted, tryStatement, type Finding } from "../findings";
import { TABLE_4 } from "../printed";
import { ESTIMATE_WORDS, ESTIMATES, printedAtWidth, type Estimate } from "../printedNumbers";
import { compareQuantisers, quantiserFrame } from "../quantisers";
import { recheckStored } from "../recheck";
import type { QuantiserBehaviour, Table4 } from "../table4Rows";
import { describeTestImages, SIXTEEN_BITS, storedRows, type RowSource } from "../rowSource";

const WIDTHS = [16, 12, 8, 6, 4] as const;

/**
 * Fewest rows of a width that has just begun, for it to set the points of all: below, it is left
 * out.
 */
const FEWEST_ROWS = 20;

/** What makes Ñ at a width: 16 bits are binary16 whatever the quantiser. */
export function approximationAt(bits: number, behaviour: QuantiserBehaviour): string {
  return bits === 16 ? SIXTEEN_BITS : `${behaviour}-${bits}`;
}

/** The stored run of a width. */
export function table4Run(network: string, bits: number, behaviour: QuantiserBehaviour): string {
  return `${network}-${approximationAt(bits, behaviour)}-mnist-test`;
}

/**
 * Table 4 and Figure 4 from stored rows: AppMax at 16, 12, 8, 6 and 4 bits on a seeded sample of
 * the test set, the first points that every stored width has.
 */
export function table4FromRows(
  network: Network,
  behaviour: QuantiserBehaviour = "paper",
  source: RowSource = storedRows(),
): Table4 {
  const all = WIDTHS.map((bits) => {
    const run = table4Run(network.name, bits, behaviour);
    return { bits, run, rows: source(run, network) };
  });
  const most = Math.max(...all.map(({ rows }) => rows.length));
  const isEnough = (count: number): boolean => count >= (most < FEWEST_ROWS ? 1 : FEWEST_ROWS);
  const stored = all.filter(({ rows }) => isEnough(rows.length));
  const missing = all.filter(({ rows }) => !isEnough(rows.length));
  const common = Math.min(...stored.map(({ rows }) => rows.length));
  const widths = stored.map(({ bits, rows }) => ({ bits, rows: rows.slice(0, common) }));
  const sample = stored.length === 0 ? "" : describeTestImages(common);
  const lacking =
    missing.length === 0
      ? ""
      : `At ${missing.map(({ bits }) => bits).join(", ")} bits too few rows are stored yet ` +
        `(\`roundlab run ${missing[0].run}\`)`;
  return {
    network: network.name,
    behaviour,
    widths,
    sample: [sample, lacking].filter((text) => text !== "").join(". "),
  };
}

/** The points of the paper's Table 4, in words. */
const PRINTED_POINTS = `The paper's: ${formatCount(10_000)} points`;

/** Table 4 as a DataFrame: for each width our estimates beside the printed ones. */
function table4Frame({ network, behaviour, widths, sample }: Table4): DataFrame {
  const lines = widths.map(({ bits, rows, sides }) => ({
    bits,
    ...estimatesOf(rows, printedRow(network, behaviour, bits), sides),
  }));
  const theirs = lines.some(({ printed }) => printed) ? `. ${PRINTED_POINTS}` : "";
  const grid = behaviour === "paper" ? "" : ", corrected quantiser";
  return declaredFrame(columnsFor(TABLE_4_COLUMNS, lines), lines, {
    inputs: INPUTS_OF_BOUNDS,
    caption: `Table 4. Error estimates of ${network} with decreasing bit width${grid} (logits, L1), on ${sample}${theirs}`,
  });
}

function printedRow(network: string, behaviour: QuantiserBehaviour, bits: number) {
  return network === "net1" && behaviour === "paper" ? TABLE_4[bits] : undefined;
}

/**
 * Table 4 beside the paper's: what each width prints and the ratio that follows, and whether errors
 * grow as bits fall.
 */
function judgeTable4({ network, behaviour, widths }: Table4): Finding[] {
  const summaries = widths.map(({ rows }) => summarise(rows));
  const printedAt = (bits: number, what: Estimate) =>
    behaviour === "paper" ? printedAtWidth(network, bits, what) : undefined;
  const findings = widths.flatMap(({ bits }, index) => {
    const ours = summaries[index];
    return [
      ...ESTIMATES.flatMap((what) =>
        comparePrinted(
          `${ESTIMATE_WORDS[what]} at ${bits} bits`,
          printedAt(bits, what),
          ours[what],
        ),
      ),
      ...compareDerived(
        `E_Ξ(T) / E_T at ${bits} bits`,
        [printedAt(bits, "E_Xi"), printedAt(bits, "E_T")],
        ([over, under]) => over / under,
        [ours.E_Xi, ours.E_T],
      ),
    ];
  });
  if (widths.length < 2) return findings;
  // Column after column, each from many bits to few.
  const grows = (estimates: readonly number[]): boolean =>
    ESTIMATES.every((_, column) => {
      const own = estimates.slice(column * widths.length, (column + 1) * widths.length);
      return own.slice(1).every((value, index) => value > own[index]);
    });
  return [
    ...findings,
    ...tryStatement(
      `all four estimates of ${network} grow at every step to fewer bits`,
      ESTIMATES.flatMap((what) => widths.map(({ bits }) => printedAt(bits, what))),
      ESTIMATES.flatMap((what) => summaries.map((summary) => summary[what])),
      grows,
    ),
  ];
}

/** Sources of Table 4: which quantiser's rows; the paper's unless given. */
export interface Table4Sources extends ExhibitSources {
  readonly behaviour?: QuantiserBehaviour;
}

/** Table 4, of one network: Net1 unless the choice says otherwise. */
export interface Table4Exhibit extends TableExhibit<Table4> {
  readonly load: (from?: Table4Sources) => Promise<Table4>;
  /** Both quantisers on the same points. */
  readonly quantisers: (from?: ExhibitSources) => Promise<DataFrame>;
}

const RUNS = ["net1", "net2"].flatMap((network) =>
  WIDTHS.map((bits) => table4Run(network, bits, "paper")),
);

/** The approximations of Net1 whose worst inputs are evaluated again. */
const WIDER = WIDTHS.map((bits) => approximationAt(bits, "paper"));

/** Those of which some rows are computed anew: Net2's take longer. */
const RECHECKED = RUNS.filter((run) => run.startsWith("net1") || /paper-(12|4)-/.test(run));

/** Table 4: estimates by bit width. */
export const table4: Table4Exhibit = {
  kind: "table",
  ...exhibitOf<Table4>({
    name: "table-4",
    title: "Table 4: estimates by bit width",
    runs: RUNS,
    each: ["net1", "net2"],
    load: loadTable4,
    describe: describeTable4,
    judge: judgeTable4,
    recheck: (choice) => recheckStored(RECHECKED, { points: 1, ...choice }, [["net1", WIDER]]),
  }),
  load: loadTable4,
  columns: TABLE_4_COLUMNS,
  frame: table4Frame,
  quantisers: async (from = {}) => {
    const network = await networkOf(from);
    const [paper, corrected] = (["paper", "corrected"] as const).map((behaviour) =>
      table4FromRows(network, behaviour, from.rows),
    );
    return quantiserFrame(network.name, compareQuantisers(paper, corrected));
  },
};

async function loadTable4(from: Table4Sources = {}): Promise<Table4> {
  const network = await networkOf(from);
  const table = table4FromRows(network, from.behaviour, from.rows);
  const widths = table.widths.map((one) => ({
    ...one,
    sides: storedSides(network, approximationAt(one.bits, table.behaviour)),
  }));
  return { ...table, widths };
}

/** Which points the rows are, as a sentence that names the network. */
export function describeTable4({ network, sample, widths }: Table4): string {
  return widths.length === 0 ? "" : `${network}: ${sample}.`;
}
