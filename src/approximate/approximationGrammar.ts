import { nearestFirst } from "../nearestNames";
import { APPROXIMATION_RULES } from "./approximation";

const FORMS = Object.values(APPROXIMATION_RULES).flatMap(({ forms }) => forms);

/** The grammar of `parseApproximation`, for messages and for the command line's help. */
export const APPROXIMATION_GRAMMAR = FORMS.map(({ text }) => text).join(", ");

/** The names alone, without what they mean: where there is little room. */
export const APPROXIMATION_NAMES = FORMS.map(({ text }) => text.replace(/ \(.*\)$/, "")).join(", ");

/** The grammar with those forms first that a mistyped name is nearest to. */
export function approximationsNearest(typed: string): string {
  const name = typed.trim().toLowerCase();
  const number = /\d+/.exec(name)?.[0] ?? "8";
  const forms = FORMS.flatMap(({ text, names }) =>
    names(number).map((known) => [known, text] as const),
  );
  const formOf = new Map(forms);
  const nearest = nearestFirst(name, [...formOf.keys()]);
  return [...new Set(nearest.map((known) => formOf.get(known) ?? known))].join(", ");
}
