/** A rational number, denominator > 0; not always in lowest terms. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };

/** A binary64 value, exactly. */
export function rational(value: number): Rational {
  let d = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    d *= 2n;
  }
  return { n: BigInt(scaled), d };
}

export function add(a: Rational, b: Rational): Rational {
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  if (b.d % a.d === 0n) return add(b, a);
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function multiply(a: Rational, b: Rational): Rational {
  return { n: a.n * b.n, d: a.d * b.d };
}

export function negate({ n, d }: Rational): Rational {
  return { n: -n, d };
}

export function divide(a: Rational, b: Rational): Rational {
  const sign = b.n < 0n ? -1n : 1n;
  return { n: a.n * b.d * sign, d: a.d * b.n * sign };
}

/** Negative, 0 or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function largest(a: Rational, b: Rational): Rational {
  return compare(a, b) < 0 ? b : a;
}

/** An affine form Σ weights · y + constant. */
export interface RationalForm {
  readonly weights: readonly Rational[];
  readonly constant: Rational;
}

/** one + factor · other. */
export function addForms(one: RationalForm, other: RationalForm, factor: Rational): RationalForm {
  return {
    weights: one.weights.map((weight, j) => add(weight, multiply(factor, other.weights[j]))),
    constant: add(one.constant, multiply(factor, other.constant)),
  };
}
