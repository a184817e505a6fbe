import { assertNever } from "../../src/errors";
import type { Extent, Layer, Network, Padding } from "../../src/network/network";

/*
 * Every layer as its definition reads, value by value, with none of the code under test: what a
 * person would write down from PyTorch's documentation.
 */

/** The values after each layer, the input first. */
export function plainEvaluate(network: Network, x: readonly number[]): number[][] {
  const values: number[][] = [[...x]];
  network.layers.forEach((layer, index) => {
    const sources = (network.from?.[index] ?? [index]).map((value) => values[value]);
    values.push(layerValues(layer, sources));
  });
  return values;
}

/** What one layer makes of the values of its sources. */
export function layerValues(layer: Layer, sources: readonly number[][]): number[] {
  const [x] = sources;
  switch (layer.kind) {
    case "dense":
      return [...layer.bias].map((bias, row) =>
        x.reduce(
          (sum, value, column) => sum + layer.weights.data[row * x.length + column] * value,
          bias,
        ),
      );
    case "relu":
      return x.map((value) => Math.max(0, value));
    case "leakyRelu":
      return x.map((value) => (value >= 0 ? value : layer.slope * value));
    case "prelu":
      return x.map((value, at) =>
        value >= 0 ? value : layer.slopes[Math.floor(at / layer.pixels)] * value,
      );
    case "clip":
      return x.map((value) => Math.min(layer.upper, Math.max(layer.lower, value)));
    case "normalise":
      return x.map((value, at) => {
        const own = (numbers: number | readonly number[]): number =>
          typeof numbers === "number"
            ? numbers
            : numbers[Math.floor((at * numbers.length) / x.length)];
        return (value - own(layer.mean)) / own(layer.deviation);
      });
    case "scale":
      return x.map((value, at) => {
        const channel = Math.floor(at / layer.pixels);
        return layer.weights[channel] * value + layer.bias[channel];
      });
    case "add":
      return x.map((_, at) => sources.reduce((sum, each) => sum + each[at], 0));
    case "concat":
      return sources.flat();
    case "pick":
      return layer.indices.map((from) => (from === -1 ? 0 : x[from]));
    case "conv2d":
      return convolution(layer, x);
    case "maxPool2d":
      return windows(layer, x, -Infinity).map((members) => Math.max(...members));
    case "averagePool2d":
      return windows(layer, x, 0).map(
        (members) => members.reduce((sum, value) => sum + value, 0) / members.length,
      );
    default:
      return assertNever(layer);
  }
}

function both(extent: Extent): readonly [number, number] {
  return typeof extent === "number" ? [extent, extent] : extent;
}

/** One channel of an image with a border of `filling` around it, as rows. */
function bordered(
  x: readonly number[],
  { channel, height, width }: { channel: number; height: number; width: number },
  padding: Padding,
  filling: number,
): number[][] {
  const [top, left, bottom, right] =
    typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const line = (row: number): number[] => [
    ...new Array<number>(left).fill(filling),
    ...x.slice((channel * height + row) * width, (channel * height + row + 1) * width),
    ...new Array<number>(right).fill(filling),
  ];
  const empty = new Array<number>(left + width + right).fill(filling);
  const rows = Array.from({ length: height }, (_, row) => line(row));
  return [
    ...Array.from({ length: top }, () => empty),
    ...rows,
    ...Array.from({ length: bottom }, () => empty),
  ];
}

/** The members of every window, padding included, channel after channel. */
function windows(
  layer: Extract<Layer, { window: unknown }>,
  x: readonly number[],
  filling: number,
): number[][] {
  const { channels, window, stride = window, padding = 0 } = layer;
  const [tall, wide] = both(window);
  const [down, across] = both(stride);
  const found: number[][] = [];
  for (let channel = 0; channel < channels; channel++) {
    const rows = bordered(x, { ...layer, channel }, padding, filling);
    for (let top = 0; top + tall <= rows.length; top += down) {
      for (let left = 0; left + wide <= rows[0].length; left += across) {
        found.push(rows.slice(top, top + tall).flatMap((row) => row.slice(left, left + wide)));
      }
    }
  }
  return found;
}

/** The members of every window of a max pooling, as places of the image; padding is left out. */
export function windowMembers(layer: Extract<Layer, { kind: "maxPool2d" }>): number[][] {
  const places = Array.from({ length: layer.channels * layer.height * layer.width }, (_, k) => k);
  return windows(layer, places, -1).map((members) => members.filter((place) => place >= 0));
}

function convolution(layer: Extract<Layer, { kind: "conv2d" }>, x: readonly number[]): number[] {
  const { inChannels, outChannels, groups = 1, padding, weights, bias } = layer;
  const [tall, wide] = both(layer.kernel);
  const [down, across] = both(layer.stride);
  const [apartDown, apartAcross] = both(layer.dilation ?? 1);
  const [ins, outs] = [inChannels / groups, outChannels / groups];
  const images = Array.from({ length: inChannels }, (_, channel) =>
    bordered(x, { ...layer, channel }, padding, 0),
  );
  const [rows, columns] = [images[0].length, images[0][0].length];
  const found: number[] = [];
  for (let channel = 0; channel < outChannels; channel++) {
    for (let top = 0; top + (tall - 1) * apartDown < rows; top += down) {
      for (let left = 0; left + (wide - 1) * apartAcross < columns; left += across) {
        let sum = bias[channel];
        for (let source = 0; source < ins; source++) {
          const image = images[Math.floor(channel / outs) * ins + source];
          for (let ky = 0; ky < tall; ky++) {
            for (let kx = 0; kx < wide; kx++) {
              const weight = weights[((channel * ins + source) * tall + ky) * wide + kx];
              sum += weight * image[top + ky * apartDown][left + kx * apartAcross];
            }
          }
        }
        found.push(sum);
      }
    }
  }
  return found;
}
