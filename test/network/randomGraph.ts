import type { Layer, Network, Node } from "../../src/network/network";
import { createGraph } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import type { RandomSource } from "../../src/numeric/random";

/** Draws the numbers of layers. */
interface Draw {
  values(count: number, scale?: number): Float64Array;
  dense(inputs: number, outputs: number): Layer;
  conv(sizes: Omit<Extract<Layer, { kind: "conv2d" }>, "kind" | "weights" | "bias">): Layer;
}

function drawFrom(random: RandomSource): Draw {
  const values = (count: number, scale = 1): Float64Array =>
    Float64Array.from({ length: count }, () => scale * random.normal());
  return {
    values,
    dense: (inputs, outputs) => ({
      kind: "dense",
      weights: createMatrix(outputs, inputs, values(inputs * outputs, 1 / Math.sqrt(inputs))),
      bias: values(outputs, 0.3),
    }),
    conv(sizes) {
      const [tall, wide] =
        typeof sizes.kernel === "number" ? [sizes.kernel, sizes.kernel] : sizes.kernel;
      const perOutput = (sizes.inChannels / (sizes.groups ?? 1)) * tall * wide;
      const weights = values(sizes.outChannels * perOutput, 1 / Math.sqrt(perOutput));
      return { kind: "conv2d", ...sizes, weights, bias: values(sizes.outChannels, 0.3) };
    },
  };
}

const RELU: Layer = { kind: "relu" };

/** A chain of layers as nodes. */
function chain(...layers: Layer[]): Node[] {
  return layers.map((layer, index) => ({ layer, from: [index] }));
}

/** A block with a skip around two convolutions, and the mean of what comes out. */
export function residualNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  const image = { height: 4, width: 4 };
  const same = { ...image, kernel: 3, stride: 1, padding: 1 };
  return createGraph("residual", 16, [
    { layer: draw.conv({ inChannels: 1, outChannels: 2, ...same }), from: [0] },
    { layer: RELU, from: [1] },
    { layer: draw.conv({ inChannels: 2, outChannels: 2, ...same }), from: [2] },
    { layer: RELU, from: [3] },
    { layer: draw.conv({ inChannels: 2, outChannels: 2, ...same }), from: [4] },
    { layer: { kind: "add" }, from: [2, 5] },
    { layer: RELU, from: [6] },
    { layer: { kind: "averagePool2d", channels: 2, ...image, window: 4 }, from: [7] },
    { layer: draw.dense(2, 3), from: [8] },
  ]);
}

/** Means over overlapping, padded windows. */
export function averagingNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  const image = { height: 5, width: 4 };
  return createGraph("averaging", 20, [
    ...chain(
      { kind: "normalise", mean: 0.13, deviation: 0.31 },
      {
        kind: "averagePool2d",
        channels: 1,
        ...image,
        window: [3, 2],
        stride: [2, 1],
        padding: [1, 0, 1, 1],
      },
      draw.conv({
        inChannels: 1,
        outChannels: 2,
        height: 3,
        width: 4,
        kernel: 2,
        stride: 1,
        padding: 0,
      }),
      RELU,
      draw.dense(12, 3),
    ),
  ]);
}

/** A batch normalisation behind a convolution, then maxima over overlapping, padded windows. */
export function batchNormNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  const image = { height: 4, width: 5 };
  return createGraph(
    "batch norm",
    20,
    chain(
      draw.conv({ inChannels: 1, outChannels: 2, ...image, kernel: 3, stride: 1, padding: 1 }),
      {
        kind: "scale",
        channels: 2,
        pixels: 20,
        role: "rounded",
        weights: draw.values(2),
        bias: draw.values(2),
      },
      RELU,
      { kind: "maxPool2d", channels: 2, ...image, window: 3, stride: 2, padding: [1, 1, 0, 1] },
      draw.dense(2 * 2 * 3, 3),
    ),
  );
}

/** Values clipped from both sides, and leaky ones whose slopes are learned. */
export function clippedNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  return createGraph(
    "clipped",
    5,
    chain(
      draw.dense(5, 8),
      { kind: "clip", lower: -0.3, upper: 0.4 },
      draw.dense(8, 6),
      { kind: "prelu", channels: 3, pixels: 2, slopes: draw.values(3, 0.3) },
      draw.dense(6, 3),
      { kind: "clip", lower: -1, upper: 1 },
    ),
  );
}

/** Two branches of odd convolutions, one value read three times, values moved about. */
export function branchedNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  const image = { height: 4, width: 4 };
  return createGraph("branched", 32, [
    {
      layer: draw.conv({
        ...{ inChannels: 2, outChannels: 4, groups: 2, ...image },
        ...{ kernel: [1, 3], stride: [1, 2], padding: [0, 1, 0, 0] },
      }),
      from: [0],
    },
    {
      layer: draw.conv({
        ...{ inChannels: 2, outChannels: 3, ...image },
        ...{ kernel: 2, dilation: [2, 1], stride: [1, 2], padding: [1, 0, 1, 0] },
      }),
      from: [0],
    },
    { layer: { kind: "concat" }, from: [1, 2] },
    { layer: { kind: "clip", lower: 0, upper: 0.8 }, from: [3] },
    {
      layer: { kind: "maxPool2d", channels: 7, height: 4, width: 2, window: [2, 1], stride: 1 },
      from: [4],
    },
    {
      layer: {
        kind: "pick",
        inputSize: 32,
        indices: Array.from({ length: 10 }, (_, k) => (k % 4 === 3 ? -1 : 31 - 3 * k)),
      },
      from: [0],
    },
    { layer: draw.dense(42, 10), from: [5] },
    { layer: { kind: "add" }, from: [6, 7, 6] },
    { layer: { kind: "leakyRelu", slope: -0.2 }, from: [8] },
    { layer: { kind: "concat" }, from: [9, 7] },
    { layer: draw.dense(20, 3), from: [10] },
  ]);
}

