import { approximate } from "../../src/approximate/approximate";
import { gridSpacing } from "../../src/approximate/gridSpacing";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { rulesOf } from "../../src/network/layer/layer";
import { spacingAt } from "../../src/numeric/binaryFormat";
import { BINARY16 } from "../../src/numeric/half";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";

const network = randomDenseNetwork([40, 60, 30], createRandom(11));

/** Every Δw in steps of its grid, whose weight is on one. */
function stepsMoved(name: string): number[] {
  const approximation = parseApproximation(name);
  const spacing = gridSpacing(network, approximation);
  const twin = approximate(network, approximation);
  return network.layers.flatMap((layer, index) => {
    const theirs = rulesOf(twin.layers[index]).parameters(twin.layers[index]);
    return rulesOf(layer)
      .parameters(layer)
      .flatMap((parameter, which) => {
        const steps = spacing?.(parameter, index);
        return Array.from(steps ?? [], (step, at) => {
          return Math.abs(theirs[which].values[at] - parameter.values[at]) / step;
        });
      });
  });
}

describe("the spacing of a grid", () => {
  test.each(["half", "bfloat16", "corrected-8", "int8", "int6:channel"])(
    "is what %s moves weights by half of, at most, and evenly within",
    (name) => {
      const moved = stepsMoved(name);
      expect(moved.length).toBeGreaterThan(4000);
      expect(Math.max(...moved)).toBeLessThanOrEqual(0.5 + 1e-12);
      const rms = Math.sqrt(moved.reduce((sum, one) => sum + one * one, 0) / moved.length);
      expect(rms).toBeCloseTo(1 / Math.sqrt(12), 2);
    },
  );

  test("of the paper's quantiser lets the end that is clipped lie a whole step away", () => {
    const moved = stepsMoved("paper-6");
    expect(Math.max(...moved)).toBeGreaterThan(0.5);
    expect(Math.max(...moved)).toBeLessThanOrEqual(1 + 1e-6);
  });

  test("is none where nothing is put on a grid, as biases are not by int8", () => {
    expect(gridSpacing(network, { kind: "none" })).toBeUndefined();
    expect(gridSpacing(network, { kind: "prune", percent: 50 })).toBeUndefined();
    const [, bias] = rulesOf(network.layers[0]).parameters(network.layers[0]);
    expect(bias.name).toBe("bias");
    expect(gridSpacing(network, parseApproximation("int8"))?.(bias, 0)).toBeUndefined();
    const exact = { ...bias, role: "exact" as const };
    expect(gridSpacing(network, { kind: "half" })?.(exact, 0)).toBeUndefined();
  });

  test("of binary16 is its unit in the last place, and among subnormals 2^-24", () => {
    const at = [1, -1.5, 2, 0.1, 2 ** -14, 2 ** -20, 0].map((value) => spacingAt(value, BINARY16));
    const powers = [-10, -10, -9, -14, -24, -24, -24];
    expect(at).toEqual(powers.map((power) => 2 ** power));
  });
});
