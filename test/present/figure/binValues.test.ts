import fc from "fast-check";
import { ArgumentError } from "../../../src/errors";
import { binValues } from "../../../src/present/figure/binValues";
import { kernelDensity } from "../../../src/present/figure/kernelDensity";
import { logTicks } from "../../../src/present/figure/scale";

describe("binValues", () => {
  test("puts a value on an edge into the bin above, and the largest into the last", () => {
    const { edges, counts } = binValues([[0, 1, 2, 3, 4]], 4);
    expect([...edges]).toEqual([0, 1, 2, 3, 4]);
    expect([...(counts[0] ?? [])]).toEqual([1, 1, 1, 2]);
  });

  test("gives all series the same edges", () => {
    const { edges, counts } = binValues([[0], [10]], 2);
    expect([...edges]).toEqual([0, 5, 10]);
    expect(counts.map((count) => [...count])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("divides by ratio on a log scale, and counts what has no place there", () => {
    const { edges, leftOut } = binValues([[1, 10, 100, 0, -1, NaN]], 2, "log");
    expect(edges[1]).toBeCloseTo(10, 9);
    expect(leftOut).toBe(3);
  });

  test("makes room around a single value", () => {
    for (const scale of ["linear", "log"] as const) {
      const { edges, counts } = binValues([[2, 2]], 3, scale);
      expect(edges[0]).toBeLessThan(2);
      expect(edges[3]).toBeGreaterThan(2);
      expect([...(counts[0] ?? [])].reduce((a, b) => a + b)).toBe(2);
    }
    expect(binValues([[0]], 1).edges[1]).toBeGreaterThan(0);
  });

  test("loses no finite value", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 80 }),
        (values, binCount) => {
          const [count = new Float64Array()] = binValues([values], binCount).counts;
          expect(count.reduce((a, b) => a + b, 0)).toBe(values.length);
        },
      ),
      { seed: 1 },
    );
  });

  test("refuses nothing to show and a senseless count of bins", () => {
    expect(() => binValues([[NaN]], 3)).toThrow(ArgumentError);
    expect(() => binValues([[0]], 3, "log")).toThrow(/above 0, for its axis is logarithmic/);
    expect(() => binValues([[1]], 0)).toThrow(/whole number of bins above 0, found 0/);
  });
});

describe("kernelDensity", () => {
  test("integrates to about one over many values of a normal law", () => {
    const sorted = Float64Array.from({ length: 2001 }, (_, i) =>
      Math.tan(((i - 1000) / 1001) * 0.9),
    );
    const { positions, densities } = kernelDensity(sorted.sort(), 200);
    let area = 0;
    for (let i = 1; i < 200; i++) {
      const width = (positions[i] ?? 0) - (positions[i - 1] ?? 0);
      area += (width * ((densities[i] ?? 0) + (densities[i - 1] ?? 0))) / 2;
    }
    expect(area).toBeGreaterThan(0.9);
    expect(area).toBeLessThan(1.05);
  });

  test("ends where the values end, and survives values that are all equal", () => {
    const { positions } = kernelDensity(Float64Array.of(1, 2, 5));
    expect([positions[0], positions.at(-1)]).toEqual([1, 5]);
    expect(kernelDensity(Float64Array.of(3, 3, 3)).densities.every(Number.isFinite)).toBe(true);
    expect(kernelDensity(Float64Array.of(0)).densities.every(Number.isFinite)).toBe(true);
  });
});

describe("logTicks", () => {
  test("marks 1, 2 and 5 where there are few decades", () => {
    const { values, texts } = logTicks(0.003, 0.12);
    expect(values).toEqual(expect.arrayContaining([0.005, 0.01, 0.02, 0.05, 0.1]));
    expect(texts).toEqual(expect.arrayContaining(["0.005", "0.01", "0.02"]));
  });

  test("marks powers of ten alone where there are many, thinned out beyond ten", () => {
    expect(logTicks(1e-3, 1e3).values).not.toContain(0.02);
    expect(logTicks(1e-30, 1e3).values.length).toBeLessThan(14);
  });

  test("writes small and large marks short", () => {
    expect(logTicks(1e-7, 1e-6).texts).toEqual(
      expect.arrayContaining(["10<sup>−7</sup>", "2·10<sup>−7</sup>"]),
    );
    expect(logTicks(1e3, 1e5).texts).toEqual(expect.arrayContaining(["1000", "10\u202f000"]));
  });
});
