import { ArgumentError, FormatError } from "../errors";

/** All that an 8 × 8 multiplier does, exact or not: a table of its products. */
export interface MultiplierTable {
  readonly name: string;
  /** Operands are −128 to 127 (bytes in two's complement) where signed, else 0 to 255. */
  readonly signed: boolean;
  /** What it makes of a and b at 256 · a + b, both as bytes. */
  readonly products: Int32Array;
}

/** Operands of a byte. */
const OPERANDS = 256;

/** The least and largest operand. */
export function operandsOf({ signed }: Pick<MultiplierTable, "signed">): readonly [number, number] {
  return signed ? [-128, 127] : [0, 255];
}

/**
 * A multiplier of a rule for its products, or of its table.
 *
 * @param products  of two operands, or at 256 · a + b
 * @throws ArgumentError unless there are 65,536 whole numbers of 32 bits
 * @example
 * const truncating = rl.createMultiplier("truncating", false, (a, b) => (a & ~3) * (b & ~3));
 */
export function createMultiplier(
  name: string,
  signed: boolean,
  products: ArrayLike<number> | ((a: number, b: number) => number),
): MultiplierTable {
  const count = OPERANDS * OPERANDS;
  const operand = (byte: number): number => (signed && byte > 127 ? byte - OPERANDS : byte);
  const given =
    typeof products === "function"
      ? Array.from({ length: count }, (_, index) =>
          products(operand(Math.floor(index / OPERANDS)), operand(index % OPERANDS)),
        )
      : Array.from(products);
  if (given.length !== count) {
    throw new ArgumentError(`multiplier ${name} needs ${count} products, found ${given.length}`);
  }
  const odd = given.findIndex((product) => (product | 0) !== product);
  if (odd === -1) return { name, signed, products: Int32Array.from(given) };
  throw new ArgumentError(
    `product ${odd} of multiplier ${name} is ${given[odd]}, expected a whole number of 32 bits`,
  );
}

/**
 * The multiplier in the bytes of a file: 65,536 products of 16 bits, the lower byte first, signed
 * where operands are; the form in which EvoApproxLib's circuits are usually tabulated.
 *
 * @throws FormatError if there are not as many bytes
 */
export function parseMultiplier(bytes: Uint8Array, name: string, signed: boolean): MultiplierTable {
  const expected = 2 * OPERANDS * OPERANDS;
  if (bytes.length !== expected) {
    throw new FormatError(
      `${name}: expected the ${expected} bytes of 256 × 256 products of 16 bits, found ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (index: number): number =>
    signed ? view.getInt16(2 * index, true) : view.getUint16(2 * index, true);
  return {
    name,
    signed,
    products: Int32Array.from({ length: OPERANDS * OPERANDS }, (_, index) => read(index)),
  };
}

/** What a multiplier makes of two operands beyond their product. */
export function multiplierError({ products }: MultiplierTable, a: number, b: number): number {
  return products[OPERANDS * (a & 255) + (b & 255)] - a * b;
}
