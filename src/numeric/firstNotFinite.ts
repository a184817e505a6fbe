/** The index of the first value that is NaN or infinite, −1 if there is none. */
export function firstNotFinite(values: Readonly<Float64Array>): number {
  // Of a finite number 0 remains; sums of four keep no one waiting.
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let index = 0; index < whole; index += 4) {
    a += values[index] - values[index];
    b += values[index + 1] - values[index + 1];
    c += values[index + 2] - values[index + 2];
    d += values[index + 3] - values[index + 3];
  }
  const first = a + b + c + d === 0 ? whole : 0;
  for (let index = first; index < values.length; index++) {
    if (!Number.isFinite(values[index])) return index;
  }
  return -1;
}
