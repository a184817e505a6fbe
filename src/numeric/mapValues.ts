/**
 * The values of an array, changed one by one. As `values.map`, but a plain loop: several times
 * faster on millions of weights, since engines do not compile the callback into `map` of typed
 * arrays.
 */
export function mapValues(
  values: Readonly<Float64Array>,
  change: (value: number, index: number) => number,
): Float64Array {
  const out = new Float64Array(values.length);
  for (let index = 0; index < out.length; index++) out[index] = change(values[index], index);
  return out;
}
