/** The index of the first value that is NaN or infinite, −1 if there is none. */
export function firstNotFinite(values: Readonly<Float64Array>): number {
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) return index;
  }
  return -1;
}
