// Loops over all rows of an interior point method with SIMD (src/numeric/stepKernels.ts states what
// is computed and in which order). Positions count values of 8 bytes; four rows a step, and what is
// left over one by one.

import { larger, place } from "./access";

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
  let p0 = f64x2.extract_lane(a, 0);
  let p1 = f64x2.extract_lane(a, 1);
  let p2 = f64x2.extract_lane(b, 0);
  let g0 = f64x2.extract_lane(c, 0);
  let g1 = f64x2.extract_lane(c, 1);
  let g2 = f64x2.extract_lane(d, 0);
  let largest = larger(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
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
  store<f64>(found, p0 + p2 + (p1 + f64x2.extract_lane(b, 1)));
  store<f64>(found, g0 + g2 + (g1 + f64x2.extract_lane(d, 1)), 8);
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
  let primal = larger(f64x2.extract_lane(primals, 0), f64x2.extract_lane(primals, 1));
  let dual = larger(f64x2.extract_lane(duals, 0), f64x2.extract_lane(duals, 1));
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
