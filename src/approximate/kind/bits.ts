import { ArgumentError } from "../../errors";

/** How many bits a quantiser may have. */
export interface BitRange {
  readonly smallest: number;
  readonly largest: number;
}

/** @throws ArgumentError unless digits of a name are as many bits as its quantiser may have */
export function bitsWithin(digits: string, { smallest, largest }: BitRange, typed: string): number {
  const bits = Number(digits);
  if (bits >= smallest && bits <= largest) return bits;
  throw new ArgumentError(
    `approximation "${typed}": a quantiser of this kind has ${smallest} to ${largest} bits, such as ` +
      `"${typed.trim().replace(digits, String(Math.min(8, largest)))}"`,
  );
}

export function bitsInWords(bits: number): string {
  return `${bits} bit${bits === 1 ? "" : "s"}`;
}
