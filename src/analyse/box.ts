import { ArgumentError, ShapeError } from "../errors";
import { describeDomain, type Domain } from "./domain";

/** Where the inputs of a network may lie: a lower and an upper end for each of them. */
export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The box that a domain is for so many inputs.
 *
 * @throws ShapeError if the domain has ends for another number of inputs
 */
export function boxOver(domain: Domain, inputs: number): Box {
  if (domain.kind !== "inputs") {
    return {
      lower: new Float64Array(inputs).fill(domain.lower),
      upper: new Float64Array(inputs).fill(domain.upper),
    };
  }
  const { lower, upper } = domain;
  if (lower.length === inputs) return { lower, upper };
  throw new ShapeError(
    `the domain has ends for ${lower.length} inputs, but there are ${inputs}; give one number for ` +
      "all, or one for each",
  );
}

/**
 * The box of a domain around a point.
 *
 * @throws ArgumentError naming the first value of x that lies outside the domain, or is not a
 *   number, ShapeError if the domain has ends for another number of inputs
 */
export function boxAround(x: Readonly<Float64Array>, domain: Domain): Box {
  const box = boxOver(domain, x.length);
  for (let input = 0; input < x.length; input++) {
    const [lower, upper] = [box.lower[input], box.upper[input]];
    if (x[input] >= lower && x[input] <= upper) continue;
    const where =
      domain.kind === "inputs"
        ? `its interval [${lower}, ${upper}] of the domain`
        : `the domain ${describeDomain(domain)}`;
    const isPixels = domain.kind === "pixels" || domain.kind === "paper";
    throw new ArgumentError(
      `value ${input} of the point is ${x[input]}, outside ${where}` +
        (isPixels ? "; inputs are pixels divided by 255" : "") +
        "; bounds hold inside it only",
    );
  }
  return box;
}

/** The middle of a box, which rounding does not carry out of it. */
export function centreOf({ lower, upper }: Box): Float64Array {
  return lower.map((low, input) =>
    Math.min(upper[input], Math.max(low, low + (upper[input] - low) / 2)),
  );
}
