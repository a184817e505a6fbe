import { dualBound, measureViolation } from "../../../src/lp/certificate";
import { createHighsEngine } from "../../../src/lp/highs/engine";
import { createInteriorPointEngine } from "../../../src/lp/interiorPoint/engine";
import type { BoxProgram, Engine, SolveOutcome } from "../../../src/lp/program";
import { solveCertified } from "../../../src/lp/solveCertified";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { loadKernels } from "../../../src/numeric/loadKernels";
import { smallProgram } from "../../reference/denseRows";
import { framedProgram, type FramedParts } from "../../reference/framedPrograms";

/** Relative agreement of optima that are both certified to 1e-9. */
const AGREEMENT = 1e-8;

const GREY: FramedParts = {
  picture: { height: 8, width: 9, channels: 1 },
  shapes: [
    { height: 3, width: 3 },
    { height: 5, width: 5 },
    { height: 6, width: 6 },
  ],
  perPlace: 4,
  denseCount: 20,
  farthest: 0.5,
  seed: 1,
};

const PROGRAMS: readonly (readonly [string, FramedParts])[] = [
  ["a grey picture", GREY],
  [
    "a coloured one",
    {
      ...GREY,
      picture: { height: 5, width: 6, channels: 3 },
      shapes: [
        { height: 3, width: 3 },
        { height: 2, width: 4 },
      ],
      seed: 2,
    },
  ],
  ["one with exact ties at its feasible point", { ...GREY, tied: 40, seed: 3 }],
  ["one without dense rows", { ...GREY, denseCount: 0, seed: 4 }],
  [
    "one whose frames are the whole picture",
    {
      ...GREY,
      picture: { height: 4, width: 5, channels: 1 },
      shapes: [{ height: 4, width: 5 }],
      perPlace: 60,
      seed: 5,
    },
  ],
  ["one with more rows than begin", { ...GREY, perPlace: 14, farthest: 1.5, seed: 6 }],
  ["one that all rows are near in", { ...GREY, farthest: 1e-3, seed: 7 }],
];

let highs: Engine;
beforeAll(async () => {
  highs = await createHighsEngine();
});

function optimum(outcome: SolveOutcome): Extract<SolveOutcome, { kind: "optimal" }> {
  if (outcome.kind !== "optimal") throw new Error(`expected an optimum, found ${outcome.kind}`);
  return outcome;
}

