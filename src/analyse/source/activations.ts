import { ArgumentError } from "../../errors";
import { checkGrid, gridError, roundToGrid, type Grid } from "./grid";
import type { SourceRules } from "./rules";

/** A grid for one of the values of a network: 0 is the input, n what the n-th layer yields. */
export interface RoundedValue {
  readonly value: number;
  readonly grid: Grid;
}

/** Ñ rounds what some of its layers yield to fixed-point grids, before others read it. */
export interface ActivationSource {
  readonly kind: "activations";
  readonly rounded: readonly RoundedValue[];
}

export const activationRules: SourceRules<ActivationSource> = {
  name: "activations rounded to a grid",
  isPiecewiseAffine: false,
  check: (source, { layers }) => checkActivations(source, layers.length),
  localSum: () => undefined,
  localError(source, value, enclosure) {
    const grid = gridOf(source, value);
    return grid === undefined ? undefined : gridError(grid, enclosure);
  },
  apply(source, value, numbers) {
    const grid = gridOf(source, value);
    if (grid === undefined) return false;
    for (let place = 0; place < numbers.length; place++) {
      numbers[place] = roundToGrid(grid, numbers[place]);
    }
    return true;
  },
};

function gridOf({ rounded }: ActivationSource, value: number): Grid | undefined {
  return rounded.find((one) => one.value === value)?.grid;
}

/** @throws ArgumentError unless every grid is one, of a value that a network of so many has */
function checkActivations({ rounded }: ActivationSource, layerCount: number): void {
  const seen = new Set<number>();
  for (const { value, grid } of rounded) {
    checkGrid(grid);
    if (!Number.isSafeInteger(value) || value < 0 || value > layerCount) {
      throw new ArgumentError(
        `there is no value ${value} to round; 0 is the input, 1 to ${layerCount} what the layers yield`,
      );
    }
    if (seen.has(value)) throw new ArgumentError(`value ${value} is given two grids`);
    seen.add(value);
  }
}
