import { ArgumentError } from "../errors";

/** The box that inputs may fill, in pixels: the same lower and upper end for every input. */
export interface Domain {
  readonly kind: "pixels" | "paper";
  readonly lower: number;
  readonly upper: number;
}

/** [0, 1] for every pixel: all pictures there are.                              (paper, Eq. 32) */
export const PIXEL_DOMAIN: Domain = { kind: "pixels", lower: 0, upper: 1 };

/**
 * What the paper's code solves over instead: −0.5 to 3.0 after the normalisation by 0.1307 and
 * 0.3081, which is −0.02335 to 1.055 in pixels, a little larger than [0, 1].     (spec A, 10.4)
 */
export const PAPER_DOMAIN: Domain = {
  kind: "paper",
  lower: -0.5 * 0.3081 + 0.1307,
  upper: 3.0 * 0.3081 + 0.1307,
};

/** The domain of a name; @throws ArgumentError listing the names there are. */
export function parseDomain(text: string): Domain {
  if (text === "pixels") return PIXEL_DOMAIN;
  if (text === "paper") return PAPER_DOMAIN;
  throw new ArgumentError(`unknown domain "${text}"; there are "pixels" ([0, 1]) and "paper"`);
}

/**
 * @throws ArgumentError naming the first value of x that lies outside the domain, or is not a
 *   number
 */
export function checkInDomain(x: Readonly<Float64Array>, domain: Domain): void {
  for (let index = 0; index < x.length; index++) {
    if (!(x[index] >= domain.lower && x[index] <= domain.upper)) {
      throw new ArgumentError(
        `value ${index} of the point is ${x[index]}, outside the domain ` +
          `[${domain.lower}, ${domain.upper}]; inputs are pixels divided by 255`,
      );
    }
  }
}
