import { boxProgram } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { bothOf, judgeOutcome } from "../../src/analyse/judgeOutcome";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { solveCertified } from "../../src/lp/solveCertified";
import type { Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";

/**
 * steep · R(y − ½) + slope · R(y): on the polytope of an input below ½ the first neuron is off, and
 * beyond ½ the twins drift apart a thousand times as fast.
 */
function kinked(steep: number, slope: number): Network {
  return createNetwork("kinked", 1, [
    {
      kind: "dense",
      weights: createMatrix(2, 1, Float64Array.of(1, 1)),
      bias: Float64Array.of(-0.5, 0),
    },
    { kind: "relu" },
    {
      kind: "dense",
      weights: createMatrix(1, 2, Float64Array.of(steep, slope)),
      bias: Float64Array.of(0),
    },
  ]);
}

const twins = createTwins(kinked(0, 1), kinked(1000, 1.001));
const x = Float64Array.of(0.2);
const workspace = createPolytopeWorkspace(twins);
const polytope = polytopeAt(workspace, x);
const program = boxProgram(polytope, x, boxOver(PIXEL_DOMAIN, x.length));
const exact = createDualSimplexEngine();

/** A solver's answer whose point oversteps the row y ≤ ½ by less than its tolerance. */
function overstepping() {
  const outcome = solveCertified([exact], program);
  if (outcome.kind !== "certified") throw new Error("the largest error is at ½");
  return { ...outcome, point: Float64Array.of(0.5 + 5e-10), violation: 5e-10 };
}

describe("judgeOutcome", () => {
  test("keeps a witness inside its polytope, however the solver's point oversteps it", () => {
    const { result, oversteps } = judgeOutcome(
      workspace,
      program,
      x,
      polytope.error,
      overstepping(),
    );
    expect(oversteps).toBe(true);
    expect(result.witness[0]).toBeLessThanOrEqual(0.5);
    expect(result.violation).toBe(0);
    // Outside, E is 5e-7 more, which no input of the polytope attains.
    expect(result.maximum).toBeCloseTo(0.0005, 12);
    expect(result.maximum).toBeLessThanOrEqual(result.upperBound);
    expect(result.upperBound).toBeCloseTo(0.0005, 12);
    expect(result.status).toBe("certified");
  });

  test("lets a point be that oversteps nothing", () => {
    const outcome = solveCertified([exact], program);
    expect(judgeOutcome(workspace, program, x, polytope.error, outcome).oversteps).toBe(false);
  });
});

describe("bothOf", () => {
  test("takes the next engine's answer where the first one's point oversteps, and says why", () => {
    const judge = (outcome: ReturnType<typeof overstepping>) => ({
      ...judgeOutcome(workspace, program, x, polytope.error, outcome),
      outcome,
    });
    const outside = judge(overstepping());
    // As where x lies on the row that is overstepped: no other input is known.
    const result = { ...outside.result, maximum: polytope.error, gap: 0.6, reason: "first: why" };
    const second = judge({ ...overstepping(), point: Float64Array.of(0.5), violation: 0 });
    const { found } = bothOf({ ...outside, result }, second);
    expect(found.status).toBe("certified");
    expect(found.maximum).toBeCloseTo(0.0005, 12);
    expect(found.iterations).toBe(2 * second.result.iterations);
    expect(found.reason).toMatch(/first: why/);
  });
});
