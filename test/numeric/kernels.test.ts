import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

/**
 * Kernels over a memory of values that are not round, with a list of rows at integer position 0.
 */
function filled(kernels: Kernels, list: readonly number[]): Kernels {
  kernels.arena.layOut((make) => make.values(3000));
  const random = createRandom(7);
  for (let index = 0; index < 2000; index++) kernels.arena.values[index] = random.normal();
  kernels.arena.integers.set(list);
  return kernels;
}

// Positions in values; the list of row numbers fills the first 20.
const MATRIX = 20;
const STRIDE = 37;
const A = 1000;
const X = 1150;
const OUT = 1200;

function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(1e-12);
}

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

describe.each(makers)("the %s kernels", (_, create) => {
  const list = [3, 0, 7, 7, 12, 5, 9];
  let kernels: Kernels;
  let before: Float64Array;
  beforeEach(() => {
    const made = create();
    if (made === undefined) throw new Error("the kernels were there a moment ago");
    kernels = filled(made, list);
    before = kernels.arena.values.slice(0, 2000);
  });

  test("addRows adds weighted rows of a list and nothing beyond their length", () => {
    for (const [count, size] of [
      [7, 37],
      [4, 36],
      [1, 1],
      [0, 5],
      [6, 35],
    ]) {
      kernels.arena.values.set(before);
      kernels.matrix.addRows({
        matrix: MATRIX,
        stride: STRIDE,
        list: 0,
        weights: A,
        count,
        size,
        out: OUT,
      });
      for (let j = 0; j < size; j++) {
        let sum = before[OUT + j];
        for (let t = 0; t < count; t++)
          sum += before[A + t] * before[MATRIX + list[t] * STRIDE + j];
        expectClose(kernels.arena.values[OUT + j], sum);
      }
      expect(kernels.arena.values[OUT + size]).toBe(before[OUT + size]);
    }
  });

  test("multiply gives one inner product per row", () => {
    for (const [rows, columns] of [
      [5, 37],
      [4, 36],
      [1, 3],
      [3, 2],
    ]) {
      kernels.arena.values.set(before);
      kernels.matrix.multiply({ matrix: MATRIX, stride: STRIDE, rows, columns, x: X, out: OUT });
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += before[MATRIX + i * STRIDE + j] * before[X + j];
        expectClose(kernels.arena.values[OUT + i], sum);
      }
      expect(kernels.arena.values[OUT + rows]).toBe(before[OUT + rows]);
    }
  });

  test("multiplyTwice gives the bits of multiply for both vectors", () => {
    for (const [rows, columns] of [
      [5, 37],
      [4, 36],
      [1, 3],
    ]) {
      kernels.arena.values.set(before);
      kernels.matrix.multiply({ matrix: MATRIX, stride: STRIDE, rows, columns, x: X, out: OUT });
      kernels.matrix.multiply({
        matrix: MATRIX,
        stride: STRIDE,
        rows,
        columns,
        x: A,
        out: OUT + 20,
      });
      kernels.matrix.multiplyTwice({
        matrix: MATRIX,
        stride: STRIDE,
        rows,
        columns,
        a: X,
        b: A,
        outA: OUT + 40,
        outB: OUT + 60,
      });
      const at = (start: number): number[] =>
        Array.from(kernels.arena.values.subarray(start, start + rows));
      expect(at(OUT + 40)).toEqual(at(OUT));
      expect(at(OUT + 60)).toEqual(at(OUT + 20));
      expect(kernels.arena.values[OUT + 40 + rows]).toBe(before[OUT + 40 + rows]);
    }
  });

  test("addOuterProduct changes the block and nothing beside it", () => {
    kernels.arena.values[A + 1] = 0;
    kernels.matrix.addOuterProduct({
      matrix: MATRIX,
      stride: STRIDE,
      rows: 4,
      columns: 35,
      u: A,
      v: X,
    });
    for (let i = 0; i < 4; i++) {
      const u = i === 1 ? 0 : before[A + i];
      for (let j = 0; j < STRIDE; j++) {
        const at = MATRIX + i * STRIDE + j;
        expectClose(kernels.arena.values[at], before[at] + (j < 35 ? u * before[X + j] : 0));
      }
    }
  });

  test("gives the bits of the plain kernels", () => {
    const plain = filled(createPlainKernels(), list);
    for (const each of [kernels, plain]) {
      each.matrix.addRows({
        matrix: MATRIX,
        stride: STRIDE,
        list: 0,
        weights: A,
        count: 7,
        size: 37,
        out: OUT,
      });
      each.matrix.multiplyTwice({
        matrix: MATRIX,
        stride: STRIDE,
        rows: 9,
        columns: 35,
        a: X,
        b: A,
        outA: OUT + 300,
        outB: OUT + 350,
      });
      each.matrix.multiply({
        matrix: MATRIX,
        stride: STRIDE,
        rows: 9,
        columns: 35,
        x: X,
        out: OUT + 250,
      });
      each.matrix.addOuterProduct({
        matrix: MATRIX,
        stride: STRIDE,
        rows: 6,
        columns: 37,
        u: A,
        v: X,
      });
    }
    expect(Array.from(kernels.arena.values.subarray(0, 2000))).toEqual(
      Array.from(plain.arena.values.subarray(0, 2000)),
    );
  });

  test("keeps what is in memory when it grows", () => {
    kernels.arena.layOut((make) => make.values(1 << 17));
    expect(kernels.arena.values.byteLength).toBeGreaterThanOrEqual(1 << 20);
    expect(Array.from(kernels.arena.values.subarray(20, 2000))).toEqual(
      Array.from(before.subarray(20)),
    );
  });
});
