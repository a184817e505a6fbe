import { Option, type Command } from "commander";
import type { Approximation } from "../approximate/approximation";
import { APPROXIMATION_NAMES } from "../approximate/approximationGrammar";
import { approximationName, parseApproximation } from "../approximate/parseApproximation";
import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";
import { parseList, refuseTwice } from "./list";

/** The flags that say how weights are rounded: one of the two. */
export interface ApproximationFlags {
  readonly approximation: string;
  readonly bits?: string;
}

const BITS_HELP =
  "numbers of bits of the paper's quantiser: --bits 8,4 is --approximation 8,4; instead of --approximation, " +
  "which has the others (16 bits of IEEE are half, the field's 8 bits int8)";

/** Adds `--approximation` and `--bits`, which exclude each other, to a command that rounds. */
export function addApproximationOptions(command: Command, byDefault: string): Command {
  return command
    .option(
      "--approximation <names>",
      `one or more, separated by commas: ${APPROXIMATION_NAMES}; docs/approximations.md says each`,
      byDefault,
    )
    .addOption(new Option("--bits <numbers>", BITS_HELP).conflicts("approximation"));
}

/**
 * The approximations that the flags name.
 *
 * @throws ArgumentError quoting a name that there is not, and one that stands there twice
 */
export function approximationsOf({ approximation, bits }: ApproximationFlags): Approximation[] {
  const option = bits === undefined ? "--approximation" : "--bits";
  const names = parseList(bits ?? approximation, option);
  const found = names.map((name) => {
    if (bits !== undefined && !/^\d{1,3}$/.test(name)) throw notBits(name);
    return parseApproximation(name);
  });
  // half and float16 are one.
  refuseTwice(found.map(approximationName), option);
  return found;
}

function notBits(name: string): ArgumentError {
  return new ArgumentError(
    `--bits takes whole numbers of bits of the paper's quantiser, such as 8 or 16,8,4, found "${plainText(name)}"; ` +
      `other approximations are given by --approximation`,
  );
}
