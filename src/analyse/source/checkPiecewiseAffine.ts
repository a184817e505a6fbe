import { ArgumentError } from "../../errors";
import { quoteName } from "../../quoteName";
import type { Twins } from "../twin";
import { sourceRules } from "./source";

/** Whether Ñ is affine on the polytopes of N's and its own patterns, with all its sources. */
export function isPiecewiseAffine({ sources = [] }: Twins): boolean {
  return sources.every((source) => sourceRules(source).isPiecewiseAffine);
}

/**
 * @param method  what needs it, as the beginning of a sentence
 * @throws ArgumentError naming a source with which Ñ is not affine on the polytopes of N's and its
 *   own patterns: a program over one would be about another function
 */
export function checkPiecewiseAffine({ approximated, sources = [] }: Twins, method: string): void {
  const odd = sources.map(sourceRules).find(({ isPiecewiseAffine }) => !isPiecewiseAffine);
  if (odd === undefined) return;
  throw new ArgumentError(
    `${method} needs twins that are affine piece by piece, but ${quoteName(approximated.name)} has ` +
      `${odd.name}; bound takes such twins, or leave that out`,
  );
}
