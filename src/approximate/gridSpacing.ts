import { assertNever } from "../errors";
import type { Parameter } from "../network/layer/layerRules";
import type { Network } from "../network/network";
import { BFLOAT16 } from "../numeric/bfloat16";
import { spacingAt, type BinaryFormat } from "../numeric/binaryFormat";
import { BINARY16 } from "../numeric/half";
import { affineQuantiserOf } from "./approximate";
import type { Approximation } from "./approximation";
import { symmetricGrids } from "./symmetricQuantiser";

/**
 * The distance between neighbours of the grid at each number of a parameter; undefined for
 * parameters that are not put on one.
 */
export type GridSpacing = (parameter: Parameter) => Float64Array | undefined;

/**
 * How coarse the grids are that an approximation puts a network's parameters on: the step of an
 * evenly spaced grid, and of a floating format the unit in the last place of each number. Rounding
 * errors spread evenly over a step have a root mean square of 1/√12 of it.
 *
 * @returns undefined for approximations that have no grid
 */
export function gridSpacing(
  network: Network,
  approximation: Approximation,
): GridSpacing | undefined {
  switch (approximation.kind) {
    case "none":
    case "prune":
      return undefined;
    case "half":
      return ofRounded(unitsOf(BINARY16));
    case "bfloat16":
      return ofRounded(unitsOf(BFLOAT16));
    case "affine": {
      const { scale } = affineQuantiserOf(network, approximation);
      return ofRounded(({ values }) => new Float64Array(values.length).fill(scale));
    }
    case "symmetric":
      return ofRounded(({ name, values, channels }) => {
        if (name === "bias") return undefined;
        const spacing = new Float64Array(values.length);
        for (const { start, end, scale } of symmetricGrids(values, channels, approximation)) {
          spacing.fill(scale, start, end);
        }
        return spacing;
      });
    default:
      return assertNever(approximation);
  }
}

function ofRounded(spacing: GridSpacing): GridSpacing {
  return (parameter) => (parameter.role === "exact" ? undefined : spacing(parameter));
}

function unitsOf(format: BinaryFormat): GridSpacing {
  return ({ values }) => values.map((value) => spacingAt(value, format));
}
