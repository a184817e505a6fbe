import { createRandom } from "../../src/numeric/random";
import { FLOAT32_RELATIVE } from "../../src/numeric/tolerance";
import { adamStep, cosineRate } from "../../src/train/adam";
import { plainAdam } from "../reference/plainAdam";

const zeros = (count: number): Float32Array => new Float32Array(count);

describe("adamStep", () => {
  test("takes the two steps worked by hand", () => {
    // Slope 0.5: corrected moments 0.5 and 0.25, so the step is 0.1 · 0.5 / 0.5.
    const parameter = Float32Array.of(1);
    const moments = { first: zeros(1), second: zeros(1) };
    adamStep(parameter, Float32Array.of(0.5), moments, 0.1, 1);
    expect(parameter[0]).toBeCloseTo(0.9, 6);
    expect(moments.first[0]).toBeCloseTo(0.05, 7);
    expect(moments.second[0]).toBeCloseTo(0.00025, 9);
    // Slope −0.5: mean 0.9 · 0.05 − 0.05 = −0.005, corrected −0.005 / 0.19; the square stays 0.25.
    adamStep(parameter, Float32Array.of(-0.5), moments, 0.1, 2);
    expect(moments.first[0]).toBeCloseTo(-0.005, 7);
    expect(parameter[0]).toBeCloseTo(0.9 + (0.1 * (0.005 / 0.19)) / 0.5, 6);
  });

  test("follows a plain reference through 60 steps", () => {
    const random = createRandom(11);
    const start = Float32Array.from({ length: 20 }, () => random.normal());
    const slopes = Array.from({ length: 60 }, () =>
      Float32Array.from({ length: 20 }, () => 0.3 * random.normal() + 0.1),
    );
    const parameter = start.slice();
    const moments = { first: zeros(20), second: zeros(20) };
    slopes.forEach((slope, index) => adamStep(parameter, slope, moments, 0.01, index + 1));
    plainAdam([...start], slopes, 0.01).forEach((expected, index) => {
      // Each of the 60 steps rounds the parameter to binary32.
      const tolerance = 60 * FLOAT32_RELATIVE * Math.max(1, Math.abs(expected));
      expect(Math.abs(parameter[index] - expected)).toBeLessThan(tolerance);
    });
  });

  test("leaves a parameter without slope where it is", () => {
    const parameter = Float32Array.of(0.25);
    adamStep(parameter, zeros(1), { first: zeros(1), second: zeros(1) }, 0.1, 1);
    expect(parameter[0]).toBe(0.25);
  });
});

describe("cosineRate", () => {
  test("starts at the first rate, is half of it half-way, and ends at zero", () => {
    expect(cosineRate(0.002, 0, 100)).toBe(0.002);
    expect(cosineRate(0.002, 50, 100)).toBeCloseTo(0.001, 15);
    expect(cosineRate(0.002, 100, 100)).toBe(0);
  });

  test("falls with every step", () => {
    for (let step = 1; step <= 100; step++) {
      expect(cosineRate(1, step, 100)).toBeLessThan(cosineRate(1, step - 1, 100));
    }
  });
});
