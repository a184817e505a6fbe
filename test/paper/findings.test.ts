import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../src/packageRoot";
import { amountInWords, partInWords, rootInWords } from "../../src/paper/words";
import {
  compareDerived,
  comparePrinted,
  findingsFrame,
  reportOurs,
  sourceOf,
  tryStatement,
} from "../../src/paper/findings";
import {
  CLOSE_RATIO,
  CLOSE_SHARES,
  describeLimits,
  judgeRatio,
  judgeShares,
  SAME_ORDER_RATIO,
} from "../../src/paper/limits";
import { printedEstimate, type PrintedNumber } from "../../src/paper/printedNumbers";

const printed = (value: number, table = "Table 9"): PrintedNumber => ({ table, cell: "x", value });
const two = printed(2);

describe("comparePrinted", () => {
  test("calls a ratio within a quarter agreement, within half a decade the same order", () => {
    const verdict = (ours: number): string => comparePrinted("a", two, ours)[0].verdict;
    expect(verdict(2.4)).toBe("agrees within a quarter");
    expect(verdict(1.7)).toBe("agrees within a quarter");
    expect(verdict(6)).toBe("same order of magnitude");
    expect(verdict(7)).toBe("ours is larger");
    expect(verdict(0.5)).toBe("ours is smaller");
    expect(verdict(-2)).toBe("ours has the other sign");
    expect(comparePrinted("a", two, 6)[0].ratio).toBe(3);
  });

  test("measures shares of images by their difference, not by their ratio", () => {
    const verdict = (paper: number, ours: number) =>
      comparePrinted("a", printed(paper), ours, "percent")[0];
    expect(verdict(98.3, 0.98).verdict).toBe("agrees within half a point");
    expect(verdict(25, 0.75).verdict).toBe("50 points more");
    expect(verdict(98.3, 0.9)).toMatchObject({
      paper: "98.30\u202f%",
      ours: "90.00\u202f%",
      verdict: "8.3 points less",
    });
  });

  test("shows what is not settled as an interval, and judges it only where both ends agree", () => {
    const [inside] = comparePrinted("a", two, { least: 1.9, largest: 2.1 });
    expect([inside.ours, inside.agreement]).toEqual(["1.9 to 2.1", "close"]);
    const [across] = comparePrinted("a", two, { least: 1.9, largest: 3 });
    expect([across.ours, across.agreement]).toEqual(["1.9 to 3", "open"]);
  });

  test("shows the paper's number as it is printed", () => {
    const [finding] = comparePrinted("a", printedEstimate("net1", "E_T"), 0.02);
    expect([finding.paper, sourceOf(finding)]).toEqual(["0.032854", "Table 3"]);
  });

  test("compares nothing with what the paper does not print", () => {
    expect(comparePrinted("a", undefined, 6)).toEqual([]);
    expect(compareDerived("a", [two, undefined], ([a, b]) => a / b, [1, 2])).toEqual([]);
  });
});

describe("the limits of agreement", () => {
  test("are the ones that the page prints", () => {
    const text = describeLimits();
    for (const limit of [CLOSE_RATIO, SAME_ORDER_RATIO]) {
      expect(text).toContain(String(Number(limit.toPrecision(4))));
      expect(text).toContain(String(Number((1 / limit).toPrecision(4))));
      const within = judgeRatio(limit).verdict;
      expect(judgeRatio(1 / limit).verdict).toBe(within);
      expect(judgeRatio(1.001 * limit).verdict).not.toBe(within);
      expect(judgeRatio(1 / (1.001 * limit)).verdict).not.toBe(within);
    }
    expect(text).toContain(`${100 * CLOSE_SHARES} per cent`);
    expect(judgeShares(CLOSE_SHARES).agreement).toBe("close");
    expect(judgeShares(1.001 * CLOSE_SHARES).agreement).toBe("beyond");
  });
});

describe("compareDerived", () => {
  test("says of a ratio of printed numbers that it is not printed itself", () => {
    const [finding] = compareDerived("a", [printed(6), two], ([a, b]) => a / b, [3, 1]);
    expect(finding).toMatchObject({ paper: "3", ours: "3", basis: "derived" });
    expect(sourceOf(finding)).toBe("from Table 9");
  });
});

describe("tryStatement", () => {
  const grows = ([first, second]: readonly number[]): boolean => second > first;

  test("is tried on the paper's numbers and on ours in the same way", () => {
    const verdict = (paper: readonly number[], ours: readonly number[]) =>
      tryStatement(
        "s",
        paper.map((value) => printed(value)),
        ours,
        grows,
      )[0];
    expect(verdict([1, 2], [3, 4]).verdict).toBe("agrees");
    expect(verdict([2, 1], [4, 3]).verdict).toBe("agrees");
    expect(verdict([1, 2], [4, 3])).toMatchObject({ paper: "yes", ours: "no", verdict: "differs" });
  });

  test("agrees with nothing where the paper prints no number to try it on", () => {
    const [finding] = tryStatement("s", [printed(1), undefined], [1, 2], grows);
    expect(finding).toMatchObject({ paper: "not printed", ours: "yes", basis: "none" });
  });
});

describe("findingsFrame", () => {
  test("leaves the ratio of a statement empty", () => {
    const frame = findingsFrame([...comparePrinted("a", printed(3), 4), reportOurs("b", "7 of 9")]);
    expect(frame.columns).toEqual(["what", "paper", "source", "ours", "ratio", "verdict"]);
    expect(frame.column("ratio").values).toEqual(["1.33", ""]);
  });
});

describe("the limits", () => {
  test("are said in words that are made of them", () => {
    const close = partInWords(CLOSE_RATIO - 1);
    expect(judgeRatio(CLOSE_RATIO).verdict).toBe(`agrees within ${close}`);
    const points = amountInWords(100 * CLOSE_SHARES, "point", "points");
    expect(judgeShares(CLOSE_SHARES).verdict).toBe(`agrees within ${points}`);
    expect(describeLimits()).toContain(`*Agrees within ${close}* means a ratio between 0.8 and`);
    expect(describeLimits()).toContain(`which is ${rootInWords(SAME_ORDER_RATIO)} either way`);
  });

  test("are written in no source by hand", () => {
    const folder = path.join(packageRoot(), "src", "paper");
    const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    const sources = names.filter((name) => name.endsWith(".ts") && name !== "words.ts");
    const found = sources.filter((name) =>
      /["'`][^"'`]*\b(a quarter|half an? |a fifth|tenfold|more than twice)/.test(
        fs.readFileSync(path.join(folder, name), "utf8").replace(/^\s*(\*|\/\/|\/\*).*$/gm, ""),
      ),
    );
    expect(found).toEqual([]);
  });
});
