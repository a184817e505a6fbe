import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Arena } from "../../src/numeric/arena";
import { createPlainKernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";

const makers: [string, () => Arena][] = [["plain", () => createPlainKernels().arena]];
const simd = loadSimdKernels();
if (simd !== undefined) makers.push(["simd", () => (loadSimdKernels() ?? simd).arena]);

describe.each(makers)("an arena of the %s kernels", (_, create) => {
  test("hands out blocks that do not overlap, at even positions", () => {
    const arena = create();
    const { blocks } = arena.layOut((make) => [
      make.values(3),
      make.singles(5),
      make.integers(1),
      make.values(2),
    ]);
    expect(blocks.map(({ at }) => at)).toEqual([0, 8, 16, 10]);
    expect(blocks.map(({ view }) => view.length)).toEqual([3, 5, 1, 2]);
    blocks.forEach(({ view }, index) => view.fill(index + 1));
    expect(blocks.map(({ view }) => [...view])).toEqual([[1, 1, 1], Array(5).fill(2), [3], [4, 4]]);
    expect(arena.values[blocks[3].at]).toBe(4);
  });

  test("keeps blocks usable when the memory grows for others", () => {
    const arena = create();
    const first = arena.layOut((make) => ({ numbers: make.values(4), list: make.integers(2) }));
    first.blocks.numbers.view.set([1, 2, 3, 4]);
    first.blocks.list.view.set([7, 8]);
    const before = arena.values.buffer;
    const other = arena.layOut((make) => make.values(1 << 18));
    expect(arena.values.buffer).not.toBe(before);
    expect([...first.blocks.numbers.view]).toEqual([1, 2, 3, 4]);
    expect([...first.blocks.list.view]).toEqual([7, 8]);
    first.blocks.numbers.view[0] = 9;
    expect(arena.values[first.blocks.numbers.at]).toBe(9);
    expect(other.blocks.at).toBeGreaterThanOrEqual(first.blocks.numbers.at + 4);
  });

  test("gives a released place to the next lot that fits, and to no other", () => {
    const arena = create();
    const lots = [10, 4, 6].map((length) => arena.layOut((make) => make.values(length)));
    lots[1].release();
    lots[1].release();
    expect(arena.layOut((make) => make.values(6)).blocks.at).toBe(20);
    expect(arena.layOut((make) => make.values(3)).blocks.at).toBe(10);
    expect(lots.map(({ blocks }) => blocks.at)).toEqual([0, 10, 14]);
  });

  test("takes the places back of lots that nobody holds any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const arena = create();
    for (let round = 0; round < 10; round++) {
      arena.layOut((make) => make.values(1 << 17));
      collect();
      // Lots are taken back between two turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(arena.values.byteLength).toBeLessThan(10 * (1 << 20));
  });
});
