/** The running means of gradients and of their squares, one pair per parameter tensor. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

const DECAY_FIRST = 0.9;
const DECAY_SECOND = 0.999;
const EPSILON = 1e-8;

/**
 * One step of Adam, in place: `parameter` and `moments` move, `gradient` stays.
 * (Kingma & Ba 2015, Algorithm 1)
 *
 * @param step  1 for the first step; decides the bias correction
 */
export function adamStep(
  parameter: Float32Array,
  gradient: Readonly<Float32Array>,
  moments: Moments,
  learningRate: number,
  step: number,
): void {
  const { first, second } = moments;
  const correctionFirst = 1 / (1 - Math.pow(DECAY_FIRST, step));
  const correctionSecond = 1 / (1 - Math.pow(DECAY_SECOND, step));
  for (let index = 0; index < parameter.length; index++) {
    const slope = gradient[index];
    const mean = DECAY_FIRST * first[index] + (1 - DECAY_FIRST) * slope;
    const square = DECAY_SECOND * second[index] + (1 - DECAY_SECOND) * slope * slope;
    first[index] = mean;
    second[index] = square;
    parameter[index] -=
      (learningRate * mean * correctionFirst) / (Math.sqrt(square * correctionSecond) + EPSILON);
  }
}

/** The learning rate of step `step` of `steps`: half a cosine from `initial` down to zero. */
export function cosineRate(initial: number, step: number, steps: number): number {
  return 0.5 * initial * (1 + Math.cos((Math.PI * step) / steps));
}
