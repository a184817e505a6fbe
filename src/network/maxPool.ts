import type { MaxPool2dLayer } from "./network";
import { poolSizes } from "./shape";

/**
 * The input index of the largest value of every window; the first in reading order among equals.
 */
export function poolWinners(layer: MaxPool2dLayer, input: Readonly<Float64Array>): Int32Array {
  const { outHeight, outWidth } = poolSizes(layer);
  const winners = new Int32Array(layer.channels * outHeight * outWidth);
  let index = 0;
  for (let channel = 0; channel < layer.channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const corner =
          (channel * layer.height + row * layer.window) * layer.width + column * layer.window;
        let winner = corner;
        for (let dy = 0; dy < layer.window; dy++) {
          for (let dx = 0; dx < layer.window; dx++) {
            const candidate = corner + dy * layer.width + dx;
            if (input[candidate] > input[winner]) winner = candidate;
          }
        }
        winners[index++] = winner;
      }
    }
  }
  return winners;
}

/** Every window's winner beside each of its losers, as indices into the layer's input. */
export interface PoolPairs {
  readonly winners: Int32Array;
  readonly losers: Int32Array;
}

/** The winner–loser pairs of all windows, in reading order: window² − 1 for each window. */
export function poolPairs(
  layer: MaxPool2dLayer,
  windowWinners: Readonly<Int32Array | Uint8Array>,
): PoolPairs {
  const { outHeight, outWidth } = poolSizes(layer);
  const count = layer.channels * outHeight * outWidth * (layer.window * layer.window - 1);
  const winners = new Int32Array(count);
  const losers = new Int32Array(count);
  let pair = 0;
  windowWinners.forEach((winner, window) => {
    const channel = Math.floor(window / (outHeight * outWidth));
    const place = window % (outHeight * outWidth);
    const top = channel * layer.height + Math.floor(place / outWidth) * layer.window;
    const left = (place % outWidth) * layer.window;
    for (let dy = 0; dy < layer.window; dy++) {
      for (let dx = 0; dx < layer.window; dx++) {
        const member = (top + dy) * layer.width + left + dx;
        if (member === winner) continue;
        winners[pair] = winner;
        losers[pair++] = member;
      }
    }
  });
  return { winners, losers };
}

/** The members of every window, as indices into the layer's input, windows in reading order. */
export function poolMembers(layer: MaxPool2dLayer): Int32Array[] {
  const { outHeight, outWidth } = poolSizes(layer);
  const windows: Int32Array[] = [];
  for (let channel = 0; channel < layer.channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const corner =
          (channel * layer.height + row * layer.window) * layer.width + column * layer.window;
        const member = (_: unknown, index: number): number =>
          corner + Math.floor(index / layer.window) * layer.width + (index % layer.window);
        windows.push(Int32Array.from({ length: layer.window * layer.window }, member));
      }
    }
  }
  return windows;
}
