import { createRandom } from "../../src/numeric/random";
import { table3FromRows } from "../../src/paper/exhibit/table3";
import { table4FromRows } from "../../src/paper/exhibit/table4";
import { table5FromRows } from "../../src/paper/exhibit/table5";
import { paper } from "../../src/paper/exhibits";
import type { Finding } from "../../src/paper/findings";
import { TABLE_2, TABLE_2_BITS } from "../../src/paper/printed";
import { printedNumbers } from "../../src/paper/printedNumbers";
import { readTable, type TableLike } from "../../src/present/table/readTable";
import { displayTable, renderText, toLatex } from "../../src/present/table/showTable";
import { randomDenseNetwork } from "../network/randomNetwork";
import { agreementRow, appMaxRow } from "./rows";

const named = (name: string) => ({ ...randomDenseNetwork([4, 3, 2], createRandom(1)), name });

const networks = [named("net1"), named("net2")];
const rows = () => [appMaxRow(0, 1), appMaxRow(1, 2)];
// Probabilities that the paper does not print, so that a printed one is told by its value.
const softmax = { rounded: { c: 0.21, g: 0.41 }, original: { c: 0.42, g: 0.33 } };
const width = [agreementRow(0, softmax), agreementRow(1, softmax)];

/** Table 1 of a small network that is called as the paper's is. */
function smallTable1() {
  const small = { ...randomDenseNetwork([784, 6, 5, 10], createRandom(3)), name: "net1" };
  return paper.table1.load({ networks: [small], data: "mnist-embedded" });
}

/** The frames of all exhibits that print numbers of the paper, each on rows of its own making. */
async function framesWithPrinted(): Promise<Readonly<Record<string, TableLike>>> {
  const accuracies = ["net1", "net2"].flatMap((network) =>
    TABLE_2_BITS.map((bits, index) => ({
      ...{ network, bits, correct: 7, points: 10, accuracy: 0.7 },
      printed: TABLE_2[network][index] / 100,
    })),
  );
  const [table1, table2, table3, table4, table5] = [
    paper.table1.frame(await smallTable1()),
    paper.table2.frame({ rows: accuracies, sample: "" }),
    paper.table3.frame(table3FromRows(networks, rows)),
    paper.table4.frame(table4FromRows(networks[0], "paper", rows)),
    paper.table5.frame(table5FromRows(networks[0], () => width)),
  ];
  return { table1, table2, table3, table4, table5 };
}

/** Every cell with a number, and what it claims: its column's kind, or its row's claim. */
function claimedCells(frame: TableLike): { value: number; claim: string }[] {
  const table = readTable(frame);
  const claims = table.columns.findIndex(({ name }) => name === "claim");
  return table.columns.flatMap(({ name, note }, column) =>
    Array.from(table.index).flatMap((_, row) => {
      const value = table.valueAt(row, column);
      const claim = note.kind ?? (claims < 0 ? "" : String(table.valueAt(row, claims)));
      return typeof value === "number" && name !== "layer" ? [{ value, claim }] : [];
    }),
  );
}

/** What all exhibits compare, each on rows of its own making: only the paper's side matters. */
async function allFindings(): Promise<Finding[]> {
  const intervals = await smallTable1();
  const accuracies = ["net1", "net2"].flatMap((network) =>
    TABLE_2_BITS.map((bits) => ({
      network,
      bits,
      correct: 9,
      points: 10,
      accuracy: 0.9,
      printed: NaN,
    })),
  );
  return [
    ...paper.table1.judge(intervals),
    ...paper.table2.judge({ rows: accuracies, sample: "" }),
    ...paper.table3.judge(table3FromRows(networks, rows)),
    ...networks.flatMap((one) => paper.table4.judge(table4FromRows(one, "paper", rows))),
    ...networks.flatMap((one) => paper.table4.judge(table4FromRows(one, "corrected", rows))),
    ...paper.table5.judge(table5FromRows(networks[0], () => width)),
    ...paper.figure1.judge(table3FromRows(networks, rows)),
  ];
}

describe("the paper's numbers", () => {
  test("are all compared, each once, and nothing else counts as printed", async () => {
    const compared = (await allFindings()).filter(({ basis }) => basis === "printed");
    const name = ({ table, cell }: { table: string; cell: string }) => `${table}: ${cell}`;
    const found = compared.flatMap(({ printed }) => printed.map(name));
    expect(found.sort()).toEqual(printedNumbers().map(name).sort());
    expect(found).toHaveLength(12 + 12 + 8 + 20 + 25);
  });

  test("stand behind every statement that agrees or differs", async () => {
    for (const { basis, printed, paper: shown, verdict } of await allFindings()) {
      if (basis !== "none") expect(printed.length).toBeGreaterThan(0);
      else expect([shown, /agree|differ/.test(verdict)]).toEqual(["not printed", false]);
    }
  });

  test("stand in no frame under a column that says bound or attained, and each once under printed", async () => {
    const frames = await framesWithPrinted();
    const inUnits = printedNumbers().map(({ table, value }) => ({
      frame: table.replace(" ", "").toLowerCase(),
      // The print has per cent.
      value: table === "Table 2" ? value / 100 : value,
    }));
    for (const [name, frame] of Object.entries(frames)) {
      const printed = inUnits.filter((one) => one.frame === name).map(({ value }) => value);
      const shown = claimedCells(frame).filter(({ claim }) => claim.startsWith("printed"));
      expect(shown.map(({ value }) => value).sort()).toEqual(printed.sort());
      const others = claimedCells(frame).filter(({ claim }) => !claim.startsWith("printed"));
      const dressed = others.filter(({ value, claim }) => claim !== "" && printed.includes(value));
      expect([name, dressed]).toEqual([name, []]);
    }
  });

  test("are called printed wherever a table is shown: as text, in LaTeX and as a resource", async () => {
    const { table5 } = await framesWithPrinted();
    const foot = /printed: as the paper prints it of its own networks/;
    expect(renderText(table5)).toMatch(foot);
    expect(toLatex(table5)).toMatch(foot);
    // 0.91 is what the paper prints; ours come to 1 on these rows.
    expect(renderText(table5)).toMatch(/attained +bound +printed .*\n─+\n0 +16 +2 +1 +1 +0\.91 /);
    const resource = JSON.stringify(displayTable(table5)["application/vnd.dataresource+json"]);
    expect(resource).toContain('"name":"sharePrinted"');
    expect(resource).toContain('"kind":"printed"');
  });

  test("have no columns in tables of networks that the paper does not print", () => {
    const frame = paper.table4.frame(table4FromRows(networks[1], "paper", rows));
    expect(frame.columns.filter((name) => /printed/i.test(name))).toEqual([]);
    expect(renderText(frame)).not.toMatch(/paper/);
  });
});
