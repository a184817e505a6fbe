import { bandStride } from "../../src/numeric/bandKernels";
import { HEAD, SHAPE } from "../../src/numeric/frameKernels";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

/** Frames of some shapes at every place of a picture, twice each. */
interface Picture {
  readonly height: number;
  readonly line: number;
  /** Lines and width of each shape. */
  readonly shapes: readonly (readonly [number, number])[];
}

const PICTURES: readonly Picture[] = [
  {
    height: 9,
    line: 11,
    shapes: [
      [3, 3],
      [5, 5],
      [6, 6],
      [2, 4],
    ],
  },
  {
    height: 4,
    line: 24,
    shapes: [
      [2, 9],
      [4, 15],
      [1, 1],
    ],
  },
  {
    height: 3,
    line: 3,
    shapes: [
      [3, 3],
      [1, 2],
      [2, 1],
    ],
  },
];

/** Rows written out, beside the same rows as frames in the kernels' memory. */
function layRows(kernels: Kernels, { height, line, shapes }: Picture) {
  const size = height * line;
  const rows: { shape: number; corner: number }[] = [];
  shapes.forEach(([lines, width], shape) => {
    for (let r = 0; r + lines <= height; r++) {
      for (let c = 0; c + width <= line; c++) {
        for (let copy = 0; copy < 1 + (c % 2); copy++) rows.push({ shape, corner: r * line + c });
      }
    }
  });
  const pitchOf = (width: number): number => width + (width % 2);
  const lengths = shapes.map(([lines, width]) => lines * pitchOf(width));
  const reach = Math.max(...shapes.map(([lines, width]) => (lines - 1) * line + width - 1));
  const stride = bandStride(reach, Math.max(...shapes.map(([, width]) => width + 1)));
  const lot = kernels.arena.layOut((make) => ({
    table: make.integers(SHAPE * shapes.length),
    heads: make.integers(HEAD * rows.length),
    order: make.integers(rows.length),
    groups: make.integers(rows.length + 1),
    pointers: make.integers(rows.length),
    values: make.values(rows.length * Math.max(...lengths)),
    x: make.values(size + 1),
    weights: make.values(rows.length),
    products: make.values(rows.length),
    sums: make.values(size + 1),
    matrix: make.values(size * stride + size + 8),
    scratch: make.values(rows.length * Math.max(...lengths)),
  }));
  const { blocks } = lot;
  const random = createRandom(11);
  const fill = (view: Float64Array): void => view.forEach((_, at) => (view[at] = random.normal()));
  fill(blocks.x.view);
  fill(blocks.weights.view);
  fill(blocks.sums.view);
  blocks.x.view[size] = 0;
  blocks.values.view.fill(0);
  shapes.forEach(([lines, width], shape) =>
    blocks.table.view.set([lines, width, pitchOf(width)], SHAPE * shape),
  );
  const dense = rows.map(() => new Array<number>(size).fill(0));
  let place = 0;
  rows.forEach(({ shape, corner }, row) => {
    const [lines, width] = shapes[shape];
    blocks.heads.view.set([shape, corner, blocks.values.at + place], HEAD * row);
    for (let r = 0; r < lines; r++) {
      for (let c = 0; c < width; c++) {
        const value = random.normal();
        blocks.values.view[place + r * pitchOf(width) + c] = value;
        dense[row][corner + r * line + c] = value;
      }
    }
    place += lengths[shape];
  });
  // Rows stand in groups already, one after another.
  blocks.order.view.forEach((_, at, view) => (view[at] = at));
  let groupCount = 0;
  rows.forEach(({ shape, corner }, row) => {
    const before = rows[row - 1];
    if (before?.shape === shape && before.corner === corner) return;
    blocks.groups.view[groupCount++] = row;
  });
  blocks.groups.view[groupCount] = rows.length;
  return { lot, size, rows, dense, stride, reach, groupCount };
}

function form(kernels: Kernels, picture: Picture, laid: ReturnType<typeof layRows>): void {
  const { blocks } = laid.lot;
  blocks.matrix.view.fill(0);
  kernels.frames.formNormal({
    groupCount: laid.groupCount,
    groups: blocks.groups.at,
    order: blocks.order.at,
    heads: blocks.heads.at,
    table: blocks.table.at,
    line: picture.line,
    weights: blocks.weights.at,
    matrix: blocks.matrix.at,
    stride: laid.stride,
    scratch: blocks.scratch.at,
    pointers: blocks.pointers.at,
  });
}

