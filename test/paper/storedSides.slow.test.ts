import { DISPLAY, type Displayable } from "../../src/present/display";
import { storedSides } from "../../src/experiment/variant/storedSides";
import { loadNetwork } from "../../src/network/load";
import { paper } from "../../src/paper/exhibits";
import { twoSided } from "../../src/paper/twoSided";

// Rows of Net1 at the paper's widths stand in the repository.
const APPROXIMATIONS = ["half", "paper-12", "paper-8", "paper-6", "paper-4"];

describe("storedSides(network, approximation)", () => {
  test("has of every width of Net1 the worst input found, in the box it was searched in", async () => {
    const network = await loadNetwork("net1");
    for (const approximation of APPROXIMATIONS) {
      const { found, bound, rounds } = storedSides(network, approximation);
      expect(rounds).toBeGreaterThan(0);
      expect(found?.witness).toHaveLength(784);
      expect(found?.witness.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(found?.value).toBeLessThanOrEqual(bound?.upper ?? Infinity);
    }
    expect(storedSides(network, "half").bound?.upper).toBeGreaterThan(0);
  });

  test("has nothing of a twin that nobody searched", async () => {
    expect(storedSides(await loadNetwork("net1"), "int3")).toEqual({
      found: undefined,
      bound: undefined,
      rounds: 0,
    });
  });
});

describe("twoSided.load()", () => {
  test("sets every number below the next, sample to bound", async () => {
    const { lines } = await twoSided.load({ networks: ["net1"] });
    expect(lines.map(({ name }) => name)).toEqual(
      [16, 12, 8, 6, 4].map((bits) => `net1, ${bits} bits`),
    );
    for (const { seen, appMax, found, bound } of lines) {
      const known = [seen, appMax, found, bound].flatMap((value) => value ?? []);
      expect([...known].sort((one, other) => one - other)).toEqual(known);
    }
  });
});

describe("Tables 3 and 4", () => {
  test("name the box for which their bounds are proved", async () => {
    const frames = [
      paper.table3.frame(await paper.table3.load()),
      paper.table4.frame(await paper.table4.load()),
    ];
    for (const frame of frames) {
      // Frames show themselves.
      const shown = JSON.stringify(await (frame as Displayable)[DISPLAY]());
      expect(shown).toMatch(/bound: proved for every input in \[0, 1\]/);
    }
  });
});
