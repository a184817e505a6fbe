import { classifyBlocks } from "../../experiment/backend/classifyBlocks";
import { loadAccuracy } from "../../experiment/variant/loadAccuracy";
import { BLOCK_SIZE } from "../../experiment/variant/runAccuracy";
import type { Network } from "../../network/network";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { DataFrame } from "../../present/frame/frameType";
import { formatCount } from "../../present/numberFormat";
import { reportProgress } from "../../present/progress/progressDisplay";
import { TABLE_2_COLUMNS, type Table2Row } from "../columns/table2";
import { exhibitOf, networksOf, type ExhibitSources, type TableExhibit } from "../exhibit";
import { comparePrinted, tryStatement, type Finding } from "../findings";
import { printedAccuracy } from "../printedNumbers";
import { recheckedClassesFrame, recheckTable2 } from "../recheckTable2";
import { TABLE_2_APPROXIMATIONS } from "../table2Approximations";
import { TABLE_2, TABLE_2_BITS } from "../printed";
import { amountInWords } from "../words";
import { openSample, type SampleChoice } from "../sample";
import { twinOf } from "../ownNetworks";

/** Points when none are asked for: enough for a per cent, few enough for a minute. */
const DEFAULT_POINTS = 2000;

/** The computed rows of Table 2 and what they were computed on. */
export interface Table2 {
  readonly rows: readonly Table2Row[];
  readonly sample: string;
}

/**
 * Table 2 from the stored classes of the 10,000 test images.
 *
 * @param folder  where they are stored; the package's results by default
 * @throws StoreError if a network has none: which command computes them
 */
export function table2FromRows(networks: readonly Network[], folder?: string): Table2 {
  const rows = networks.flatMap((network) =>
    loadAccuracy(network, TABLE_2_APPROXIMATIONS, folder).map(({ rows: blocks }, index) => {
      const points = blocks.reduce((sum, { classes }) => sum + classes.length, 0);
      const correct = blocks.reduce((sum, block) => sum + block.correct, 0);
      return rowOf(network, index, correct, points);
    }),
  );
  const counts = [...new Set(rows.map(({ points }) => points))].map(formatCount);
  return { rows, sample: `${counts.join(" or ")} images of mnist-test, stored` };
}

/** Table 2 on a seeded sample, computed now. */
async function runTable2(networks: readonly Network[], choice: SampleChoice = {}): Promise<Table2> {
  const { dataset, points, description } = await openSample(choice, "mnist-test", DEFAULT_POINTS);
  const blocks = Array.from({ length: Math.ceil(points.length / BLOCK_SIZE) }, (_, block) =>
    points.slice(BLOCK_SIZE * block, BLOCK_SIZE * (block + 1)),
  );
  const progress = reportProgress("table-2");
  const total = networks.length * TABLE_2_BITS.length * points.length;
  const rows: Table2Row[] = [];
  let done = 0;
  for (const network of networks) {
    for (const [index, bits] of TABLE_2_BITS.entries()) {
      const twin = twinOf(network, TABLE_2_APPROXIMATIONS[index]);
      let correct = 0;
      await classifyBlocks(twin, dataset, blocks, {
        onBlock: (block, { classes }) => {
          const isRight = (found: number, at: number): boolean =>
            found === dataset.labels[blocks[block][at]];
          correct += classes.filter(isRight).length;
          done += classes.length;
          progress.update({ label: `${network.name}, ${bits} bits`, done, total });
        },
      });
      rows.push(rowOf(network, index, correct, points.length));
    }
  }
  return { rows, sample: description };
}

function rowOf({ name }: Network, index: number, correct: number, points: number): Table2Row {
  return {
    network: name,
    bits: TABLE_2_BITS[index],
    correct,
    points,
    accuracy: correct / points,
    printed: (TABLE_2[name]?.[index] ?? NaN) / 100,
  };
}

/** Table 2 as a DataFrame, our accuracy beside the printed one. */
function table2Frame({ rows, sample }: Table2): DataFrame {
  return declaredFrame(TABLE_2_COLUMNS, rows, {
    caption: `Table 2. Accuracy on ${sample}; the paper's on the 10,000 test images`,
  });
}

/**
 * A width loses nothing if accuracy falls by no more than this: the spread of one test set of
 * 10,000.
 */
const UNHARMED = 0.005;

/** Table 2 beside the paper's, precision by precision, and what the paper reads from it. */
function judgeTable2({ rows }: Table2): Finding[] {
  const names = [...new Set(rows.map(({ network }) => network))];
  return names.flatMap((name) => {
    const own = rows.filter(({ network }) => network === name);
    const printed = own.map(({ bits }) => printedAccuracy(name, bits));
    // Of the print these are per cent.
    const ours = own.map(({ accuracy }) => 100 * accuracy);
    const unharmed = (value: number, unrounded: number): boolean =>
      value >= unrounded - 100 * UNHARMED;
    return [
      ...own.flatMap(({ bits, accuracy }, index) =>
        comparePrinted(`accuracy of ${name} at ${bits} bits`, printed[index], accuracy, "percent"),
      ),
      ...tryStatement(
        `${name} keeps its accuracy down to 6 bits (within ${amountInWords(100 * UNHARMED, "per cent", "per cent")})`,
        printed,
        ours,
        ([unrounded, ...rounded]) =>
          rounded.slice(0, -1).every((value) => unharmed(value, unrounded)),
      ),
      ...tryStatement(
        `${name} loses accuracy at 4 bits`,
        printed,
        ours,
        ([unrounded, ...rounded]) => !unharmed(rounded[rounded.length - 1], unrounded),
      ),
    ];
  });
}

/** Sources of Table 2. */
export interface Table2Sources extends ExhibitSources {
  /** Where classes are stored; the package's results unless given. */
  readonly folder?: string;
}

/** Table 2, at full size from stored classes, or on a sample computed now. */
export interface Table2Exhibit extends TableExhibit<Table2> {
  readonly load: (from?: Table2Sources) => Promise<Table2>;
  readonly run: (from?: ExhibitSources & SampleChoice) => Promise<Table2>;
}

/** Table 2: accuracy at six precisions. */
export const table2: Table2Exhibit = {
  kind: "table",
  ...exhibitOf<Table2>({
    name: "table-2",
    title: "Table 2: accuracy",
    runs: [],
    load: loadTable2,
    describe: ({ sample }) => `On ${sample}.`,
    judge: judgeTable2,
    recheck: async ({ points } = {}) =>
      recheckedClassesFrame(await recheckTable2(await networksOf(), points)),
  }),
  load: loadTable2,
  run: async (from = {}) => runTable2(await networksOf(from), from),
  columns: TABLE_2_COLUMNS,
  frame: table2Frame,
};

async function loadTable2(from: Table2Sources = {}): Promise<Table2> {
  return table2FromRows(await networksOf(from), from.folder);
}
