import { clipped, type WindowSizes } from "./window";

/** Every window's winner beside each of its losers, as indices into the values. */
export interface PoolPairs {
  readonly winners: Int32Array;
  readonly losers: Int32Array;
}

/** Calls `see` with the rows and columns in the image of every window, in reading order. */
function forEachWindow(
  sizes: WindowSizes,
  see: (plane: number, rows: readonly [number, number], columns: readonly [number, number]) => void,
): void {
  const { channels, height, width, outHeight, outWidth } = sizes;
  const columns = Array.from({ length: outWidth }, (_, column) =>
    clipped(column * sizes.strideAcross - sizes.left, sizes.windowWidth, width),
  );
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      const rows = clipped(row * sizes.strideDown - sizes.top, sizes.windowHeight, height);
      for (let column = 0; column < outWidth; column++) {
        see(channel * height * width, rows, columns[column]);
      }
    }
  }
}

/**
 * The index of the largest value of every window; the first in reading order among equals.
 */
export function poolWinners(sizes: WindowSizes, input: Readonly<Float64Array>): Int32Array {
  const { channels, height, width, outHeight, outWidth } = sizes;
  const winners = new Int32Array(channels * outHeight * outWidth);
  const { tops, bottoms, lefts, rights } = edgesOf(sizes);
  let index = 0;
  for (let plane = 0; plane < channels * height * width; plane += height * width) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        let winner = plane + tops[row] * width + lefts[column];
        for (let y = tops[row]; y < bottoms[row]; y++) {
          const line = plane + y * width;
          for (let member = line + lefts[column]; member < line + rights[column]; member++) {
            if (input[member] > input[winner]) winner = member;
          }
        }
        winners[index++] = winner;
      }
    }
  }
  return winners;
}

/** The winner–loser pairs of all windows, in reading order. */
export function poolPairs(
  sizes: WindowSizes,
  windowWinners: Readonly<Int32Array | Uint8Array>,
): PoolPairs {
  const { channels, height, width, outHeight, outWidth } = sizes;
  const { tops, bottoms, lefts, rights } = edgesOf(sizes);
  const most = windowWinners.length * (sizes.windowHeight * sizes.windowWidth - 1);
  const winners = new Int32Array(most);
  const losers = new Int32Array(most);
  let window = 0;
  let pair = 0;
  for (let plane = 0; plane < channels * height * width; plane += height * width) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const winner = windowWinners[window++];
        for (let y = tops[row]; y < bottoms[row]; y++) {
          const line = plane + y * width;
          for (let member = line + lefts[column]; member < line + rights[column]; member++) {
            if (member === winner) continue;
            winners[pair] = winner;
            losers[pair++] = member;
          }
        }
      }
    }
  }
  // Windows at a padded edge have fewer members.
  return { winners: winners.subarray(0, pair), losers: losers.subarray(0, pair) };
}

/** Rows and columns where windows begin, and end before. */
function edgesOf(sizes: WindowSizes) {
  const { height, width, outHeight, outWidth } = sizes;
  const rows = Array.from({ length: outHeight }, (_, row) =>
    clipped(row * sizes.strideDown - sizes.top, sizes.windowHeight, height),
  );
  const columns = Array.from({ length: outWidth }, (_, column) =>
    clipped(column * sizes.strideAcross - sizes.left, sizes.windowWidth, width),
  );
  return {
    tops: Int32Array.from(rows, ([top]) => top),
    bottoms: Int32Array.from(rows, ([, bottom]) => bottom),
    lefts: Int32Array.from(columns, ([left]) => left),
    rights: Int32Array.from(columns, ([, right]) => right),
  };
}

/** The members of every window, as indices into the values, windows in reading order. */
export function poolMembers(sizes: WindowSizes): Int32Array[] {
  const windows: Int32Array[] = [];
  forEachWindow(sizes, (plane, [top, bottom], [left, right]) => {
    const wide = right - left;
    const member = (_: unknown, index: number): number =>
      plane + (top + Math.floor(index / wide)) * sizes.width + left + (index % wide);
    windows.push(Int32Array.from({ length: (bottom - top) * wide }, member));
  });
  return windows;
}
