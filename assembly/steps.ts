// Loops over all rows of an interior point method with SIMD (src/numeric/stepKernels.ts states what
// is computed and in which order). Positions count values of 8 bytes; four rows a step, and what is
// left over one by one.

function place(position: i32): usize {
  return (<usize>position) << 3;
}

function firstOf(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0);
}

function secondOf(pair: v128): f64 {
  return f64x2.extract_lane(pair, 1);
}

function larger(one: f64, other: f64): f64 {
  return one < other ? other : one;
}

export function measureRows(
  count: i32,
  bound: i32,
  product: i32,
  s: i32,
  lambda: i32,
  residual: i32,
  negated: i32,
  totals: i32,
): void {
  const bounds = place(bound);
  const products = place(product);
  const slacks = place(s);
  const multipliers = place(lambda);
  const residuals = place(residual);
  const opposites = place(negated);
  const size = place(count);
  const whole = place(count & ~3);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let most = a;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    const s0 = v128.load(slacks + at);
    const s1 = v128.load(slacks + at, 16);
    const l0 = v128.load(multipliers + at);
    const l1 = v128.load(multipliers + at, 16);
    const r0 = f64x2.sub(f64x2.sub(v128.load(bounds + at), v128.load(products + at)), s0);
    const r1 = f64x2.sub(f64x2.sub(v128.load(bounds + at, 16), v128.load(products + at, 16)), s1);
    v128.store(residuals + at, r0);
    v128.store(residuals + at, r1, 16);
    v128.store(opposites + at, f64x2.neg(l0));
    v128.store(opposites + at, f64x2.neg(l1), 16);
    a = f64x2.add(a, f64x2.mul(s0, l0));
    b = f64x2.add(b, f64x2.mul(s1, l1));
    c = f64x2.add(c, f64x2.mul(l0, f64x2.add(s0, r0)));
    d = f64x2.add(d, f64x2.mul(l1, f64x2.add(s1, r1)));
    most = f64x2.pmax(f64x2.pmax(most, f64x2.abs(r0)), f64x2.abs(r1));
  }
  let p0 = firstOf(a);
  let p1 = secondOf(a);
  let p2 = firstOf(b);
  let g0 = firstOf(c);
  let g1 = secondOf(c);
  let g2 = firstOf(d);
  let largest = larger(firstOf(most), secondOf(most));
  for (let lane = 0; at < size; at += 8, lane++) {
    const slack = load<f64>(slacks + at);
    const multiplier = load<f64>(multipliers + at);
    const rest = load<f64>(bounds + at) - load<f64>(products + at) - slack;
    store<f64>(residuals + at, rest);
    store<f64>(opposites + at, -multiplier);
    const one = slack * multiplier;
    const gap = multiplier * (slack + rest);
    if (lane == 0) {
      p0 += one;
      g0 += gap;
    } else if (lane == 1) {
      p1 += one;
      g1 += gap;
    } else {
      p2 += one;
      g2 += gap;
    }
    largest = larger(largest, abs(rest));
  }
  const found = place(totals);
  store<f64>(found, p0 + p2 + (p1 + secondOf(b)));
  store<f64>(found, g0 + g2 + (g1 + secondOf(d)), 8);
  store<f64>(found, largest, 16);
}

export function invertRows(
  count: i32,
  s: i32,
  lambda: i32,
  soft: f64,
  softened: i32,
  perS: i32,
  perLambda: i32,
  weight: i32,
): void {
  const slacks = place(s);
  const multipliers = place(lambda);
  const inverses = place(softened);
  const slackInverses = place(perS);
  const multiplierInverses = place(perLambda);
  const weights = place(weight);
  const size = place(count);
  const whole = place(count & ~1);
  const one = f64x2.splat(1);
  const softness = f64x2.splat(soft);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const slack = v128.load(slacks + at);
    const multiplier = v128.load(multipliers + at);
    const inverse = f64x2.div(one, f64x2.add(slack, f64x2.mul(softness, multiplier)));
    v128.store(inverses + at, inverse);
    v128.store(slackInverses + at, f64x2.div(one, slack));
    v128.store(multiplierInverses + at, f64x2.div(one, multiplier));
    v128.store(weights + at, f64x2.mul(multiplier, inverse));
  }
  for (; at < size; at += 8) {
    const slack = load<f64>(slacks + at);
    const multiplier = load<f64>(multipliers + at);
    const inverse = 1 / (slack + soft * multiplier);
    store<f64>(inverses + at, inverse);
    store<f64>(slackInverses + at, 1 / slack);
    store<f64>(multiplierInverses + at, 1 / multiplier);
    store<f64>(weights + at, multiplier * inverse);
  }
}

