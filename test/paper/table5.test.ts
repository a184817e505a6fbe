import { InvariantError } from "../../src/errors";
import { summariseAgreement } from "../../src/experiment/variant/agreementSummary";
import type { AgreementRow } from "../../src/experiment/variant/runAgreement";
import { createRandom } from "../../src/numeric/random";
import { compareAgreement, recheckTable5Frame } from "../../src/paper/recheckTable5";
import { TO_ROUNDING } from "../../src/analyse/proof";
import { judgeTable5, loadTable5, marginFigure, marginFrame, table5 } from "../../src/paper/table5";
import { randomDenseNetwork } from "../network/randomNetwork";

const net1 = { ...randomDenseNetwork([4, 3, 2], createRandom(1)), name: "net1" };

function row(point: number, more: Partial<AgreementRow> = {}): AgreementRow {
  return {
    point,
    label: 0,
    exactClass: 0,
    rivalClass: 1,
    verdict: "disagrees",
    marginAtPoint: -3,
    margin: 0.5,
    marginBound: 0.5,
    distance: 4,
    distanceBound: 4,
    rounded: { c: 0.2, g: 0.4 },
    original: { c: 0.4, g: 0.3 },
    iterations: 1,
    milliseconds: 1,
    decided: 9,
    programs: 9,
    solver: "none",
    ...more,
  };
}

const agreeing = (point: number): AgreementRow =>
  row(point, {
    verdict: "agrees",
    margin: -2,
    marginBound: -0.1,
    distance: null,
    distanceBound: null,
  });

const undecided = (point: number): AgreementRow =>
  row(point, {
    verdict: "undecided",
    margin: -1,
    marginBound: 0.3,
    distance: null,
    distanceBound: 2,
    decided: 8,
  });

describe("summariseAgreement", () => {
  test("takes means and distances over the regions that disagree, shares over all", () => {
    const summary = summariseAgreement([
      row(0, { distance: 6, rounded: { c: 0.4, g: 0.6 } }),
      row(1, { margin: 0, marginBound: 0 }),
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
      leastDistance: 4,
      medianDistance: 4,
    });
    expect(summary.rounded.c).toBeCloseTo(0.3, 12);
    expect(summary.beyond[1]).toEqual({ threshold: 0.1, least: 0.25, largest: 0.5 });
  });

  test("has no mean where nothing disagrees", () => {
    const { rounded, leastDistance } = summariseAgreement([agreeing(0)]);
    expect([rounded.c, leastDistance]).toEqual([NaN, NaN]);
  });
});

describe("table5", () => {
  test("stands on the points that every width has, with the printed row behind each of ours", () => {
    const result = loadTable5(net1, (run) =>
      run === "net1-classify-half" ? [row(0), agreeing(1), row(2)] : [row(0), agreeing(1)],
    );
    const frame = table5(result);
    expect(frame.shape[0]).toBe(10);
    expect(result.sample).toMatch(/^2 of the 10\u202f000 test images/);
    expect(frame.column("leastShare").values.slice(0, 2)).toEqual([0.5, 0.91]);
  });

  test("draws the bounds of settled regions and counts the others in the caption", () => {
    const rows = [
      row(0, { marginBound: 0.5 }),
      row(1, { marginBound: 121, decided: 8 }),
      agreeing(2),
      row(3, { marginBound: 0.25 }),
    ];
    const settled = rows.filter(({ point }) => point !== 1);
    const draw = (stored: readonly AgreementRow[]): string =>
      JSON.stringify(
        marginFigure(loadTable5(net1, (run) => (run === "net1-classify-half" ? stored : []))),
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
    const frame = marginFrame(loadTable5(net1, () => [row(0), undecided(1)]));
    expect(frame.column("tenth").values[0]).toBe("0.500 to 1.000");
    expect(frame.column("one").values[0]).toBe("0.000");
    expect(frame.column("unsettled").values[0]).toBe(1);
  });

  test("says which command computes rows where there are none", () => {
    const nothing = loadTable5(net1, () => []);
    for (const frame of [table5(nothing), marginFrame(nothing)])
      expect(String(frame.values[0])).toMatch(/roundlab run net1-classify-half/);
    expect(judgeTable5(nothing)).toEqual([]);
  });
});

describe("compareAgreement", () => {
  test("takes rows that differ by rounding", () => {
    const compared = compareAgreement("run", row(7), row(7, { margin: 0.5 + 1e-12 }));
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
    const compare = (): unknown => compareAgreement("run", row(7), row(7, change));
    expect(compare).toThrow(InvariantError);
    expect(compare).toThrow(/point 7 of run is stored as "disagrees" .* but comes out as/);
  });
});
