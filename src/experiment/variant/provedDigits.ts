import type { AppMaxRow } from "./runAppMax";

/** Binary64 has no more. */
const MOST_DIGITS = 16;

/** In how many decimal digits the attained maximum and its bound agree, 0 to 16. */
export function provedDigits({
  maximum,
  upperBound,
}: Pick<AppMaxRow, "maximum" | "upperBound">): number {
  if (upperBound === maximum) return MOST_DIGITS;
  const apart = Math.abs(upperBound - maximum) / Math.abs(upperBound);
  if (!(apart < 1)) return 0;
  return Math.max(0, Math.min(MOST_DIGITS, Math.floor(-Math.log10(apart))));
}

const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/stopped on request/, "time limit"],
  [/limit of \d+ iterations/, "iteration limit"],
  [/the networks yield .* more/, "rounding: more attained than bound"],
  [/ differ by |apart \(relative\)|violates row|outside the box/, "rounding"],
];

/**
 * Why a row is uncertified, in a few words, from the reason that is stored with it: the cause named
 * first is the one that ended the search. Empty for certified rows, `not recorded` for rows without
 * a reason, and the reason itself where it is of another kind.
 */
export function whyUncertified({ status, reason }: Pick<AppMaxRow, "status" | "reason">): string {
  if (status === "certified") return "";
  if (reason === undefined || reason === "") return "not recorded";
  return CAUSES.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}