describe("createInteriorPointEngine", () => {
  const engine = createInteriorPointEngine(loadKernels());

  test.each(PROGRAMS)("agrees with HiGHS, and is certified, on %s", (_, parts) => {
    const program = framedProgram(parts);
    const ours = solveCertified([engine], program);
    const theirs = solveCertified([highs], program);
    if (ours.kind !== "certified" || theirs.kind !== "certified") {
      throw new Error(`${ours.kind} and ${theirs.kind}`);
    }
    const scale = Math.max(Math.abs(theirs.value), 1e-2);
    expect(Math.abs(ours.value - theirs.value)).toBeLessThan(AGREEMENT * scale);
    expect(ours.upperBound).toBeGreaterThanOrEqual(theirs.value - AGREEMENT * scale);
    expect(ours.violation).toBeLessThan(1e-12);
  });

  test("gives the same bits with plain kernels and with the fastest", () => {
    const plain = createInteriorPointEngine(createPlainKernels());
    for (const [, parts] of PROGRAMS.slice(0, 3)) {
      const program = framedProgram(parts);
      expect(plain.solve(program)).toEqual(engine.solve(program));
    }
  });

  test("gives the same bits whatever it solved before", () => {
    const program = framedProgram(GREY);
    const first = createInteriorPointEngine(loadKernels()).solve(program);
    engine.solve(framedProgram({ ...GREY, seed: 8, denseCount: 3 }));
    expect(engine.solve(program)).toEqual(first);
  });

  test("finds the rows that it left out at first", () => {
    const parts: FramedParts = { ...GREY, perPlace: 26, farthest: 2, seed: 9 };
    const program = framedProgram(parts);
    const { point } = optimum(engine.solve(program));
    // So many begin; of rows in frames there are more.
    expect(program.rows.rowCount).toBeGreaterThan(2 * Math.ceil(12.75 * program.size));
    expect(measureViolation(program, point).row).toBeLessThan(1e-12);
  });

  test("takes only programs with frames, a feasible point and an open box", () => {
    const program = framedProgram(GREY);
    expect(engine.takes?.(program)).toBe(true);
    expect(engine.takes?.({ ...program, feasible: undefined })).toBe(false);
    expect(engine.takes?.({ ...program, upper: program.lower })).toBe(false);
    const small = smallProgram({ cost: [1, 2], feasible: [0, 0] });
    expect(engine.takes?.(small)).toBe(false);
    expect(engine.solve(small).kind).toBe("stopped");
    expect(solveCertified([engine, highs], small)).toMatchObject({
      kind: "certified",
      engine: "highs",
      attempts: [{ engine: "highs" }],
    });
  });

  test("returns the feasible point of a program without a cost", () => {
    const program = framedProgram(GREY);
    const free: BoxProgram = { ...program, cost: new Float64Array(program.size), constant: 0 };
    expect(engine.solve(free)).toMatchObject({ kind: "optimal", value: 0, iterations: 0 });
    expect(solveCertified([engine], free)).toMatchObject({ kind: "certified", value: 0 });
  });

  test("works in a box that is not one wide, to the same answer", () => {
    const program = framedProgram(GREY);
    const wide = 300;
    const { rows } = program;
    const scaled: BoxProgram = {
      ...program,
      cost: program.cost.map((value) => value / wide),
      upper: program.upper.map((value) => value * wide),
      feasible: program.feasible?.map((value) => value * wide),
      rows: {
        ...rows,
        slacks(y, out) {
          rows.slacks(
            y.map((value) => value / wide),
            out,
          );
          out.forEach((slack, row) => (out[row] = slack * wide));
        },
        row: (index, out) => rows.row(index, out) * wide,
      },
    };
    const found = solveCertified([engine], scaled);
    const expected = solveCertified([engine], program);
    if (found.kind !== "certified" || expected.kind !== "certified") throw new Error(found.kind);
    expect(Math.abs(found.value / expected.value - 1)).toBeLessThan(AGREEMENT);
  });

  test("stops at any question, once an iteration, and what it knows bounds the maximum", () => {
    const program = framedProgram(GREY);
    const { value, iterations } = optimum(engine.solve(program));
    let best = Infinity;
    for (let answer = 0; ; answer++) {
      let asked = 0;
      const outcome = engine.solve(program, { shouldStop: () => asked++ === answer });
      if (outcome.kind === "optimal") {
        expect(asked).toBeGreaterThanOrEqual(iterations);
        break;
      }
      if (outcome.kind === "infeasible") throw new Error("the program has a solution");
      expect(outcome.reason).toBe("stopped on request");
      const bound = dualBound(program, outcome.multipliers);
      expect(bound).toBeGreaterThanOrEqual(value);
      best = Math.min(best, bound);
    }
    expect(best).toBeLessThan(value + 1e-6);
  });

  test("stops at the limit of iterations, and below a cutoff with multipliers that prove it", () => {
    const program = framedProgram(GREY);
    const { value, iterations } = optimum(engine.solve(program));
    const limited = engine.solve(program, { iterationLimit: 5 });
    expect(limited).toMatchObject({ kind: "stopped", iterations: 5 });
    const cutoff = value + 0.5;
    const cut = engine.solve(program, { cutoff });
    expect(cut).toMatchObject({ kind: "stopped", reason: "below the cutoff" });
    expect(cut.iterations).toBeLessThan(iterations);
    expect(dualBound(program, cut.kind === "stopped" ? cut.multipliers : [])).toBeLessThanOrEqual(
      cutoff,
    );
  });
});
