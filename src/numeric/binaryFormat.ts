/** A binary floating-point format with subnormals and infinities, narrower than binary64. */
export interface BinaryFormat {
  readonly name: string;
  /** Significant bits of a normal number, the hidden one included. */
  readonly precision: number;
  /** Exponent of the smallest normal number, which is 2 to this power. */
  readonly minExponent: number;
  /** Exponent of the largest finite numbers. */
  readonly maxExponent: number;
  /** The largest finite value, where a format gives those above it another meaning. */
  readonly largest?: number;
}

const bits = new DataView(new ArrayBuffer(8));

/** The largest finite value of a format. */
export function largestValue(format: BinaryFormat): number {
  if (format.largest !== undefined) return format.largest;
  return (2 - powerOfTwo(1 - format.precision)) * powerOfTwo(format.maxExponent);
}

/**
 * The value of a format that is nearest to `value`, ties to the one with an even last bit; once
 * only, straight from binary64. Beyond the largest value by half a unit or more it is ±infinity;
 * NaN and −0 stay themselves.
 */
export function roundToFormat(value: number, format: BinaryFormat): number {
  let rounder = rounders.get(format);
  if (rounder === undefined) rounders.set(format, (rounder = createRounder(format)));
  return rounder(value);
}

const rounders = new WeakMap<BinaryFormat, (value: number) => number>();

/** `roundToFormat` for many numbers: what depends on the format alone is worked out once. */
export function createRounder(format: BinaryFormat): (value: number) => number {
  const largest = largestValue(format);
  const shifts = shiftsOf(format);
  return (value) => {
    const magnitude = Math.abs(value);
    if (!(magnitude < Infinity)) return value;
    const shift = shifts[biasedExponentOf(magnitude)];
    const rounded = magnitude + shift - shift;
    // Not `> largest`: of the largest numbers of binary64 the shift is infinite, the sum NaN.
    const result = rounded <= largest ? rounded : Infinity;
    return value < 0 || Object.is(value, -0) ? -result : result;
  };
}

/**
 * By the biased exponent of a number: 2^52 units of the format there. From 2^52 units on, binary64
 * itself has no room below one unit: adding rounds, as IEEE 754 says.
 */
function shiftsOf({ minExponent, precision }: BinaryFormat): Float64Array {
  return Float64Array.from({ length: 2047 }, (_, biased) => {
    const exponent = Math.max(biased - 1023, minExponent);
    return powerOfTwo(exponent + 1 - precision) * 4503599627370496;
  });
}

/**
 * The whole number nearest to `value`, ties to the even one, as `rint` of C and numpy's `round`.
 */
export function roundHalfEven(value: number): number {
  const magnitude = Math.abs(value);
  // From 2^52 on every binary64 number is whole; NaN passes as well.
  if (!(magnitude < 4503599627370496)) return value;
  const rounded = magnitude + 4503599627370496 - 4503599627370496;
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

/** The distance between neighbours of a format where a number lies: its unit in the last place. */
export function spacingAt(value: number, { minExponent, precision }: BinaryFormat): number {
  const exponent = Math.max(biasedExponentOf(Math.abs(value)) - 1023, minExponent);
  return powerOfTwo(exponent + 1 - precision);
}

/** floor(log2(value)) + 1023 of a finite number that is not negative; 0 for zero and subnormals. */
function biasedExponentOf(value: number): number {
  bits.setFloat64(0, value);
  return bits.getUint32(0) >>> 20;
}

/** 2 to a power between −1022 and 1023, exactly. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
