import { ascend, type AscentPlan } from "../../../src/analyse/worst/ascent";
import type { TwinPass } from "../../../src/analyse/worst/twinPass";

const PLAN: AscentPlan = { steps: 120, reach: [0.3, 0.003], width: undefined, stages: 4 };

const BOX = { lower: new Float64Array(1), upper: new Float64Array(1).fill(1) };

/** One input, one output; a clock that goes on by as many seconds as inputs are run. */
function slowPass(): { pass: TwinPass; clock: () => number } {
  let now = 0;
  const pass: TwinPass = {
    capacity: 16,
    measureSpread: () => undefined,
    forward(inputs) {
      now += inputs.length;
      return inputs.map(([x]) => ({
        network: Float64Array.of(0),
        approximated: Float64Array.of(x),
        smoothed: Float64Array.of(x),
      }));
    },
    backward: (forms) => forms.map(() => Float64Array.of(1)),
  };
  return { pass, clock: () => now };
}

/** How many steps are made with how many starts. */
function stepsByStarts(seconds: number): Map<number, number> {
  const { pass, clock } = slowPass();
  const starts = Array.from({ length: 16 }, (_, k) => Float64Array.of(k / 100));
  const counts = new Map<number, number>();
  const plan = { ...PLAN, timeGone: () => clock() / seconds };
  for (const { inputs } of ascend(pass, { kind: "error" }, BOX, starts, plan)) {
    counts.set(inputs.length, (counts.get(inputs.length) ?? 0) + 1);
  }
  return counts;
}

describe("ascend(pass, goal, box, starts, plan)", () => {
  test("halves its starts after equal parts of the steps", () => {
    expect([...stepsByStarts(Infinity)]).toEqual([
      [16, 30],
      [8, 30],
      [4, 30],
      [2, 30],
    ]);
  });

  test("makes fewer steps where time is short, and takes none of them from the first starts", () => {
    // A third of what all steps take, so some ten steps of thirty.
    const counts = [...stepsByStarts(300)];
    expect(counts.map(([starts]) => starts)).toEqual([16, 8, 4, 2]);
    for (const [, steps] of counts) expect(steps).toBeGreaterThanOrEqual(8);
  });
});
