import { convolutionSizes } from "../../src/network/layer/conv2d";
import type { Conv2dLayer, Layer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import type { RandomSource } from "../../src/numeric/random";

/** One stage of a convolutional network. */
export type Stage =
  | { kind: "conv"; channels: number; kernel: number; stride?: number; padding?: number }
  | { kind: "pool"; window: number }
  | { kind: "relu" };

/** Stages behind a normalisation, and two dense layers behind them. */
export interface ConvolutionalShape {
  readonly name: string;
  readonly picture: readonly [height: number, width: number, channels: number];
  readonly stages: readonly Stage[];
}

const relu = { kind: "relu" } as const;
const pool = { kind: "pool", window: 2 } as const;

/** Networks of one to three convolutions, of every kind of stage in every order. */
export const CONVOLUTIONAL_SHAPES: readonly ConvolutionalShape[] = [
  {
    name: "like Net2: conv, conv, pool",
    picture: [12, 11, 1],
    stages: [
      { kind: "conv", channels: 3, kernel: 3, padding: 1 },
      relu,
      { kind: "conv", channels: 4, kernel: 3, padding: 1 },
      relu,
      pool,
    ],
  },
  {
    name: "one convolution, no pooling",
    picture: [7, 7, 1],
    stages: [{ kind: "conv", channels: 3, kernel: 4 }, relu],
  },
  {
    name: "stride 2, kernel 5",
    picture: [14, 14, 1],
    stages: [
      { kind: "conv", channels: 3, kernel: 5, stride: 2, padding: 1 },
      relu,
      { kind: "conv", channels: 2, kernel: 3 },
      relu,
    ],
  },
  {
    name: "colour, conv, pool, conv",
    picture: [8, 8, 3],
    stages: [
      { kind: "conv", channels: 4, kernel: 3, padding: 1 },
      relu,
      pool,
      { kind: "conv", channels: 3, kernel: 3, padding: 1 },
      relu,
    ],
  },
  {
    name: "pooling before the ReLU, twice",
    picture: [13, 12, 2],
    stages: [
      { kind: "conv", channels: 3, kernel: 3, padding: 2 },
      pool,
      relu,
      { kind: "conv", channels: 3, kernel: 2 },
      { kind: "pool", window: 3 },
      relu,
    ],
  },
  {
    name: "three convolutions, two without a ReLU between",
    picture: [6, 9, 1],
    stages: [
      { kind: "conv", channels: 2, kernel: 3, padding: 1 },
      { kind: "conv", channels: 3, kernel: 2, padding: 1 },
      relu,
      { kind: "conv", channels: 2, kernel: 3, stride: 2 },
      relu,
    ],
  },
];

/** A network of a shape, of random weights. */
export function convolutionalNetwork(
  { picture, stages }: ConvolutionalShape,
  random: RandomSource,
  normalise: Layer = { kind: "normalise", mean: 0.3, deviation: 0.4 },
): Network {
  const layers: Layer[] = [normalise];
  let [height, width, channels] = picture;
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.normal());
  for (const stage of stages) {
    if (stage.kind === "relu") layers.push(stage);
    else if (stage.kind === "pool") {
      layers.push({ kind: "maxPool2d", channels, height, width, window: stage.window });
      height = Math.floor(height / stage.window);
      width = Math.floor(width / stage.window);
    } else {
      const { kernel, stride = 1, padding = 0 } = stage;
      const layer: Conv2dLayer = {
        kind: "conv2d",
        inChannels: channels,
        outChannels: stage.channels,
        height,
        width,
        kernel,
        stride,
        padding,
        weights: values(stage.channels * channels * kernel * kernel),
        bias: values(stage.channels),
      };
      layers.push(layer);
      ({ outHeight: height, outWidth: width } = convolutionSizes(layer));
      channels = stage.channels;
    }
  }
  const size = height * width * channels;
  const hidden = createMatrix(5, size, values(5 * size));
  layers.push({ kind: "dense", weights: hidden, bias: values(5) }, { kind: "relu" });
  layers.push({ kind: "dense", weights: createMatrix(3, 5, values(15)), bias: values(3) });
  const [rows, columns, depth] = picture;
  const inputs = rows * columns * depth;
  return createNetwork("frames", inputs, layers);
}
