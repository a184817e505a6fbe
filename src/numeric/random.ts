/**
 * A seeded stream of pseudo-random numbers; the same seed gives the same stream on every machine.
 */
export interface RandomSource {
  /** A value in [0, 1) with 32 random bits. */
  next(): number;
  /** A whole number in 0 .. count − 1. */
  below(count: number): number;
  /** A standard normal value (Box–Muller, one value per call). */
  normal(): number;
  /** The internal state, to be handed to `resumeRandom`. */
  state(): readonly number[];
}

/**
 * A source that starts from `seed` (any whole number; only its low 32 bits count). Generator:
 * sfc32.
 */
export function createRandom(seed: number): RandomSource {
  const source = resumeRandom([seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1]);
  // The first values of sfc32 still show the seed's structure.
  for (let step = 0; step < 15; step++) source.next();
  return source;
}

/** The source that continues where `state()` was taken. */
export function resumeRandom(state: readonly number[]): RandomSource {
  let [a, b, c, counter] = state;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  return {
    next,
    below: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    state: () => [a, b, c, counter],
  };
}

/** The whole numbers 0 .. count − 1 in a random order (Fisher–Yates). */
export function permutation(count: number, random: RandomSource): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
  return order;
}
