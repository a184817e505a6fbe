// Products of slacks and multipliers after a step, and what brings them to the centre, with SIMD
// (src/numeric/stepKernels.ts states what is computed and in which order). Positions count values
// of 8 bytes; four rows or two a step, and what is left over one by one.

import { place } from "./access";

export function complementarity(
  count: i32,
  s: i32,
  ds: i32,
  primal: f64,
  lambda: i32,
  dLambda: i32,
  dual: f64,
): f64 {
  const slacks = place(s);
  const slackChanges = place(ds);
  const multipliers = place(lambda);
  const multiplierChanges = place(dLambda);
  const size = place(count);
  const whole = place(count & ~3);
  const p = f64x2.splat(primal);
  const q = f64x2.splat(dual);
  let a = f64x2.splat(0);
  let b = a;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    const x0 = f64x2.add(v128.load(slacks + at), f64x2.mul(p, v128.load(slackChanges + at)));
    const y0 = f64x2.add(
      v128.load(multipliers + at),
      f64x2.mul(q, v128.load(multiplierChanges + at)),
    );
    const x1 = f64x2.add(
      v128.load(slacks + at, 16),
      f64x2.mul(p, v128.load(slackChanges + at, 16)),
    );
    const y1 = f64x2.add(
      v128.load(multipliers + at, 16),
      f64x2.mul(q, v128.load(multiplierChanges + at, 16)),
    );
    a = f64x2.add(a, f64x2.mul(x0, y0));
    b = f64x2.add(b, f64x2.mul(x1, y1));
  }
  let s0 = f64x2.extract_lane(a, 0);
  let s1 = f64x2.extract_lane(a, 1);
  let s2 = f64x2.extract_lane(b, 0);
  for (let lane = 0; at < size; at += 8, lane++) {
    const product =
      (load<f64>(slacks + at) + primal * load<f64>(slackChanges + at)) *
      (load<f64>(multipliers + at) + dual * load<f64>(multiplierChanges + at));
    if (lane == 0) s0 += product;
    else if (lane == 1) s1 += product;
    else s2 += product;
  }
  return s0 + s2 + (s1 + f64x2.extract_lane(b, 1));
}

export function aimRows(
  count: i32,
  s: i32,
  lambda: i32,
  ds: i32,
  dLambda: i32,
  target: f64,
  second: f64,
  wanted: i32,
): void {
  const slacks = place(s);
  const multipliers = place(lambda);
  const slackChanges = place(ds);
  const multiplierChanges = place(dLambda);
  const aims = place(wanted);
  const size = place(count);
  const whole = place(count & ~1);
  const goal = f64x2.splat(target);
  const order = f64x2.splat(second);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const product = f64x2.mul(v128.load(slacks + at), v128.load(multipliers + at));
    const changes = f64x2.mul(v128.load(slackChanges + at), v128.load(multiplierChanges + at));
    v128.store(aims + at, f64x2.sub(f64x2.sub(goal, product), f64x2.mul(changes, order)));
  }
  for (; at < size; at += 8) {
    const product = load<f64>(slacks + at) * load<f64>(multipliers + at);
    const changes = load<f64>(slackChanges + at) * load<f64>(multiplierChanges + at);
    store<f64>(aims + at, target - product - changes * second);
  }
}

export function centreRows(
  count: i32,
  s: i32,
  ds: i32,
  primal: f64,
  lambda: i32,
  dLambda: i32,
  dual: f64,
  low: f64,
  high: f64,
  wanted: i32,
): void {
  const slacks = place(s);
  const slackChanges = place(ds);
  const multipliers = place(lambda);
  const multiplierChanges = place(dLambda);
  const aims = place(wanted);
  const size = place(count);
  const whole = place(count & ~1);
  const p = f64x2.splat(primal);
  const q = f64x2.splat(dual);
  const least = f64x2.splat(low);
  const most = f64x2.splat(high);
  const floor = f64x2.splat(-high);
  const zero = f64x2.splat(0);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const x = f64x2.add(v128.load(slacks + at), f64x2.mul(p, v128.load(slackChanges + at)));
    const y = f64x2.add(
      v128.load(multipliers + at),
      f64x2.mul(q, v128.load(multiplierChanges + at)),
    );
    const product = f64x2.mul(x, y);
    const up = v128.bitselect(f64x2.sub(least, product), zero, f64x2.lt(product, least));
    const fall = f64x2.sub(most, product);
    const down = v128.bitselect(floor, fall, f64x2.lt(fall, floor));
    const pull = v128.bitselect(down, up, f64x2.gt(product, most));
    v128.store(aims + at, f64x2.add(v128.load(aims + at), pull));
  }
  for (; at < size; at += 8) {
    const product =
      (load<f64>(slacks + at) + primal * load<f64>(slackChanges + at)) *
      (load<f64>(multipliers + at) + dual * load<f64>(multiplierChanges + at));
    let pull: f64 = 0;
    if (product < low) pull = low - product;
    else if (product > high) pull = high - product < -high ? -high : high - product;
    store<f64>(aims + at, load<f64>(aims + at) + pull);
  }
}

export function advance(count: i32, x: i32, dx: i32, step: f64): void {
  const values = place(x);
  const changes = place(dx);
  const size = place(count);
  const whole = place(count & ~1);
  const factor = f64x2.splat(step);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const change = f64x2.mul(factor, v128.load(changes + at));
    v128.store(values + at, f64x2.add(v128.load(values + at), change));
  }
  for (; at < size; at += 8) {
    store<f64>(values + at, load<f64>(values + at) + step * load<f64>(changes + at));
  }
}
