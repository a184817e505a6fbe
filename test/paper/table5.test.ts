import type { AgreementSource } from "../../src/paper/agreementSource";
import { InvariantError } from "../../src/errors";
import { summariseAgreement } from "../../src/experiment/variant/agreementSummary";
import type { AgreementRow } from "../../src/experiment/variant/runAgreement";
import { createRandom } from "../../src/numeric/random";
import { compareAgreement, recheckTable5Frame } from "../../src/paper/recheckTable5";
import { TO_ROUNDING } from "../../src/claim/proof";
import { table5FromRows } from "../../src/paper/exhibit/table5";
import { paper } from "../../src/paper/exhibits";
import { renderText } from "../../src/present/table/showTable";
import { randomDenseNetwork } from "../network/randomNetwork";
import { agreementRow } from "./rows";

const net1 = { ...randomDenseNetwork([4, 3, 2], createRandom(1)), name: "net1" };

const agreeing = (point: number): AgreementRow =>
  agreementRow(point, {
    verdict: "agrees",
    margin: -2,
    marginBound: -0.1,
    distance: null,
    distanceBound: null,
  });

const undecided = (point: number): AgreementRow =>
  agreementRow(point, {
    verdict: "undecided",
    margin: -1,
    marginBound: 0.3,
    distance: null,
    distanceBound: 2,
    decided: 8,
  });

describe("table5FromRows, of regions that were open", () => {
  const rowsOf: AgreementSource = (run) => {
    if (run.endsWith("-open"))
      return [agreementRow(2), agreementRow(1, { margin: 7, marginBound: 7 })];
    return [agreementRow(0), agreementRow(1), undecided(2), undecided(3)];
  };

  test("shows the rows of the second pass in their places, and says how many", () => {
    const { widths, sample } = table5FromRows(net1, rowsOf);
    for (const { rows, secondPass } of widths) {
      expect(rows).toEqual([agreementRow(0), agreementRow(1), agreementRow(2), undecided(3)]);
      expect(secondPass).toBe(1);
    }
    expect(sample).toMatch(
      /at 16, 12, 8, 6, 4 bits 1, 1, 1, 1, 1 of their regions were open and are shown as a second pass/,
    );
  });

  test("says nothing of a second pass where none has rows", () => {
    const first: AgreementSource = (run, network) =>
      run.endsWith("-open") ? [] : rowsOf(run, network);
    const { widths, sample } = table5FromRows(net1, first);
    expect(widths.map(({ secondPass }) => secondPass)).toEqual([0, 0, 0, 0, 0]);
    expect(sample).not.toMatch(/second pass/);
  });
});

describe("summariseAgreement", () => {
  test("takes means and distances over the regions that disagree, shares over all", () => {
    const summary = summariseAgreement([
      agreementRow(0, { distance: 6, rounded: { c: 0.4, g: 0.6 } }),
      agreementRow(1, { margin: 0, marginBound: 0 }),
      agreeing(2),
      undecided(3),
    ]);
    expect(summary).toMatchObject({
      points: 4,
      disagree: 2,
      ties: 1,
      agree: 1,
      undecided: 1,
      settled: 3,
      leastShare: 0.5,
      largestShare: 0.75,
      margin: 0.5,
      marginBound: 0.5,
      // The undecided region may disagree, at 2 or farther.
      leastDistance: 4,
      leastDistanceBound: 2,
      medianDistance: 6,
      medianDistanceBound: 4,
    });
    expect(summary.rounded.c).toBeCloseTo(0.3, 12);
    expect(summary.beyond[1]).toEqual({ threshold: 0.1, least: 0.25, largest: 0.5 });
  });

  test("calls a region a tie only where more is excluded: an unfinished search proves none", () => {
    const { ties, possibleTies } = summariseAgreement([
      agreementRow(0, { margin: 0, marginBound: 1e-12 }),
      agreementRow(1, { margin: 1e-12, marginBound: 0.26, decided: 8 }),
      agreementRow(2),
    ]);
    expect([ties, possibleTies]).toEqual([1, 1]);
  });

  test("counts the regions at whose witness N itself is tied, one by one and not by their means", () => {
    const { tiedOriginals, disagree } = summariseAgreement([
      agreementRow(0, { original: { c: 0.3, g: 0.3 } }),
      agreementRow(1, { original: { c: 0.2, g: 0.4 } }),
      agreementRow(2, { original: { c: 0.4, g: 0.2 } }),
      agreeing(3),
    ]);
    expect([tiedOriginals, disagree]).toEqual([1, 3]);
  });

  test("says how many of the regions in its means are not settled", () => {
    const { unsettledDisagree } = summariseAgreement([
      agreementRow(0),
      agreementRow(1, { decided: 8 }),
      undecided(2),
    ]);
    expect(unsettledDisagree).toBe(1);
  });

  test("counts agreement whose stored bound does not exclude a tie", () => {
    const atZero = { verdict: "agrees", marginBound: 0, margin: -2, distance: null } as const;
    const { agree, agreeAtZero } = summariseAgreement([
      agreementRow(0, { ...atZero, distanceBound: null }),
      agreementRow(1, { ...atZero, distanceBound: null, exclusionBound: -0.3 }),
      agreeing(2),
    ]);
    expect([agree, agreeAtZero]).toEqual([3, 1]);
  });

  test("has no mean where nothing disagrees", () => {
    const { rounded, leastDistance } = summariseAgreement([agreeing(0)]);
    expect([rounded.c, leastDistance]).toEqual([NaN, NaN]);
  });
});

