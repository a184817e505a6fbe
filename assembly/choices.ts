// What the dual simplex engine chooses its pivots by (src/numeric/choiceKernels.ts states it).

export function collectBreakpoints(
  status: i32,
  entries: i32,
  costs: i32,
  size: i32,
  smallest: f64,
  reach: f64,
  ratios: i32,
  sizes: i32,
  indices: i32,
  found: i32,
): i32 {
  const stands = (<usize>status) << 2;
  const pivots = (<usize>entries) << 3;
  const reduced = (<usize>costs) << 3;
  const least = f64x2.splat(smallest);
  const most = f64x2.splat(reach);
  const one = i32x4.splat(1);
  const two = f64x2.splat(2);
  let count = found;
  for (let column = 0; column < size; column += 2) {
    const at8 = (<usize>column) << 3;
    // The last of an odd number has nothing beside it that counts.
    const pair = v128.load64_zero(stands + ((<usize>column) << 2));
    const side = f64x2.convert_low_i32x4_s(i32x4.sub(i32x4.shl(pair, 1), one));
    const value = f64x2.mul(side, v128.load(pivots + at8));
    const cost = f64x2.mul(side, v128.load(reduced + at8));
    const isSoon = f64x2.le(cost, f64x2.mul(most, value));
    const counts = v128.and(v128.and(isSoon, f64x2.gt(value, least)), f64x2.lt(side, two));
    // Hardly any pair has one.
    if (!v128.any_true(counts)) continue;
    const lanes = i64x2.bitmask(counts);
    const quotient = f64x2.div(cost, value);
    if (lanes & 1) {
      note(
        f64x2.extract_lane(quotient, 0),
        f64x2.extract_lane(value, 0),
        column,
        ratios,
        sizes,
        indices,
        count,
      );
      count++;
    }
    if (lanes & 2 && column + 1 < size) {
      note(
        f64x2.extract_lane(quotient, 1),
        f64x2.extract_lane(value, 1),
        column + 1,
        ratios,
        sizes,
        indices,
        count,
      );
      count++;
    }
  }
  return count;
}

function note(
  quotient: f64,
  value: f64,
  column: i32,
  ratios: i32,
  sizes: i32,
  indices: i32,
  count: i32,
): void {
  store<f64>((<usize>ratios + <usize>count) << 3, quotient > 0 ? quotient : 0);
  store<f64>((<usize>sizes + <usize>count) << 3, value);
  store<i32>((<usize>indices + <usize>count) << 2, column);
}

export function mostViolated(
  slacks: i32,
  weights: i32,
  list: i32,
  count: i32,
  tolerance: f64,
  least: f64,
): i32 {
  const values = (<usize>slacks) << 3;
  const scales = (<usize>weights) << 3;
  const positions = (<usize>list) << 2;
  let best = least;
  let place = -1;
  for (let index = 0; index < count; index++) {
    const at = (<usize>load<i32>(positions + ((<usize>index) << 2))) << 3;
    const slack = load<f64>(values + at);
    const score = (slack * slack) / load<f64>(scales + at);
    // Without a branch: which row is violated cannot be foreseen.
    const isBetter = <bool>((<i32>(slack < -tolerance)) & (<i32>(score > best)));
    best = select<f64>(score, best, isBetter);
    place = select<i32>(index, place, isBetter);
  }
  return place;
}

export function moveSlacks(
  slacks: i32,
  weights: i32,
  list: i32,
  count: i32,
  slopes: i32,
  crosses: i32,
  step: f64,
  entry: f64,
  weight: f64,
): void {
  const values = (<usize>slacks) << 3;
  const scales = (<usize>weights) << 3;
  for (let index = 0; index < count; index++) {
    const at = (<usize>load<i32>((<usize>list + <usize>index) << 2)) << 3;
    const slope = <f64>load<f32>((<usize>slopes + <usize>index) << 2);
    const cross = <f64>load<f32>((<usize>crosses + <usize>index) << 2);
    store<f64>(values + at, load<f64>(values + at) - step * slope);
    const ratio = slope / entry;
    const changed = load<f64>(scales + at) - 2 * ratio * cross + ratio * ratio * weight;
    store<f64>(scales + at, select<f64>(changed, 1, changed > 1));
  }
}
