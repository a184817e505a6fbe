/** Adam as printed (Kingma & Ba 2015, Algorithm 1), one value at a time in binary64. */
export function plainAdam(
  start: readonly number[],
  slopes: readonly ArrayLike<number>[],
  learningRate: number,
): number[] {
  return start.map((value, index) => {
    let theta = value;
    let m = 0;
    let v = 0;
    slopes.forEach((slope, t) => {
      const g = slope[index];
      m = 0.9 * m + (1 - 0.9) * g;
      v = 0.999 * v + (1 - 0.999) * g * g;
      const mHat = m / (1 - 0.9 ** (t + 1));
      const vHat = v / (1 - 0.999 ** (t + 1));
      theta -= (learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
    return theta;
  });
}