describe("table5", () => {
  test("stands on the points that every width has, with what the paper prints beside ours", () => {
    const result = table5FromRows(net1, (run) =>
      run === "net1-classify-half"
        ? [agreementRow(0), agreeing(1), agreementRow(2)]
        : [agreementRow(0), agreeing(1)],
    );
    const frame = paper.table5.frame(result);
    expect(frame.shape[0]).toBe(5);
    expect(result.sample).toMatch(/^2 of the 10\u202f000 test images/);
    expect(frame.column("leastShare").values[0]).toBe(0.5);
    expect(frame.column("sharePrinted").values[0]).toBe(0.91);
  });

  test("draws the bounds of settled regions and counts the others in the caption", () => {
    const rows = [
      agreementRow(0, { marginBound: 0.5 }),
      agreementRow(1, { marginBound: 121, decided: 8 }),
      agreeing(2),
      agreementRow(3, { marginBound: 0.25 }),
    ];
    const settled = rows.filter(({ point }) => point !== 1);
    const draw = (stored: readonly AgreementRow[]): string =>
      JSON.stringify(
        paper.table5.marginFigure(
          table5FromRows(net1, (run) => (run === "net1-classify-half" ? stored : [])),
        ),
      );
    expect(draw(rows)).toContain("left out, as not settled: 1 (bounds up to 121)");
    expect(draw(settled)).not.toContain("left out");
    // The figure claims no more than the table of the same bounds.
    expect(draw(settled).replace(/<br>/g, " ")).toContain(TO_ROUNDING);
    // The number above the violin is the largest value drawn.
    expect(draw(rows)).toContain('"0.5"');
    expect(draw(rows)).not.toContain('"121"');
  });

  test("shows a share as an interval where some regions are not settled", () => {
    const frame = paper.table5.margins(table5FromRows(net1, () => [agreementRow(0), undecided(1)]));
    expect(frame.column("tenth").values[0]).toBe("0.500 to 1.000");
    expect(frame.column("one").values[0]).toBe("0.000");
    expect(frame.column("unsettled").values[0]).toBe(1);
  });

  test("shows a median distance as an interval where it is not proved to the digits shown", () => {
    const shown = (distanceBound: number): unknown =>
      paper.table5
        .margins(table5FromRows(net1, () => [agreementRow(0, { distanceBound })]))
        .column("medianDistance").values[0];
    expect(shown(4 - 1e-9)).toBe("4");
    expect(shown(3.9)).toBe("3.9 to 4");
  });

  test("rounds the share attained down and the bound of it up", () => {
    const rows = [agreementRow(0), agreementRow(1), undecided(2)];
    const text = renderText(paper.table5.frame(table5FromRows(net1, () => rows)));
    // 2 of 3 and 3 of 3; a column of whole numbers has no decimals.
    expect(text).toMatch(/16\s+3\s+0\.66\s+1\s/);
  });

  test("says which command computes rows where there are none", () => {
    const nothing = table5FromRows(net1, () => []);
    for (const frame of [paper.table5.frame(nothing), paper.table5.margins(nothing)])
      expect(String(frame.values[0])).toMatch(/roundlab run net1-classify-half/);
    expect(paper.table5.judge(nothing)).toEqual([]);
  });
});

describe("compareAgreement", () => {
  test("takes rows that differ by rounding", () => {
    const compared = compareAgreement(
      "run",
      agreementRow(7),
      agreementRow(7, { margin: 0.5 + 1e-12 }),
    );
    expect(compared.difference).toBeLessThan(1e-11);
    expect(recheckTable5Frame([compared]).shape[0]).toBe(1);
  });

  test.each([
    ["verdict", { verdict: "undecided" }],
    ["margin", { margin: 0.49 }],
    ["bound", { marginBound: 0.51 }],
    ["distance", { distance: 4.1 }],
    ["bound of the distance", { distanceBound: 3.9 }],
  ] as const)("refuses another %s, naming the point and both answers", (_, change) => {
    const compare = (): unknown =>
      compareAgreement("run", agreementRow(7), agreementRow(7, change));
    expect(compare).toThrow(InvariantError);
    expect(compare).toThrow(/point 7 of run is stored as "disagrees" .* but comes out as/);
  });
});
