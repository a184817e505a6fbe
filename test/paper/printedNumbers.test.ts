import { createRandom } from "../../src/numeric/random";
import { table3FromRows } from "../../src/paper/exhibit/table3";
import { table4FromRows } from "../../src/paper/exhibit/table4";
import { table5FromRows } from "../../src/paper/exhibit/table5";
import { paper } from "../../src/paper/exhibits";
import type { Finding } from "../../src/paper/findings";
import { TABLE_2_BITS } from "../../src/paper/printed";
import { printedNumbers } from "../../src/paper/printedNumbers";
import { randomDenseNetwork } from "../network/randomNetwork";
import { agreementRow, appMaxRow } from "./rows";

const named = (name: string) => ({ ...randomDenseNetwork([4, 3, 2], createRandom(1)), name });

/** What all exhibits compare, each on rows of its own making: only the paper's side matters. */
async function allFindings(): Promise<Finding[]> {
  const small = { ...randomDenseNetwork([784, 6, 5, 10], createRandom(3)), name: "net1" };
  const intervals = await paper.table1.load({ networks: [small], data: "mnist-embedded" });
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
  const networks = [named("net1"), named("net2")];
  const rows = () => [appMaxRow(0, 1), appMaxRow(1, 2)];
  const width = [agreementRow(0), agreementRow(1)];
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
});
