import { quantile } from "../table/describeColumns";

/** A density at rising positions. */
export interface Density {
  readonly positions: Float64Array;
  readonly densities: Float64Array;
}

/** Standard deviations beyond which a normal kernel adds nothing that a picture shows. */
const REACH = 5;

/**
 * The density of values by normal kernels of Silverman's width, 0.9 · min(s, IQR / 1.34) ·
 * n^(−1/5), between the smallest and the largest value: beyond them nothing was seen, so nothing is
 * drawn.
 *
 * @param sorted  rising finite values, at least one
 */
export function kernelDensity(sorted: Float64Array, pointCount: number = 64): Density {
  const lower = quantile(sorted, 0);
  const upper = quantile(sorted, 1);
  const width =
    silvermanWidth(sorted) || Math.max(upper - lower, Math.abs(lower) * 1e-3, 1e-12) / 10;
  const positions = Float64Array.from(
    { length: pointCount },
    (_, i) => lower + ((upper - lower) * i) / Math.max(1, pointCount - 1),
  );
  const densities = new Float64Array(pointCount);
  const scale = 1 / (sorted.length * width * Math.sqrt(2 * Math.PI));
  for (let i = 0; i < pointCount; i++) {
    const position = positions[i] ?? NaN;
    let sum = 0;
    for (let j = 0; j < sorted.length; j++) {
      const distance = ((sorted[j] ?? NaN) - position) / width;
      if (distance > REACH) break;
      if (distance >= -REACH) sum += Math.exp(-0.5 * distance * distance);
    }
    densities[i] = sum * scale;
  }
  return { positions, densities };
}

function silvermanWidth(sorted: Float64Array): number {
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, count - 1));
  const spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  return 0.9 * (spread > 0 ? Math.min(deviation, spread) : deviation) * count ** -0.2;
}
