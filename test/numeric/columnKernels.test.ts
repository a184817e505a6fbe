import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

describe.each(makers)("column sums in the %s kernels", (_, make) => {
  test.each([
    ["sumColumns", 11, 7],
    ["sumColumns", 4, 1],
    ["sumPromotedColumns", 9, 5],
    ["sumPromotedColumns", 3, 0],
  ] as const)("%s adds up %i rows over %i columns one after another", (name, rows, count) => {
    const kernels = make();
    if (kernels === undefined) throw new Error("no kernels");
    const random = createRandom(8);
    const [height, width] = [13, 9];
    const isSingle = name === "sumPromotedColumns";
    const { blocks } = kernels.arena.layOut((maker) => ({
      matrix: isSingle ? maker.singles(height * width) : maker.values(height * width),
      list: maker.integers(rows),
      places: maker.integers(count),
      factors: maker.values(count),
      out: maker.values(rows),
    }));
    const { matrix, list, places, factors, out } = blocks;
    for (let index = 0; index < height * width; index++) matrix.view[index] = random.normal();
    list.view.forEach((_each, index, view) => (view[index] = (index * 5) % height));
    places.view.forEach((_each, index, view) => (view[index] = (index * 4) % width));
    factors.view.forEach((_each, index, view) => (view[index] = random.normal()));
    kernels.columns[name]({
      matrix: matrix.at,
      stride: width,
      list: list.at,
      rows,
      places: places.at,
      factors: factors.at,
      count,
      out: out.at,
    });
    list.view.forEach((row, index) => {
      let sum = 0;
      places.view.forEach((column, k) => {
        sum += factors.view[k] * matrix.view[row * width + column];
      });
      expect(out.view[index]).toBe(sum);
    });
  });
});
