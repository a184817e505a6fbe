import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import { TILE } from "../../src/numeric/tileKernels";
import { FLOAT32_RELATIVE } from "../../src/numeric/tolerance";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

const COLUMNS = 20;
const TILES = 3;

/** Three tiles of twenty columns, two weightings of a list, and room for sums of all rows. */
function place(kernels: Kernels, list: readonly number[]) {
  const { blocks } = kernels.arena.layOut(({ singles, integers }) => ({
    tiles: singles(TILES * COLUMNS * TILE),
    list: integers(list.length),
    a: singles(list.length),
    b: singles(list.length),
    one: singles(TILES * TILE),
    outA: singles(TILES * TILE),
    outB: singles(TILES * TILE),
  }));
  const random = createRandom(11);
  for (const { view } of [blocks.tiles, blocks.a, blocks.b]) {
    view.forEach((_, index) => (view[index] = random.normal()));
  }
  for (const { view } of [blocks.one, blocks.outA, blocks.outB]) view.fill(7);
  blocks.list.view.set(list);
  return blocks;
}

type Placed = ReturnType<typeof place>;

/** Both kernels over the first tiles. */
function sum(kernels: Kernels, placed: Placed, tileCount: number): void {
  const { tiles, list, a, b, one, outA, outB } = placed;
  const count = list.view.length;
  const stride = COLUMNS * TILE;
  kernels.tiles.sumTiles({
    tiles: tiles.at,
    stride,
    tileCount,
    list: list.at,
    weights: a.at,
    count,
    out: one.at,
  });
  kernels.tiles.sumTilesTwice({
    tiles: tiles.at,
    stride,
    tileCount,
    list: list.at,
    a: a.at,
    b: b.at,
    count,
    outA: outA.at,
    outB: outB.at,
  });
}

const LISTS = [[3, 0, 7, 7, 12, 5, 19], [4], []];

describe.each(makers)("the %s kernels of tiles", (_, create) => {
  const made = (): Kernels => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return kernels;
  };

  test.each(LISTS.map((list) => [list]))("sum the columns of a list: %j", (list) => {
    const kernels = made();
    const placed = place(kernels, list);
    sum(kernels, placed, 2);
    const expected = (weights: Float32Array, row: number): number => {
      const first = Math.floor(row / TILE) * COLUMNS * TILE + (row % TILE);
      return list.reduce(
        (total, column, t) => total + weights[t] * placed.tiles.view[first + column * TILE],
        0,
      );
    };
    for (let row = 0; row < 2 * TILE; row++) {
      for (const [out, weights] of [
        [placed.one, placed.a],
        [placed.outA, placed.a],
        [placed.outB, placed.b],
      ]) {
        const difference = Math.abs(out.view[row] - expected(weights.view, row));
        expect(difference).toBeLessThan(100 * FLOAT32_RELATIVE);
      }
    }
    for (const out of [placed.one, placed.outA, placed.outB]) expect(out.view[2 * TILE]).toBe(7);
  });

  test("give the bits of the plain kernels", () => {
    const [found, plain] = [made(), createPlainKernels()].map((kernels) => {
      const placed = place(kernels, LISTS[0]);
      sum(kernels, placed, TILES);
      return [placed.one, placed.outA, placed.outB].map(({ view }) => Array.from(view));
    });
    expect(found).toEqual(plain);
  });
});
