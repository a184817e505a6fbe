import { convolutionSizes, type Conv2dLayer } from "../../src/network/layer/conv2d";
import {
  applyConvolution,
  fillConvolution,
  placeConvolution,
  scratchLengths,
} from "../../src/network/tiledConvolution";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { convolve } from "../../src/numeric/layerKernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, Kernels][] = [["plain", createPlainKernels()]];
const simd = loadSimdKernels();
if (simd !== undefined) makers.push(["simd", simd]);

type Shape = Omit<Conv2dLayer, "kind" | "weights" | "bias">;

/** Shapes whose rows and channels end within a tile, at its end and before it. */
const SHAPES: readonly Shape[] = [1, 2, 3, 5].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) =>
    [0, 1, 2].flatMap((padding) =>
      [
        { height: 9, width: 8, inChannels: 1, outChannels: 4 },
        { height: 6, width: 11, inChannels: 3, outChannels: 1 },
        { height: 5, width: 5, inChannels: 2, outChannels: 7 },
      ].map((image) => ({ kernel, stride, padding, ...image })),
    ),
  ),
);

/** Windows that are not square, reach over four different edges, or leave pixels out. */
const UNEVEN: readonly Shape[] = (
  [
    { kernel: [2, 3], stride: [1, 2], padding: [0, 2, 1, 3] },
    { kernel: [3, 1], stride: [3, 1], padding: [2, 0, 0, 1] },
    { kernel: 3, stride: 2, padding: 1, dilation: 2 },
    { kernel: [2, 2], stride: [2, 3], padding: 0, dilation: [1, 3] },
    { kernel: 1, stride: 4, padding: 0 },
  ] as const
).map((window) => ({ height: 9, width: 10, inChannels: 2, outChannels: 5, ...window }));

function layerOf(shape: Shape): Conv2dLayer {
  const random = createRandom(3);
  const { inChannels, outChannels } = shape;
  const { kernelHeight: rows, kernelWidth: columns } = convolutionSizes(shape);
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.normal());
  const weights = values(outChannels * inChannels * rows * columns);
  weights[0] = 0;
  return { kind: "conv2d", ...shape, weights, bias: values(outChannels) };
}

describe.each(makers)("a convolution in tiles, in %s kernels,", (_, kernels) => {
  test("has the bits of the plain one, whatever its kernel, stride, padding and channels", () => {
    for (const shape of [...SHAPES, ...UNEVEN]) {
      const layer = layerOf(shape);
      const lengths = scratchLengths(layer);
      const { blocks } = kernels.arena.layOut((make) => ({
        tiled: placeConvolution(layer, make),
        input: make.values(lengths.input),
        output: make.values(lengths.output),
        lists: make.integers(lengths.lists),
      }));
      fillConvolution(blocks.tiled);
      // What was in the memory before does not matter.
      blocks.input.view.fill(NaN);
      blocks.output.view.fill(NaN);
      const random = createRandom(4);
      const { inChannels, outChannels, height, width } = layer;
      const sizes = convolutionSizes(layer);
      const x = Float64Array.from({ length: inChannels * height * width }, () => random.normal());
      const found = new Float64Array(outChannels * sizes.outHeight * sizes.outWidth);
      const expected = found.slice();
      applyConvolution(blocks.tiled, kernels, blocks, x, found);
      convolve(sizes, layer.weights, layer.bias, x, expected);
      expect([shape, found]).toEqual([shape, expected]);
    }
  });
});