export function weighRows(
  count: i32,
  lambda: i32,
  residual: i32,
  wanted: i32,
  softened: i32,
  out: i32,
): void {
  const multipliers = place(lambda);
  const residuals = place(residual);
  const aims = place(wanted);
  const inverses = place(softened);
  const to = place(out);
  const size = place(count);
  const whole = place(count & ~1);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const product = f64x2.mul(v128.load(multipliers + at), v128.load(residuals + at));
    const rest = f64x2.sub(product, v128.load(aims + at));
    v128.store(to + at, f64x2.mul(rest, v128.load(inverses + at)));
  }
  for (; at < size; at += 8) {
    const product = load<f64>(multipliers + at) * load<f64>(residuals + at);
    store<f64>(to + at, (product - load<f64>(aims + at)) * load<f64>(inverses + at));
  }
}

export function stepRows(
  count: i32,
  residual: i32,
  product: i32,
  wanted: i32,
  lambda: i32,
  softened: i32,
  soft: f64,
  perS: i32,
  perLambda: i32,
  ds: i32,
  dLambda: i32,
  totals: i32,
): void {
  const residuals = place(residual);
  const products = place(product);
  const aims = place(wanted);
  const multipliers = place(lambda);
  const inverses = place(softened);
  const slackInverses = place(perS);
  const multiplierInverses = place(perLambda);
  const slackChanges = place(ds);
  const multiplierChanges = place(dLambda);
  const size = place(count);
  const whole = place(count & ~1);
  const softness = f64x2.splat(soft);
  let primals = f64x2.splat(1e-30);
  let duals = primals;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const d = f64x2.sub(v128.load(residuals + at), v128.load(products + at));
    const wantedLess = f64x2.sub(v128.load(aims + at), f64x2.mul(v128.load(multipliers + at), d));
    const dl = f64x2.mul(wantedLess, v128.load(inverses + at));
    const change = f64x2.add(d, f64x2.mul(softness, dl));
    v128.store(multiplierChanges + at, dl);
    v128.store(slackChanges + at, change);
    primals = f64x2.pmax(primals, f64x2.mul(f64x2.neg(change), v128.load(slackInverses + at)));
    duals = f64x2.pmax(duals, f64x2.mul(f64x2.neg(dl), v128.load(multiplierInverses + at)));
  }
  let primal = larger(firstOf(primals), secondOf(primals));
  let dual = larger(firstOf(duals), secondOf(duals));
  for (; at < size; at += 8) {
    const d = load<f64>(residuals + at) - load<f64>(products + at);
    const dl = (load<f64>(aims + at) - load<f64>(multipliers + at) * d) * load<f64>(inverses + at);
    const change = d + soft * dl;
    store<f64>(multiplierChanges + at, dl);
    store<f64>(slackChanges + at, change);
    primal = larger(primal, -change * load<f64>(slackInverses + at));
    dual = larger(dual, -dl * load<f64>(multiplierInverses + at));
  }
  const found = place(totals);
  store<f64>(found, primal);
  store<f64>(found, dual, 8);
}

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
  let s0 = firstOf(a);
  let s1 = secondOf(a);
  let s2 = firstOf(b);
  for (let lane = 0; at < size; at += 8, lane++) {
    const product =
      (load<f64>(slacks + at) + primal * load<f64>(slackChanges + at)) *
      (load<f64>(multipliers + at) + dual * load<f64>(multiplierChanges + at));
    if (lane == 0) s0 += product;
    else if (lane == 1) s1 += product;
    else s2 += product;
  }
  return s0 + s2 + (s1 + secondOf(b));
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
