// Convolutions forwards (src/numeric/forwardKernels.ts states what `convolve` does) in
// AssemblyScript with SIMD. A tile is 4 channels × 4 pixels: its 8 sums stay in registers over all
// taps, and each pixel that is loaded serves 4 channels. Every sum takes its products one at a
// time, in the order of the taps.
//
// Behind a ReLU half of the values are 0, and in a picture's background whole planes are. What taps
// are 0 for all pixels of a tile is found out once for all channels, and they are passed over.

/** Bytes of one entry of a tile's list: where the tap stands, and where its weights do. */
const ENTRY: usize = 8;

export function convolve(
  input: i32,
  shifts: i32,
  taps: i32,
  weights: i32,
  bias: i32,
  groups: i32,
  rowStep: i32,
  height: i32,
  width: i32,
  out: i32,
  lists: i32,
): void {
  const list = (<usize>shifts) << 2;
  const step = (<usize>rowStep) << 3;
  const line = (<usize>width) << 3;
  const plane = <usize>height * line;
  const scratch = (<usize>lists) << 2;
  const each = ENTRY * (<usize>taps + 1);
  const base = (<usize>weights) << 3;
  const size = (<usize>taps) << 5;
  let source = (<usize>input) << 3;
  for (let row = 0; row < height; row++) {
    let found = scratch;
    for (let at: usize = 0; at + 31 < line; at += 32) {
      listTaps(source + at, list, taps, found);
      found += each;
    }
    let factors = base;
    let start = (<usize>bias) << 3;
    let to = ((<usize>out) << 3) + <usize>row * line;
    for (let group = 0; group < groups; group++) {
      let at: usize = 0;
      found = scratch;
      for (; at + 31 < line; at += 32) {
        tile(source + at, found, factors, start, plane, to + at);
        found += each;
      }
      for (; at < line; at += 8) pixel(source + at, list, taps, factors, start, plane, to + at);
      factors += size;
      start += 32;
      to += plane << 2;
    }
    source += step;
  }
}

/** Lists the taps that are not 0 for all four pixels: first how many bytes, then their entries. */
function listTaps(source: usize, shifts: usize, taps: i32, out: usize): void {
  let end = out + ENTRY;
  let weight = 0;
  const last = shifts + ((<usize>taps) << 2);
  for (let shift = shifts; shift < last; shift += 4) {
    const place = load<i32>(shift) << 3;
    const from = source + <usize>place;
    store<i32>(end, place);
    store<i32>(end, weight, 4);
    weight += 32;
    // Without a branch, for what is 0 is not to be foretold.
    end += ENTRY * <usize>v128.any_true(v128.or(v128.load(from), v128.load(from, 16)));
  }
  store<i32>(out, <i32>(end - out - ENTRY));
}

function tile(
  source: usize,
  list: usize,
  weights: usize,
  bias: usize,
  plane: usize,
  out: usize,
): void {
  let a0 = v128.load64_splat(bias);
  let b0 = v128.load64_splat(bias, 8);
  let c0 = v128.load64_splat(bias, 16);
  let d0 = v128.load64_splat(bias, 24);
  let a1 = a0;
  let b1 = b0;
  let c1 = c0;
  let d1 = d0;
  const first = list + ENTRY;
  const end = first + <usize>load<i32>(list);
  for (let entry = first; entry < end; entry += ENTRY) {
    const from = source + <usize>load<i32>(entry);
    const w = weights + <usize>load<i32>(entry, 4);
    const x0 = v128.load(from);
    const x1 = v128.load(from, 16);
    let v = v128.load64_splat(w);
    a0 = f64x2.add(a0, f64x2.mul(v, x0));
    a1 = f64x2.add(a1, f64x2.mul(v, x1));
    v = v128.load64_splat(w, 8);
    b0 = f64x2.add(b0, f64x2.mul(v, x0));
    b1 = f64x2.add(b1, f64x2.mul(v, x1));
    v = v128.load64_splat(w, 16);
    c0 = f64x2.add(c0, f64x2.mul(v, x0));
    c1 = f64x2.add(c1, f64x2.mul(v, x1));
    v = v128.load64_splat(w, 24);
    d0 = f64x2.add(d0, f64x2.mul(v, x0));
    d1 = f64x2.add(d1, f64x2.mul(v, x1));
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  out += plane;
  v128.store(out, b0);
  v128.store(out, b1, 16);
  out += plane;
  v128.store(out, c0);
  v128.store(out, c1, 16);
  out += plane;
  v128.store(out, d0);
  v128.store(out, d1, 16);
}

// What is left of a row beside the tiles: one pixel of the four channels.
function pixel(
  source: usize,
  shifts: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  plane: usize,
  out: usize,
): void {
  let ab = v128.load(bias);
  let cd = v128.load(bias, 16);
  let w = weights;
  for (let tap = 0; tap < taps; tap++) {
    const shift = load<i32>(shifts + ((<usize>tap) << 2));
    const x = v128.load64_splat(source + ((<usize>shift) << 3));
    ab = f64x2.add(ab, f64x2.mul(v128.load(w), x));
    cd = f64x2.add(cd, f64x2.mul(v128.load(w, 16), x));
    w += 32;
  }
  store<f64>(out, f64x2.extract_lane(ab, 0));
  store<f64>(out + plane, f64x2.extract_lane(ab, 1));
  store<f64>(out + 2 * plane, f64x2.extract_lane(cd, 0));
  store<f64>(out + 3 * plane, f64x2.extract_lane(cd, 1));
}
