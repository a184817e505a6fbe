import type { Layer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import type { RandomSource } from "../../src/numeric/random";

/** A square picture. */
export interface PictureSize {
  readonly side: number;
  readonly channels: number;
}

/** Channels behind each convolution, and classes. */
const CHANNELS = [8, 16] as const;
const CLASSES = 10;
const KERNEL = 3;

/**
 * Two convolutions of 3 × 3 with ReLUs, a pooling of 2 × 2 and a dense layer, by He's
 * initialisation, in binary32 as trained weights are.
 */
export function syntheticConvolutions(
  { side, channels }: PictureSize,
  random: RandomSource,
): Network {
  const normals = (length: number, scale: number): Float64Array =>
    Float64Array.from({ length }, () => Math.fround(scale * random.normal()));
  const layers: Layer[] = [];
  let sources = channels;
  for (const count of CHANNELS) {
    const taps = sources * KERNEL * KERNEL;
    layers.push(
      {
        kind: "conv2d",
        inChannels: sources,
        outChannels: count,
        height: side,
        width: side,
        kernel: KERNEL,
        stride: 1,
        padding: 1,
        weights: normals(count * taps, Math.sqrt(2 / taps)),
        bias: normals(count, 0.1),
      },
      { kind: "relu" },
    );
    sources = count;
  }
  layers.push({
    kind: "maxPool2d",
    channels: sources,
    height: side,
    width: side,
    window: 2,
    stride: 2,
    padding: 0,
  });
  const columns = sources * (side >> 1) * (side >> 1);
  layers.push({
    kind: "dense",
    weights: createMatrix(CLASSES, columns, normals(CLASSES * columns, Math.sqrt(1 / columns))),
    bias: normals(CLASSES, 0.1),
  });
  return createNetwork(`${side}x${side}x${channels}`, channels * side * side, layers);
}

/** A picture: noise in a square somewhere on black, half as wide as the picture. */
export function brightPatch({ side, channels }: PictureSize, random: RandomSource): Float64Array {
  const half = side >> 1;
  const [top, left] = [0, 0].map(() => Math.floor(random.next() * (side - half)));
  return Float64Array.from({ length: channels * side * side }, (_, index) => {
    const row = Math.floor(index / side) % side;
    const column = index % side;
    const isInside = row >= top && row < top + half && column >= left && column < left + half;
    return isInside ? random.next() : 0;
  });
}
