import { ArgumentError } from "../../errors";
import { plainText } from "../../quoteName";
import type { BoundMethod } from "./bound";
import { differential } from "./differential";
import { intersectBounds } from "./intersectBounds";
import { interval } from "./interval";
import { norm } from "./norm/norm";
import { tightest } from "./tightest";
import { symbolic } from "./symbolic/symbolic";

/** The methods that have a name. */
const BOUND_METHODS = {
  tightest,
  symbolic,
  norm,
  differential,
  interval,
  /** Those two, and of each number what both allow. */
  both: intersectBounds(differential, interval),
} as const satisfies Readonly<Record<string, BoundMethod>>;

export type BoundMethodName = keyof typeof BOUND_METHODS;

/** What is taken where nothing is said. */
export const DEFAULT_METHOD: BoundMethodName = "tightest";

/** Their names, for help and errors. */
export const BOUND_METHOD_GRAMMAR = Object.keys(BOUND_METHODS).join(", ");

/** @throws ArgumentError naming the methods there are, if this is the name of none */
export function boundMethodOf(name: string): BoundMethod {
  if (Object.hasOwn(BOUND_METHODS, name)) {
    // Whether it is a key was asked just now.
    return BOUND_METHODS[name as BoundMethodName];
  }
  throw new ArgumentError(
    `unknown method "${plainText(name)}" of bounds; there are ${BOUND_METHOD_GRAMMAR}`,
  );
}
