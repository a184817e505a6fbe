import { appMax, boxProgram } from "../../src/analyse/appMax";
import { decideAgreement } from "../../src/analyse/agreement";
import { boxOver } from "../../src/analyse/box";
import { PAPER_DOMAIN, PIXEL_DOMAIN } from "../../src/analyse/domain";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { ArgumentError } from "../../src/errors";
import { createHighsEngine } from "../../src/lp/highs/engine";
import type { Engine } from "../../src/lp/program";
import { CERTIFIED_RELATIVE_GAP } from "../../src/numeric/tolerance";
import { createRandom } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";
import { largestErrorByEnumeration } from "../reference/enumerateRegions";
import { textbookSimplex } from "../reference/textbookSimplex";

let engines: Engine[];

beforeAll(async () => {
  engines = [await createHighsEngine()];
});

describe("appMax", () => {
  test("keeps E(x) ≤ maximum ≤ upperBound, certified, on random networks of every kind", () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = createRandom(seed);
      const network =
        seed % 3 === 0
          ? randomConvolutionalNetwork(random)
          : randomDenseNetwork([8, 12, 9, 4], random);
      const twins = createTwins(network, perturbed(network, 0.02, random));
      const x = randomPoint(network.inputSize, random);
      const result = appMax(createPolytopeWorkspace(twins), x, engines);
      expect(result.status).toBe("certified");
      expect(result.error).toBe(absoluteError(twins, x));
      expect(result.maximum).toBe(absoluteError(twins, result.witness));
      expect(result.error).toBeLessThanOrEqual(result.maximum);
      expect(result.maximum).toBeLessThanOrEqual(result.upperBound);
      expect(result.gap).toBeLessThanOrEqual(CERTIFIED_RELATIVE_GAP);
      for (const value of result.witness) {
        expect(value >= 0 && value <= 1).toBe(true);
      }
    }
  });

  test("agrees with the textbook simplex method on all rows written out", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(100 + seed);
      const network = randomDenseNetwork([5, 8, 6, 3], random);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const x = randomPoint(network.inputSize, random);
      const workspace = createPolytopeWorkspace(twins);
      const result = appMax(workspace, x, engines);
      const program = boxProgram(polytopeAt(workspace, x), x, boxOver(PIXEL_DOMAIN, x.length));
      const row = new Float64Array(program.size);
      const rows: number[][] = [];
      const bounds: number[] = [];
      for (let index = 0; index < program.rows.rowCount; index++) {
        bounds.push(program.rows.row(index, row));
        rows.push([...row]);
      }
      const reference = textbookSimplex(
        [...program.cost],
        rows,
        bounds,
        [...program.lower],
        [...program.upper],
      );
      if (reference.kind !== "optimal") throw new Error("the data point itself is feasible");
      expect(result.maximum).toBeCloseTo(reference.value + program.constant, 9);
    }
  });

  test("never exceeds the exact maximum over the box, and reaches it from some point", () => {
    let reached = 0;
    const networks = 6;
    for (let seed = 0; seed < networks; seed++) {
      const random = createRandom(200 + seed);
      const network = randomDenseNetwork([2, 3, 2], random);
      const twins = createTwins(network, perturbed(network, 0.1, random));
      const exact = largestErrorByEnumeration(twins);
      const workspace = createPolytopeWorkspace(twins);
      let best = 0;
      for (let point = 0; point < 60; point++) {
        const result = appMax(workspace, randomPoint(2, random), engines);
        expect(result.maximum).toBeLessThanOrEqual(exact + 1e-9);
        best = Math.max(best, result.maximum);
      }
      if (Math.abs(best - exact) < 1e-9) reached++;
    }
    // Sixty points of a square visit nearly every region of so small a network.
    expect(reached).toBeGreaterThanOrEqual(networks - 1);
  });

  test("gives zero for a network against itself", () => {
    const random = createRandom(7);
    const network = randomDenseNetwork([6, 10, 4], random);
    const x = randomPoint(6, random);
    const result = appMax(createPolytopeWorkspace(createTwins(network, network)), x, engines);
    expect(result).toMatchObject({ error: 0, maximum: 0, upperBound: 0, status: "certified" });
  });

  test("compares twins whose hidden layers have other sizes", () => {
    const random = createRandom(8);
    const twins = createTwins(
      randomDenseNetwork([6, 10, 4], random),
      randomDenseNetwork([6, 7, 5, 4], random),
    );
    const result = appMax(createPolytopeWorkspace(twins), randomPoint(6, random), engines);
    expect(result.status).toBe("certified");
    expect(result.maximum).toBeGreaterThan(0);
  });

  test("finds more, or as much, on the paper's larger box", () => {
    const random = createRandom(9);
    const network = randomDenseNetwork([6, 10, 4], random);
    const workspace = createPolytopeWorkspace(
      createTwins(network, perturbed(network, 0.1, random)),
    );
    const x = randomPoint(6, random);
    const pixels = appMax(workspace, x, engines);
    const paper = appMax(workspace, x, engines, { domain: PAPER_DOMAIN });
    expect(paper.upperBound).toBeGreaterThanOrEqual(pixels.maximum);
  });

  test("says of every bound in which box it is proved, whichever way that was given", () => {
    const random = createRandom(9);
    const network = randomDenseNetwork([6, 10, 4], random);
    const twins = createTwins(network, perturbed(network, 0.1, random));
    const workspace = createPolytopeWorkspace(twins);
    const x = randomPoint(6, random);
    const boxes = [undefined, "paper", "-1:2", { lower: 0, upper: 1 }].map((domain) => [
      appMax(workspace, x, engines, { domain }).domain,
      decideAgreement(workspace, x, engines[0], { domain }).domain,
    ]);
    expect(boxes).toEqual([
      ["pixels", "pixels"],
      ["paper", "paper"],
      ["-1:2", "-1:2"],
      ["pixels", "pixels"],
    ]);
    // A domain by hand that calls itself by another's name is taken by its ends.
    const named = { kind: "pixels", lower: 0, upper: 2 } as const;
    expect(appMax(workspace, x, engines, { domain: named }).domain).toBe("0:2");
  });

  test("gives the same bits on a box that has the same two ends for each input by itself", () => {
    const random = createRandom(9);
    const network = randomDenseNetwork([6, 10, 4], random);
    const workspace = createPolytopeWorkspace(
      createTwins(network, perturbed(network, 0.1, random)),
    );
    const x = randomPoint(6, random);
    const each = { lower: new Float64Array(6), upper: [1, 1, 1, 1, 1, 1] };
    const { domain, ...found } = appMax(workspace, x, engines, { domain: each });
    const { domain: pixels, ...expected } = appMax(workspace, x, engines);
    expect(found).toEqual(expected);
    expect([domain, pixels]).toEqual([expect.stringMatching(/^inputs-[0-9a-f]{16}$/), "pixels"]);
    const { domain: named, ...agreed } = decideAgreement(workspace, x, engines[0], {
      domain: each,
    });
    expect(named).toBe(domain);
    expect(decideAgreement(workspace, x, engines[0])).toEqual({ ...agreed, domain: pixels });
  });

  test("keeps each input between its own ends, and what it attains there is the most there is", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const network = randomDenseNetwork([5, 8, 6, 3], random);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const x = randomPoint(5, random);
      // The first input is fixed; the others have boxes of different sizes, not about x.
      const lower = x.map((value, input) => value - 0.1 * input * random.next());
      const upper = x.map((value, input) => value + 0.2 * input * random.next());
      const workspace = createPolytopeWorkspace(twins);
      const found = appMax(workspace, x, engines, { domain: { lower, upper } });
      expect(found.status).toBe("certified");
      expect(found.witness[0]).toBe(x[0]);
      found.witness.forEach((value, input) => {
        expect(value).toBeGreaterThanOrEqual(lower[input]);
        expect(value).toBeLessThanOrEqual(upper[input]);
      });
      const whole = appMax(workspace, x, engines, { domain: "-9:9" });
      expect(found.maximum).toBeLessThanOrEqual(whole.upperBound);
      const program = boxProgram(polytopeAt(workspace, x), x, { lower, upper });
      const row = new Float64Array(5);
      const indices = Array.from({ length: program.rows.rowCount }, (_, index) => index);
      const bounds = indices.map((index) => program.rows.row(index, row));
      const rows = indices.map((index) => (program.rows.row(index, row), [...row]));
      const reference = textbookSimplex([...program.cost], rows, bounds, [...lower], [...upper]);
      if (reference.kind !== "optimal") throw new Error("the data point itself is feasible");
      expect(found.maximum).toBeCloseTo(reference.value + program.constant, 9);
    }
  });

  test("refuses a box for another number of inputs, and a point outside its own interval", () => {
    const network = randomDenseNetwork([2, 3, 2], createRandom(1));
    const workspace = createPolytopeWorkspace(createTwins(network, network));
    const x = Float64Array.of(0.5, 0.5);
    const within = (lower: number | number[], upper: number | number[]) => () =>
      appMax(workspace, x, engines, { domain: { lower, upper } });
    expect(within(0, [1, 1, 1])).toThrow(/ends for 3 inputs, but there are 2/);
    expect(within([0, 0], [1, 1, 1])).toThrow(/found 2 and 3; one number stands for all/);
    expect(within([0, 0.75], 1)).toThrow(
      /value 1 of the point is 0.5, outside its interval \[0.75, 1\] of the domain/,
    );
    expect(within([0, 1], [1, 0])).toThrow(/input 1 of the domain has ends 1 and 0/);
    expect(within([0, NaN], 1)).toThrow(/input 1 of the domain has ends NaN and 1/);
  });

  test("refuses a point outside the domain, naming the value", () => {
    const network = randomDenseNetwork([2, 3, 2], createRandom(1));
    const workspace = createPolytopeWorkspace(createTwins(network, network));
    const outside = Float64Array.of(0.5, 1.5);
    expect(() => appMax(workspace, outside, engines)).toThrow(ArgumentError);
    expect(() => appMax(workspace, outside, engines)).toThrow(/value 1 of the point is 1.5/);
    expect(() => appMax(workspace, Float64Array.of(NaN, 0), engines)).toThrow(/value 0.*NaN/);
  });

  test("keeps a proved interval when it is told to stop", () => {
    const random = createRandom(10);
    const network = randomDenseNetwork([20, 40, 4], random);
    const twins = createTwins(network, perturbed(network, 0.05, random));
    const x = randomPoint(20, random);
    const workspace = createPolytopeWorkspace(twins);
    const stopped = appMax(workspace, x, engines, { shouldStop: () => true });
    expect(stopped.status).toBe("uncertified");
    expect(stopped.reason).toMatch(/stop/);
    const solved = appMax(workspace, x, engines);
    expect(stopped.upperBound).toBeGreaterThanOrEqual(solved.maximum);
    expect(stopped.maximum).toBeLessThanOrEqual(solved.upperBound);
  });

  test("does not believe an engine: neither a wrong optimum nor a wrong infeasibility", () => {
    const random = createRandom(11);
    const network = randomDenseNetwork([6, 10, 4], random);
    const workspace = createPolytopeWorkspace(
      createTwins(network, perturbed(network, 0.1, random)),
    );
    const x = randomPoint(6, random);
    const liar: Engine = {
      name: "liar",
      solve: (program) => ({
        kind: "optimal",
        point: Float64Array.from(program.feasible ?? []),
        value: 0,
        multipliers: [],
        iterations: 1,
        rowsGenerated: 0,
      }),
    };
    const result = appMax(workspace, x, [liar]);
    expect(result.status).toBe("uncertified");
    expect(result.reason).toMatch(/liar/);
    const rescued = appMax(workspace, x, [liar, ...engines]);
    expect(rescued).toMatchObject({ status: "certified", solver: "highs" });
    expect(rescued.reason).toMatch(/liar/);

    const denier: Engine = {
      name: "denier",
      solve: () => ({ kind: "infeasible", multipliers: [], iterations: 0 }),
    };
    expect(appMax(workspace, x, [denier]).status).toBe("uncertified");
  });
});
