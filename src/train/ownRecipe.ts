import { ArgumentError, assertNever } from "../errors";
import { quoteName } from "../quoteName";
import type { Recipe } from "./recipe";

/** What a recipe of one's own is where nothing else is said: inputs are taken as they are. */
export const OWN_RECIPE: Omit<Recipe, "layers"> = {
  name: "own",
  mean: 0,
  deviation: 1,
  epochs: 20,
  batchSize: 32,
  learningRate: 1e-3,
  seed: 1,
};

/**
 * The recipe of a dense network with ReLUs between its layers, for points of one's own.
 *
 * @param hidden   the widths of the layers before the last; none for a linear one
 * @param classes  outputs of the last
 * @param choice   what differs from `OWN_RECIPE`
 * @throws ArgumentError naming what is no number of its kind
 */
export function denseRecipe(
  hidden: readonly number[],
  classes: number,
  choice: Partial<Omit<Recipe, "layers">> = {},
): Recipe {
  const layers = [...hidden, classes].map((outputs) => {
    return { kind: "dense" as const, outputs, dropRate: 0 };
  });
  return checkRecipe({ ...OWN_RECIPE, ...choice, layers });
}

/** @throws ArgumentError naming what is no number of its kind, with what was expected */
export function checkRecipe(recipe: Recipe): Recipe {
  const { name, layers, mean, deviation, epochs, batchSize, learningRate, seed } = recipe;
  const place = `recipe ${quoteName(name)}`;
  const refuse = (what: string, expected: string, found: unknown): never => {
    throw new ArgumentError(`${place}: ${what} must be ${expected}, found ${String(found)}`);
  };
  const counts = layers.flatMap((layer, index): [string, number][] => {
    const where = `of layer ${index + 1}`;
    switch (layer.kind) {
      case "dense":
        return [[`outputs ${where}`, layer.outputs]];
      case "conv2d":
        return [
          [`channels ${where}`, layer.channels],
          [`the kernel ${where}`, layer.kernel],
        ];
      case "maxPool2d":
        return [[`the window ${where}`, layer.window]];
      default:
        return assertNever(layer);
    }
  });
  for (const [what, count] of [...counts, ["epochs", epochs], ["batchSize", batchSize]] as const) {
    if (!Number.isSafeInteger(count) || count < 1) refuse(what, "a whole number from 1 on", count);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) refuse("seed", "a whole number from 0 on", seed);
  if (!Number.isFinite(mean)) refuse("mean", "a finite number", mean);
  for (const [what, value] of [
    ["deviation", deviation],
    ["learningRate", learningRate],
  ] as const) {
    if (!(value > 0) || !Number.isFinite(value)) refuse(what, "a number above 0", value);
  }
  for (const [index, layer] of layers.entries()) {
    if (layer.kind !== "dense" || (layer.dropRate >= 0 && layer.dropRate < 1)) continue;
    refuse(`dropRate of layer ${index + 1}`, "at least 0 and below 1", layer.dropRate);
  }
  return recipe;
}
