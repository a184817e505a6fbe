import fc from "fast-check";
import { quantiseSymmetrically } from "../../src/approximate/symmetricQuantiser";
import { ArgumentError } from "../../src/errors";

const int8 = { kind: "symmetric", bits: 8, granularity: "tensor" } as const;
const int8Channel = { ...int8, granularity: "channel" } as const;

describe("quantiseSymmetrically", () => {
  test("sends the largest magnitude to 127 steps and ties to the even neighbour", () => {
    const weights = Float64Array.of(127, -127, 0.5, 1.5, -2.5, 0.49, 0);
    expect([...quantiseSymmetrically(weights, 1, int8)]).toEqual([127, -127, 0, 2, -2, 0, 0]);
  });

  test("has 3 bits from -3 to 3 steps, not to -4", () => {
    const weights = Float64Array.of(-3, 3, 2.4, -1.2);
    const rounded = quantiseSymmetrically(weights, 1, { ...int8, bits: 3 });
    expect([...rounded]).toEqual([-3, 3, 2, -1]);
  });

  test("gives each output a step of its own by channel, one to all by tensor", () => {
    const weights = Float64Array.of(127, 0.4, 1.27, 0.004);
    expect([...quantiseSymmetrically(weights, 2, int8)]).toEqual([127, 0, 1, 0]);
    const byChannel = quantiseSymmetrically(weights, 2, int8Channel);
    expect([...byChannel.slice(0, 2)]).toEqual([127, 0]);
    expect(byChannel[2]).toBeCloseTo(1.27, 15);
    expect(byChannel[3]).toBe(0);
  });

  test("leaves an output without weights at 0", () => {
    const rounded = quantiseSymmetrically(Float64Array.of(0, 0, 1, 2), 2, int8Channel);
    expect([...rounded.slice(0, 2)]).toEqual([0, 0]);
  });

  test("keeps every error within half a step of its own grid, and 0 at 0", () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 16 }), fc.boolean(), (list, bits, isTensor) => {
        const weights = Float64Array.from(list);
        const granularity = isTensor ? "tensor" : "channel";
        const rounded = quantiseSymmetrically(weights, 2, { kind: "symmetric", bits, granularity });
        const size = isTensor ? 6 : 3;
        weights.forEach((weight, index) => {
          const group = weights.slice(size * Math.floor(index / size)).slice(0, size);
          const step = Math.max(...group.map(Math.abs)) / (2 ** (bits - 1) - 1);
          expect(Math.abs(rounded[index] - weight)).toBeLessThanOrEqual((step / 2) * (1 + 1e-9));
          if (weight === 0) expect(rounded[index]).toBe(0);
        });
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test("refuses bits that make no grid", () => {
    const one = Float64Array.of(1);
    expect(() => quantiseSymmetrically(one, 1, { ...int8, bits: 1 })).toThrow(ArgumentError);
    expect(() => quantiseSymmetrically(one, 1, { ...int8, bits: 2.5 })).toThrow(
      /2 to 16 whole bits/,
    );
  });
});
