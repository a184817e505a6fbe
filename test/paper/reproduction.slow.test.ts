import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findMnist } from "../../src/dataset/mnist/findMnist";
import { loadNetwork } from "../../src/network/load";
import { packageRoot } from "../../src/packageRoot";
import { storedAgreements } from "../../src/paper/agreementSource";
import { EXHIBITS, orderNotebooks, paper } from "../../src/paper/exhibits";
import { limitRows, renderReproduction, rowsBehind } from "../../src/paper/reproduction";
import { storedRows } from "../../src/paper/rowSource";
import { renderSvg } from "../../src/present/svg/staticSvg";

const PAGE = join(packageRoot(), "docs", "reproduction.md");

/** The page without Table 1, which needs the full MNIST to be computed. */
function withoutTable1(page: string): string {
  return page.replace(/^\| Table 1: .*\n/m, "").replace(/## Table 1: [\s\S]*?(?=## Table 2: )/, "");
}

describe("docs/reproduction.md", () => {
  test("is what the stored rows give, as many of them as the page says", async () => {
    const page = readFileSync(PAGE, "utf8");
    const limits = rowsBehind(page);
    expect(limits.size).toBeGreaterThanOrEqual(6);
    const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
    const source = limitRows(storedRows(), limits);
    const isComplete = (await findMnist()) !== undefined;
    const made = await renderReproduction(networks, {
      source,
      classes: limitRows(storedAgreements, limits),
      without: isComplete ? [] : ["table-1"],
    });
    // `npx roundlab reproduce --write-docs` renews it.
    expect(made).toBe(isComplete ? page : withoutTable1(page));
  }, 120_000);
});

describe("docs/figure-1.svg, which the README shows", () => {
  test("is Figure 1 of the stored rows", async () => {
    const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
    const shown = readFileSync(join(packageRoot(), "docs", "figure-1.svg"), "utf8");
    // `npx roundlab reproduce --write-docs` renews it.
    expect(await renderSvg(paper.figure1.figure(await paper.figure1.load({ networks })))).toBe(
      shown,
    );
  }, 120_000);
});

describe("rowsBehind", () => {
  test("reads the counts of the page's table of runs", () => {
    const page =
      "| run | points | of |\n| --- | --- | --- |\n| net1-half-mnist | 1000 | 70 000 |\n";
    expect([...rowsBehind(page)]).toEqual([["net1-half-mnist", 1000]]);
  });
});

describe("orderNotebooks", () => {
  test("puts the tour first, the exhibits in the paper's order, the rest last", () => {
    const names = ["table-5", "figure-4", "lesson-a", "figure-1", "table-3", "00-tour", "table-1"];
    expect(orderNotebooks(names)).toEqual([
      "00-tour",
      "table-1",
      "table-3",
      "figure-1",
      "figure-4",
      "table-5",
      "lesson-a",
    ]);
  });
});

describe("EXHIBITS", () => {
  test("are notebooks of the project", () => {
    // Table 5 stands on a run of its own.
    const missing = EXHIBITS.filter(
      ({ name }) => !existsSync(join(packageRoot(), "notebooks", `${name}.ipynb`)),
    );
    expect(missing.map(({ name }) => name).filter((name) => name !== "table-5")).toEqual([]);
  });
});
