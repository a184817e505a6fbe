import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import type { Conv2dLayer, Layer, Network } from "../../src/network/network";
import { convolutionSizes } from "../../src/network/layer/conv2d";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels } from "../../src/numeric/kernels";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { perturbed, randomPoint } from "../network/randomNetwork";

/** One stage of a convolutional network. */
type Stage =
  | { kind: "conv"; channels: number; kernel: number; stride?: number; padding?: number }
  | { kind: "pool"; window: number }
  | { kind: "relu" };

interface Shape {
  readonly name: string;
  readonly picture: readonly [height: number, width: number, channels: number];
  readonly stages: readonly Stage[];
}

const relu = { kind: "relu" } as const;
const pool = { kind: "pool", window: 2 } as const;

const SHAPES: readonly Shape[] = [
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

function build({ picture, stages }: Shape, random: RandomSource): Network {
  const layers: Layer[] = [{ kind: "normalise", mean: 0.3, deviation: 0.4 }];
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

describe.each([
  ["plain", createPlainKernels],
  ["fastest", loadKernels],
])("the frames of networks in the %s kernels", (_, createKernels) => {
  test.each(SHAPES)("hold every row of its layers at all places: $name", (shape) => {
    const random = createRandom(5);
    const network = build(shape, random);
    const twins = createTwins(network, perturbed(network, 0.1, random));
    const workspace = createPolytopeWorkspace(twins, createKernels());
    const { rows } = polytopeAt(workspace, randomPoint(network.inputSize, random));
    const offer = rows.frames;
    if (offer === undefined) throw new Error("no frames are offered");
    const { height, width, channels } = offer.picture;
    expect([height, width, channels]).toEqual(shape.picture);
    const { framed, dense, writeFrame, writeDense } = offer.open();
    const expected = new Float64Array(network.inputSize);
    let worst = 0;
    let count = 0;
    for (const { start, count: length, shape: index, corners, norms } of framed) {
      const { height: lines, width: columns } = offer.shapes[index];
      const pitch = columns * channels + 1;
      const frame = new Float64Array(lines * pitch + 1);
      let above = 0;
      for (let row = start; row < start + length; row++) {
        rows.row(row, expected);
        const whole = Math.hypot(...expected);
        frame.fill(NaN);
        writeFrame(row, frame, 1, pitch);
        const corner = corners[row - start];
        for (let r = 0; r < lines; r++) {
          for (let c = 0; c < columns; c++) {
            for (let channel = 0; channel < channels; channel++) {
              const at = channel * height * width + corner + r * width + c;
              const found = frame[1 + r * pitch + c * channels + channel];
              worst = Math.max(worst, Math.abs(found - expected[at]));
              expected[at] = 0;
            }
          }
        }
        // Nothing is left outside the frame.
        expect(expected.some((value) => value !== 0)).toBe(false);
        if (whole > norms[row - start]) above++;
      }
      expect(above).toBeLessThan(0.2 * length);
      count += length;
    }
    const whole = new Float64Array(network.inputSize);
    for (const { start, count: length } of dense) {
      for (let row = start; row < start + length; row++) {
        rows.row(row, expected);
        writeDense(row, whole);
        for (let pixel = 0; pixel < height * width; pixel++) {
          for (let channel = 0; channel < channels; channel++) {
            const found = whole[pixel * channels + channel];
            worst = Math.max(worst, Math.abs(found - expected[channel * height * width + pixel]));
          }
        }
      }
    }
    expect(worst).toBeLessThan(1e-12);
    expect(dense.reduce((sum, block) => sum + block.count, count)).toBe(rows.rowCount);
  });
});
