import { STANDS_LOWER, STANDS_UPPER } from "../../src/numeric/choiceKernels";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

const FREE = 2;
const FIXED = 3;
const ROWS = 21;

/** Eleven variables, one more in memory than counts, and rows of which a list names some. */
function place(kernels: Kernels) {
  const { blocks } = kernels.arena.layOut(({ values, singles, integers }) => ({
    status: integers(12),
    entries: values(12),
    costs: values(12),
    ratios: values(12),
    sizes: values(12),
    indices: integers(12),
    slack: values(ROWS),
    weight: values(ROWS),
    list: integers(ROWS),
    slope: singles(ROWS),
    cross: singles(ROWS),
  }));
  const random = createRandom(3);
  for (const block of [blocks.entries, blocks.costs, blocks.slack, blocks.slope, blocks.cross]) {
    block.view.forEach((_, index) => (block.view[index] = random.normal()));
  }
  blocks.weight.view.forEach((_, index) => (blocks.weight.view[index] = 1 + random.next()));
  blocks.status.view.forEach((_, index) => (blocks.status.view[index] = index % 4));
  blocks.list.view.forEach((_, index) => (blocks.list.view[index] = (index * 8) % ROWS));
  for (const block of [blocks.ratios, blocks.sizes, blocks.indices]) block.view.fill(-7);
  return blocks;
}

type Placed = ReturnType<typeof place>;

function collect(kernels: Kernels, placed: Placed, reach: number, found = 0): number {
  const { status, entries, costs, ratios, sizes, indices } = placed;
  return kernels.choices.collectBreakpoints({
    status: status.at,
    entries: entries.at,
    costs: costs.at,
    size: 11,
    smallest: 1e-9,
    reach,
    ratios: ratios.at,
    sizes: sizes.at,
    indices: indices.at,
    found,
  });
}

function worst(kernels: Kernels, { slack, weight, list }: Placed, least: number): number {
  return kernels.choices.mostViolated({
    slacks: slack.at,
    weights: weight.at,
    list: list.at,
    count: ROWS,
    tolerance: 1e-3,
    least,
  });
}

function move(kernels: Kernels, { slack, weight, list, slope, cross }: Placed): void {
  kernels.choices.moveSlacks({
    slacks: slack.at,
    weights: weight.at,
    list: list.at,
    count: ROWS - 2,
    slopes: slope.at,
    crosses: cross.at,
    step: 0.3,
    entry: -0.7,
    weight: 1.9,
  });
}

describe.each(makers)("the %s kernels of choices", (_, create) => {
  const made = (): Kernels => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return kernels;
  };

  test("collect what reaches zero in time, at a bound only, in order, after what is there", () => {
    const kernels = made();
    const placed = place(kernels);
    placed.status.view.set([STANDS_UPPER, STANDS_LOWER, FREE, FIXED, STANDS_UPPER, STANDS_LOWER]);
    placed.status.view.fill(STANDS_UPPER, 6);
    placed.entries.view.set([2, -4, 2, 2, -1, 1e-10, 1, 1, 1, 1, 4, 1]);
    placed.costs.view.set([1, -1, 0, 0, 1, 0, 3, 2.5, -1e-13, 9, 1, 0]);
    expect(collect(kernels, placed, 2.5, 1)).toBe(6);
    expect(Array.from(placed.indices.view.subarray(0, 7))).toEqual([-7, 0, 1, 7, 8, 10, -7]);
    // A reduced cost that rounding has put below zero counts as zero.
    expect(Array.from(placed.ratios.view.subarray(0, 7))).toEqual([
      -7, 0.5, 0.25, 2.5, 0, 0.25, -7,
    ]);
    expect(Array.from(placed.sizes.view.subarray(0, 7))).toEqual([-7, 2, 4, 1, 1, 4, -7]);
  });

  test("choose the first of the most violated rows, none that is no worse than asked", () => {
    const kernels = made();
    const placed = place(kernels);
    placed.slack.view.fill(1);
    placed.weight.view.fill(1);
    expect(worst(kernels, placed, 0)).toBe(-1);
    placed.slack.view.set([-1e-4, -2, -3, -3], 4);
    expect(worst(kernels, placed, 0)).toBe(
      placed.list.view.findIndex((row) => row === 6 || row === 7),
    );
    placed.weight.view[6] = placed.weight.view[7] = 9;
    expect(worst(kernels, placed, 0)).toBe(placed.list.view.indexOf(5));
    expect(worst(kernels, placed, 4)).toBe(-1);
  });

  test("move slacks and weights, which stay at least 1, of the rows listed", () => {
    const kernels = made();
    const placed = place(kernels);
    const slack = placed.slack.view.slice();
    const weight = placed.weight.view.slice();
    move(kernels, placed);
    placed.list.view.forEach((row, index) => {
      const isMoved = index < ROWS - 2;
      const slope = isMoved ? placed.slope.view[index] : 0;
      const cross = isMoved ? placed.cross.view[index] : 0;
      const ratio = slope / -0.7;
      expect(placed.slack.view[row]).toBeCloseTo(slack[row] - 0.3 * slope, 12);
      const expected = Math.max(weight[row] - 2 * ratio * cross + ratio * ratio * 1.9, 1);
      expect(placed.weight.view[row]).toBeCloseTo(expected, 12);
    });
  });

  test("give the bits of the plain kernels", () => {
    const [found, plain] = [made(), createPlainKernels()].map((kernels) => {
      const placed = place(kernels);
      const counts = [Infinity, 0.5, 2].map((reach) => collect(kernels, placed, reach));
      const first = worst(kernels, placed, 0);
      move(kernels, placed);
      const blocks = [placed.ratios, placed.sizes, placed.indices, placed.slack, placed.weight];
      return { counts, first, numbers: blocks.map(({ view }) => Array.from(view)) };
    });
    expect(found).toEqual(plain);
  });
});
