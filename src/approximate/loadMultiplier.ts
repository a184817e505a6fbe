import { basename } from "node:path";
import { ArgumentError } from "../errors";
import { quoteName } from "../quoteName";
import { readUserFile } from "../userFile";
import { parseMultiplier, type MultiplierTable } from "./multiplierTable";

/** What a file of products does not say itself. */
export interface LoadMultiplierOptions {
  /** Whether operands are −128 to 127; of names such as `mul8u_…` and `mul8s_…` it is known. */
  readonly signed?: boolean;
}

/** Far more than a table has: a wrong file is not read whole. */
const LARGEST_BYTES = 2 ** 20;

/**
 * A multiplier from a file of 65,536 products of 16 bits, such as those of EvoApproxLib's circuits.
 *
 * @throws ArgumentError if nothing says whether operands are signed, FormatError for another size
 */
export async function loadMultiplier(
  path: string,
  { signed = signedByName(path) }: LoadMultiplierOptions = {},
): Promise<MultiplierTable> {
  if (signed === undefined) {
    throw new ArgumentError(
      `${quoteName(path)} does not say whether its operands are signed; give { signed: true } for -128 to ` +
        "127, { signed: false } for 0 to 255",
    );
  }
  const bytes = await readUserFile(path, LARGEST_BYTES);
  return parseMultiplier(bytes, basename(path).replace(/\.bin$/, ""), signed);
}

/** As the library names its circuits. */
function signedByName(path: string): boolean | undefined {
  const found = /^mul8([us])_/.exec(basename(path));
  return found === null ? undefined : found[1] === "s";
}
