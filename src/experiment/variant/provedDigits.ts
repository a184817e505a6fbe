import { agreedDigits } from "../../claim/enclosure";
import type { AppMaxRow } from "./runAppMax";

/** In how many decimal digits the attained maximum and its bound agree, 0 to 16. */
export function provedDigits({
  maximum,
  upperBound,
}: Pick<AppMaxRow, "maximum" | "upperBound">): number {
  return agreedDigits({ lower: maximum, upper: upperBound });
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
