import type * as EngineModule from "../../../src/lp/interiorPoint/engine";
import type * as Parameters from "../../../src/lp/interiorPoint/parameters";
import type { BoxProgram, Engine } from "../../../src/lp/program";
import { framedProgram } from "../../reference/framedPrograms";

/** The engine with proximal terms of other sizes. */
function engineWith(terms: Readonly<Record<string, number>>): Engine {
  let engine: Engine | undefined;
  jest.isolateModules(() => {
    const path = "../../../src/lp/interiorPoint/parameters";
    jest.doMock(path, () => ({ ...jest.requireActual<typeof Parameters>(path), ...terms }));
    // A module loaded anew, which takes the terms above.
    const loaded = jest.requireActual<typeof EngineModule>("../../../src/lp/interiorPoint/engine");
    engine = loaded.createInteriorPointEngine();
    jest.dontMock(path);
  });
  if (engine === undefined) throw new Error("the engine was not loaded");
  return engine;
}

const program = (seed: number): BoxProgram =>
  framedProgram({
    picture: { height: 5, width: 6, channels: 1 },
    shapes: [{ height: 3, width: 3 }],
    perPlace: 4,
    denseCount: 4,
    farthest: 0.5,
    seed,
  });

describe("the proximal terms", () => {
  const none = engineWith({ SOFTNESS: 0, STIFFNESS: 0, LEAST_STIFFNESS: 0 });
  const usual = engineWith({});

  test("leave the optimum where it is: none, those of the method and ten times as much", () => {
    const more = engineWith({ SOFTNESS: 1e-7, STIFFNESS: 1e-6 });
    for (const seed of [0, 1, 3]) {
      const outcomes = [none, usual, more].map((engine) => engine.solve(program(seed)));
      const values = outcomes.map((outcome) => {
        if (outcome.kind !== "optimal") throw new Error(`expected an optimum: ${outcome.kind}`);
        return outcome.value;
      });
      const scale = Math.max(Math.abs(values[1]), 1e-2);
      for (const value of values) {
        expect(Math.abs(value - values[1])).toBeLessThan(1e-9 * scale);
      }
      // They do reach the method: its steps differ.
      expect(outcomes[0]).not.toEqual(outcomes[2]);
    }
  });

  test("let the method come to its end where it cannot without them", () => {
    expect(none.solve(program(2))).toMatchObject({
      kind: "stopped",
      reason: "the normal matrix is not positive definite",
    });
    expect(usual.solve(program(2)).kind).toBe("optimal");
  });
});