/** Few inputs of very different ranges, as tabular data and ACAS Xu have them. */
export function tabularNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  return createGraph(
    "tabular",
    5,
    chain(
      {
        kind: "normalise",
        mean: [197.9, 0, -0.25, 6.5, 600],
        deviation: [602.61, 6.28318530718, 1.5, 11, 1200],
      },
      draw.dense(5, 7),
      RELU,
      draw.dense(7, 6),
      RELU,
      draw.dense(6, 3),
    ),
  );
}

/** Pictures of three channels, each with a mean and a deviation of its own. */
export function colourNetwork(random: RandomSource): Network {
  const draw = drawFrom(random);
  const image = { height: 4, width: 5 };
  return createGraph(
    "colour",
    60,
    chain(
      { kind: "normalise", mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
      draw.conv({ inChannels: 3, outChannels: 4, ...image, kernel: 3, stride: 1, padding: 1 }),
      RELU,
      { kind: "maxPool2d", channels: 4, ...image, window: 2 },
      draw.dense(4 * 2 * 2, 3),
    ),
  );
}

/** One of each, by name. */
export const GRAPHS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["residual", residualNetwork],
  ["averaging", averagingNetwork],
  ["batch-normalised", batchNormNetwork],
  ["clipped", clippedNetwork],
  ["branched", branchedNetwork],
  ["colour", colourNetwork],
];

/** Graphs so small that every combination of pieces can be tried. */
export const TINY_GRAPHS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  [
    "a skip around a ReLU",
    (random) => {
      const draw = drawFrom(random);
      return createGraph("tiny residual", 2, [
        { layer: draw.dense(2, 2), from: [0] },
        { layer: RELU, from: [1] },
        { layer: { kind: "add" }, from: [2, 0] },
        { layer: draw.dense(2, 1), from: [3] },
        {
          layer: { kind: "prelu", channels: 1, pixels: 1, slopes: Float64Array.of(0.2) },
          from: [4],
        },
        { layer: { kind: "concat" }, from: [5, 1] },
        { layer: draw.dense(3, 1), from: [6] },
      ]);
    },
  ],
  [
    "clips and maxima",
    (random) => {
      const draw = drawFrom(random);
      return createGraph("tiny clipped", 2, [
        { layer: draw.dense(2, 3), from: [0] },
        {
          layer: { kind: "maxPool2d", channels: 1, height: 1, width: 3, window: [1, 2], stride: 1 },
          from: [1],
        },
        { layer: { kind: "clip", lower: -0.2, upper: 0.3 }, from: [2] },
        { layer: { kind: "add" }, from: [3, 2] },
        { layer: draw.dense(2, 1), from: [4] },
      ]);
    },
  ],
];

/**
 * A small graph of random architecture: layers of random kinds that read random earlier values, the
 * last of which is read with what nobody else has read.
 */
export function randomSmallGraph(random: RandomSource): Network {
  const draw = drawFrom(random);
  const nodes: Node[] = [];
  const sizes = [2];
  const any = (count: number): number => Math.floor(random.next() * count);
  const grow = (layer: Layer, from: number[], size: number): void => {
    nodes.push({ layer, from });
    sizes.push(size);
  };
  /** Numbers that have pieces: few of them, so that all combinations can be tried. */
  let switching = 0;
  while (nodes.length < 7) {
    const from = any(sizes.length);
    const size = sizes[from];
    const alike = sizes.flatMap((one, value) => (one === size ? [value] : []));
    const other = alike[any(alike.length)];
    const kind = any(7);
    if (kind <= 1) {
      const outputs = 1 + any(3);
      grow(draw.dense(size, outputs), [from], outputs);
    } else if (kind === 2) grow({ kind: "add" }, [from, other], size);
    else if (kind === 3 && size <= 2) grow({ kind: "concat" }, [from, other], 2 * size);
    else if (kind >= 4 && switching + size <= 5) {
      switching += size;
      const slopes = draw.values(1, 0.3);
      const pieces: readonly Layer[] = [
        RELU,
        { kind: "clip", lower: -0.3, upper: 0.4 },
        { kind: "prelu", channels: 1, pixels: size, slopes },
      ];
      grow(pieces[kind - 4], [from], size);
    }
  }
  const read = new Set(nodes.flatMap(({ from }) => from));
  const loose = sizes.flatMap((_, value) => (value > 0 && !read.has(value) ? [value] : []));
  const width = loose.reduce((sum, value) => sum + sizes[value], 0);
  if (loose.length > 1) grow({ kind: "concat" }, loose, width);
  const last = loose.length > 1 ? nodes.length : loose[0];
  grow(draw.dense(width, 2), [last], 2);
  return createGraph("random graph", 2, nodes);
}
