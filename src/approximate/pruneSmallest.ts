/**
 * Weights with the smallest `percent` per cent of them, by magnitude, set to zero: floor(n ·
 * percent / 100) of n. Among equal magnitudes the ones that come first are pruned first.
 */
export function pruneSmallest(weights: Float64Array, percent: number): Float64Array {
  const pruned = weights.slice();
  const count = Math.floor((weights.length * percent) / 100);
  if (count === 0) return pruned;
  const magnitudes = weights.map(Math.abs).sort();
  const threshold = magnitudes[count - 1];
  // Everything below the threshold goes; of those exactly on it, as many as are still wanted.
  let below = 0;
  for (const magnitude of magnitudes) {
    if (magnitude >= threshold) break;
    below++;
  }
  let remaining = count - below;
  for (let index = 0; index < pruned.length; index++) {
    const magnitude = Math.abs(pruned[index]);
    if (magnitude < threshold) {
      pruned[index] = 0;
    } else if (magnitude === threshold && remaining > 0) {
      pruned[index] = 0;
      remaining--;
    }
  }
  return pruned;
}
