// Linear forms carried back through convolutions, neuron after neuron
// (src/numeric/scatterKernels.ts states what is computed and in which order). Positions count
// values of 8 bytes, those of lists integers of 4 bytes.

function entry(base: usize, index: i32): usize {
  return <usize>load<i32>(base + ((<usize>index) << 2));
}

export function scatterPairs(
  count: i32,
  targets: i32,
  offsets: i32,
  pairs: i32,
  shifts: i32,
  taps: i32,
  weights: i32,
  sums: i32,
): void {
  const starts = (<usize>targets) << 2;
  const firsts = (<usize>offsets) << 2;
  const base = (<usize>weights) << 3;
  const first = (<usize>shifts) << 2;
  const last = first + ((<usize>taps) << 2);
  // The sign of the second one of a pair is taken away.
  const sign = i64x2(0, i64.MIN_VALUE);
  let from = (<usize>pairs) << 3;
  for (let n = 0; n < count; n++) {
    const pair = v128.load(from);
    from += 16;
    const to = ((<usize>sums) << 3) + (entry(starts, n) << 4);
    let weight = base + (entry(firsts, n) << 3);
    for (let shift = first; shift < last; shift += 4) {
      const at = to + ((<usize>load<i32>(shift)) << 4);
      const product = f64x2.mul(pair, v128.andnot(v128.load64_splat(weight), sign));
      v128.store(at, f64x2.add(v128.load(at), product));
      weight += 8;
    }
  }
}

export function scatterValues(
  count: i32,
  targets: i32,
  offsets: i32,
  factors: i32,
  shifts: i32,
  taps: i32,
  weights: i32,
  sums: i32,
  flags: i32,
  list: i32,
): i32 {
  const starts = (<usize>targets) << 2;
  const firsts = (<usize>offsets) << 2;
  const base = (<usize>weights) << 3;
  const first = (<usize>shifts) << 2;
  const last = first + ((<usize>taps) << 2);
  const marks = (<usize>flags) << 2;
  const values = (<usize>sums) << 3;
  const begin = (<usize>list) << 2;
  let end = begin;
  let from = (<usize>factors) << 3;
  for (let n = 0; n < count; n++) {
    const factor = load<f64>(from);
    from += 8;
    const to = entry(starts, n);
    let weight = base + (entry(firsts, n) << 3);
    for (let shift = first; shift < last; shift += 4) {
      const place = to + <usize>load<i32>(shift);
      const mark = marks + (place << 2);
      if (load<i32>(mark) == 0) {
        store<i32>(mark, 1);
        store<i32>(end, <i32>place);
        end += 4;
      }
      const at = values + (place << 3);
      store<f64>(at, load<f64>(at) + factor * load<f64>(weight));
      weight += 8;
    }
  }
  return <i32>((end - begin) >> 2);
}
