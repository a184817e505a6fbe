import fc from "fast-check";
import { fromBfloat16, roundToBfloat16 } from "../../src/numeric/bfloat16";

const PARAMETERS = { seed: 20250916, numRuns: 5000 };

/**
 * bfloat16 of a binary32 value by its bits: drop the lower half, ties to even; another way than the
 * code's.
 */
function reference(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const increment = 0x7fff + ((bits >>> 16) & 1);
  view.setUint32(0, ((bits + increment) & 0xffff0000) >>> 0);
  return view.getFloat32(0);
}

describe("roundToBfloat16", () => {
  test("keeps all 65,536 patterns but turns NaN into NaN", () => {
    const wrong: number[] = [];
    for (let pattern = 0; pattern < 65536; pattern++) {
      const value = fromBfloat16(pattern);
      if (!Object.is(roundToBfloat16(value), value)) wrong.push(pattern);
    }
    expect(wrong).toEqual([]);
  });

  test("agrees with the reference on random binary32 values", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) =>
        Object.is(roundToBfloat16(value), reference(value)),
      ),
      PARAMETERS,
    );
  });

  test("rounds binary64 once: a value just above a tie goes up though binary32 would see the tie", () => {
    const tie = 1 + 2 ** -8;
    expect(roundToBfloat16(tie)).toBe(1);
    expect(roundToBfloat16(tie + 2 ** -40)).toBe(1 + 2 ** -7);
  });

  test("is infinite beyond the largest value by half a unit", () => {
    const largest = fromBfloat16(0x7f7f);
    expect(roundToBfloat16(largest + 2 ** 118)).toBe(largest);
    expect(roundToBfloat16(largest + 2 ** 119)).toBe(Infinity);
  });
});
