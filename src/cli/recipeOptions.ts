import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";
import type { Recipe } from "../train/recipe";
import { parseCount } from "./command";

/** The flags that make another network of a recipe. */
export interface RecipeFlags {
  readonly epochs?: string;
  readonly seed?: string;
  readonly batch?: string;
  readonly rate?: string;
  readonly normalisation?: string;
}

/** Their names: each makes another network of a recipe. */
export const RECIPE_CHANGES = ["epochs", "seed", "batch", "rate", "normalisation"] as const;

/** What flags say of a recipe, each with the option that says it. */
export function changesOf({
  epochs,
  seed,
  batch,
  rate,
  normalisation,
}: RecipeFlags): Partial<Recipe> {
  const given = <Part>(text: string | undefined, read: (text: string) => Part) =>
    text === undefined ? {} : read(text);
  return {
    ...given(epochs, (text) => ({ epochs: parseCount(text, "--epochs") })),
    ...given(seed, (text) => ({ seed: parseCount(text, "--seed") })),
    ...given(batch, (text) => ({ batchSize: parseCount(text, "--batch") })),
    ...given(rate, (text) => ({ learningRate: parseAbove0(text, "--rate") })),
    ...given(normalisation, parseNormalisation),
  };
}

function parseAbove0(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new ArgumentError(`${option} takes a number above 0, found "${plainText(text)}"`);
}

/** Inputs become (input − mean) / deviation. */
function parseNormalisation(text: string): Pick<Recipe, "mean" | "deviation"> {
  const parts = text.split(",");
  const [mean, deviation] = parts.map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (parts.length === 2 && Number.isFinite(mean) && Number.isFinite(deviation) && deviation > 0) {
    return { mean, deviation };
  }
  throw new ArgumentError(
    `--normalisation takes MEAN,DEVIATION with a deviation above 0, such as 0.1307,0.3081; found "${plainText(text)}"`,
  );
}