describe.each(makers)("the %s frame kernels", (_, create) => {
  const made = (): Kernels => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return kernels;
  };

  test.each(PICTURES)("give the products of rows at all places of $height × $line", (picture) => {
    const kernels = made();
    const { lot, size, rows, dense } = layRows(kernels, picture);
    const { heads, table, x, products, weights, sums } = lot.blocks;
    const before = sums.view.slice();
    const { frames } = kernels;
    frames.multiplyFrames({
      count: rows.length,
      heads: heads.at,
      table: table.at,
      line: picture.line,
      x: x.at,
      out: products.at,
    });
    frames.addFrames({
      count: rows.length,
      heads: heads.at,
      table: table.at,
      line: picture.line,
      weights: weights.at,
      out: sums.at,
    });
    let worst = 0;
    dense.forEach((row, index) => {
      const sum = row.reduce((total, value, column) => total + value * x.view[column], 0);
      worst = Math.max(worst, Math.abs(products.view[index] - sum));
    });
    for (let column = 0; column < size; column++) {
      const sum = dense.reduce((total, row, i) => total + weights.view[i] * row[column], 0);
      worst = Math.max(worst, Math.abs(sums.view[column] - before[column] - sum));
    }
    expect(worst).toBeLessThan(1e-12);
    expect(sums.view[size]).toBe(before[size]);
  });

  test.each(PICTURES)("apply rows and their transposes at once, $height × $line", (picture) => {
    const kernels = made();
    const { lot, rows } = layRows(kernels, picture);
    const { heads, table, x, products, weights, sums } = lot.blocks;
    const { frames } = kernels;
    const before = sums.view.slice();
    const { line } = picture;
    frames.multiplyFrames({
      count: rows.length,
      heads: heads.at,
      table: table.at,
      line,
      x: x.at,
      out: products.at,
    });
    const multiplied = products.view.slice();
    products.view.forEach((each, row, view) => (view[row] = each * weights.view[row]));
    frames.addFrames({
      count: rows.length,
      heads: heads.at,
      table: table.at,
      line,
      weights: products.at,
      out: sums.at,
    });
    const expected = sums.view.slice();
    sums.view.set(before);
    products.view.fill(NaN);
    frames.applyFrames({
      count: rows.length,
      heads: heads.at,
      table: table.at,
      line,
      weights: weights.at,
      x: x.at,
      products: products.at,
      out: sums.at,
    });
    expect(sums.view).toEqual(expected);
    expect(products.view).toEqual(multiplied);
  });

  test.each(PICTURES)("form the normal matrix of $height × $line, zero outside", (picture) => {
    const kernels = made();
    const laid = layRows(kernels, picture);
    form(kernels, picture, laid);
    const { matrix, weights } = laid.lot.blocks;
    let worst = 0;
    for (let i = 0; i < laid.size; i++) {
      for (let j = 0; j <= i; j++) {
        const sum = laid.dense.reduce(
          (total, row, index) => total + weights.view[index] * row[i] * row[j],
          0,
        );
        const found = i - j <= laid.reach ? matrix.view[i * laid.stride + j] : 0;
        worst = Math.max(worst, Math.abs(found - sum));
      }
    }
    expect(worst).toBeLessThan(1e-12);
    // A block of columns reads so far left of a band.
    for (let i = 0; i < laid.size; i++) {
      for (let j = Math.max(0, i - laid.reach - 28); j < i - laid.reach; j++) {
        expect(matrix.view[i * laid.stride + j]).toBe(0);
      }
    }
  });

  test.each(PICTURES)("give the bits of the plain ones, $height × $line", (picture) => {
    const bitsOf = (kernels: Kernels): number[] => {
      const laid = layRows(kernels, picture);
      const { heads, table, x, products, weights, sums, matrix } = laid.lot.blocks;
      const { frames } = kernels;
      const { rows } = laid;
      frames.multiplyFrames({
        count: rows.length,
        heads: heads.at,
        table: table.at,
        line: picture.line,
        x: x.at,
        out: products.at,
      });
      frames.addFrames({
        count: rows.length,
        heads: heads.at,
        table: table.at,
        line: picture.line,
        weights: weights.at,
        out: sums.at,
      });
      form(kernels, picture, laid);
      return [...products.view, ...sums.view, ...matrix.view];
    };
    expect(bitsOf(made())).toEqual(bitsOf(createPlainKernels()));
  });
});
