import { ArgumentError } from "../errors";
import type { Conv2dLayer, Layer, MaxPool2dLayer, Network } from "./network";
import { createNetwork } from "./shape";
import { isChain } from "./walk";

/**
 * The same function with every max pooling written as ReLUs, as the paper does it: for values ≥ 0
 *
 *     max(x, y) = R(x − y) + R(y),
 *
 * first within the pairs (left, right) of each row of a 2 × 2 window, then between the two rows.
 * Each step is a convolution with weights 0 and ±1, ReLUs, and a linear convolution that adds.
 * Larger windows are taken as 2 × 2 windows of 2 × 2 windows. Net2 becomes
 * 784–25088–50176–50176–25088–25088–12544–1024–10.
 *                                                                              (paper, Sect. 2)
 *
 * Its activation patterns say more than the windows' winners: also how the losers of a window
 * compare. So their polytopes are contained in those of the network with pooling, and maxima over
 * them are no larger.
 *
 * The paper's adding neurons are ReLUs whose input is a sum of values ≥ 0. They never switch, and
 * have none here. Values agree with the pooling's up to the rounding of (x − y) + y. A network is
 * to be approximated first and expanded then: the new weights are exact, and no part of what is
 * rounded.
 *
 * @throws ArgumentError if a pooling does not follow a ReLU or a pooling, or its window is no power
 *   of 2
 */
export function expandMaxPool(network: Network): Network {
  if (!isChain(network)) {
    throw new ArgumentError(
      `network ${network.name} is no chain of layers; only chains are expanded`,
    );
  }
  const layers = network.layers.flatMap((layer, index): readonly Layer[] => {
    if (layer.kind !== "maxPool2d") return [layer];
    const before = network.layers[index - 1]?.kind;
    if (before !== "relu" && before !== "maxPool2d") {
      throw new ArgumentError(
        `layer ${index + 1} (maxPool2d) of network ${network.name} follows ${before ?? "the input"}; ` +
          `max(x, y) = R(x − y) + R(y) holds for values ≥ 0 only, such as a relu layer yields`,
      );
    }
    return expandPool(layer, `layer ${index + 1} (maxPool2d) of network ${network.name}`);
  });
  const { name, inputSize, assumptions } = network;
  return createNetwork(`${name}, pooling as ReLUs`, inputSize, layers, assumptions);
}

function expandPool(pool: MaxPool2dLayer, where: string): Layer[] {
  const { channels, height, width, window, stride = window, padding = 0 } = pool;
  if (typeof window !== "number" || stride !== window || padding !== 0) {
    throw new ArgumentError(
      `${where} has windows that overlap, are padded or not square; only plain ones can be taken in pairs`,
    );
  }
  if (window === 1) return [];
  if (window % 2 !== 0) {
    throw new ArgumentError(
      `${where} has windows of ${window} × ${window}; only powers of 2 can be taken in pairs`,
    );
  }
  const halved = { height: Math.floor(height / 2), width: Math.floor(width / 2) };
  const rest = expandPool({ ...pool, ...halved, window: window / 2 }, where);
  return [...expandSquare(channels, height, width), ...rest];
}

/** The four steps for windows of 2 × 2: pairs, sums, pairs of sums, sums. */
function expandSquare(channels: number, height: number, width: number): Layer[] {
  const outHeight = Math.floor(height / 2);
  const outWidth = Math.floor(width / 2);
  return [
    pairLayer(channels, height, width),
    { kind: "relu" },
    sumLayer(2 * channels, outHeight, outWidth),
    rowLayer(channels, outHeight, outWidth),
    { kind: "relu" },
    sumLayer(channels, outHeight, outWidth),
  ];
}

/** Per channel and window: left − right and right of its upper row, then of its lower row. */
function pairLayer(channels: number, height: number, width: number): Conv2dLayer {
  const weights = new Float64Array(4 * channels * 4);
  for (let channel = 0; channel < channels; channel++) {
    for (const row of [0, 1]) {
      const difference = (4 * channel + 2 * row) * 4;
      const right = difference + 4;
      weights[difference + 2 * row] = 1;
      weights[difference + 2 * row + 1] = -1;
      weights[right + 2 * row + 1] = 1;
    }
  }
  const sizes = { inChannels: channels, outChannels: 4 * channels, height, width };
  const bias = new Float64Array(4 * channels);
  const form = { kernel: 2, stride: 2, padding: 0, groups: channels };
  return { kind: "conv2d", ...sizes, ...form, weights, bias };
}

/** p − q and q of neighbouring channels p and q. */
function rowLayer(channels: number, height: number, width: number): Conv2dLayer {
  return pointwise(channels, 2, height, width, [1, -1, 0, 1]);
}

/** The sums of neighbouring channels. */
function sumLayer(sums: number, height: number, width: number): Conv2dLayer {
  return pointwise(sums, 1, height, width, [1, 1]);
}

/** The same few sums of the two channels of every pair. */
function pointwise(
  pairs: number,
  sums: number,
  height: number,
  width: number,
  ofPair: readonly number[],
): Conv2dLayer {
  const weights = Float64Array.from({ length: pairs * ofPair.length }, (_, index) => {
    return ofPair[index % ofPair.length];
  });
  const sizes = { inChannels: 2 * pairs, outChannels: sums * pairs, height, width, kernel: 1 };
  const bias = new Float64Array(sums * pairs);
  return { kind: "conv2d", ...sizes, stride: 1, padding: 0, groups: pairs, weights, bias };
}
