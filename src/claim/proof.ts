import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";

/**
 * What a bound of a linear program is proved for: the program as computed, "up to binary64 rounding
 * of the program", or the networks in real arithmetic ("real", by `realBound`; decision 54).
 */
export type Proof = "rounding" | "real";

/** What is proved where nothing is said. */
export const DEFAULT_PROOF: Proof = "rounding";

/** The proofs there are, for help and errors. */
export const PROOF_GRAMMAR = "rounding (bounds up to binary64 rounding of the program) or real";

/** @throws ArgumentError naming what there is, if this is the name of no proof */
export function parseProof(text: string): Proof {
  if (text === "rounding" || text === "real") return text;
  throw new ArgumentError(`unknown proof "${plainText(text)}"; there are ${PROOF_GRAMMAR}`);
}

/**
 * What the bounds of linear programs are proved up to, behind the inputs that they are proved for:
 * all but those of `realBound` leave the rounding of the program's rows and costs out.
 */
export const TO_ROUNDING = "up to binary64 rounding of the program";

/** What stands in its place where that rounding is counted. */
export const IN_REAL_ARITHMETIC = "in real arithmetic";
