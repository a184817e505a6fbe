import { readFileSync } from "node:fs";
import { ArgumentError } from "../errors";
import { reasonOf } from "../systemError";

/**
 * The object in the JSON file that an option names.
 *
 * @param place  the option and the file, as messages name them
 * @param example  what the file should look like
 * @throws ArgumentError if it cannot be read or holds something else
 */
export function readJsonFile(
  file: string,
  place: string,
  example: string,
): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ArgumentError(`${place} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  try {
    const content = JSON.parse(text) as unknown;
    // What an object has by name is unknown until it is looked at.
    if (typeof content === "object" && content !== null) return content as Record<string, unknown>;
  } catch (cause) {
    throw new ArgumentError(`${place} is no JSON; expected ${example}`, { cause });
  }
  throw new ArgumentError(`${place} holds no object; expected ${example}`);
}
