import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";

/**
 * The names of an option that takes several, separated by commas.
 *
 * @throws ArgumentError quoting the text if a name is empty or stands there twice
 */
export function parseList(text: string, option: string): string[] {
  const names = text.split(",").map((part) => part.trim());
  if (names.includes("")) {
    throw new ArgumentError(
      `${option} takes names separated by commas, found an empty one in "${plainText(text)}"`,
    );
  }
  refuseTwice(names, option);
  return names;
}

/** @throws ArgumentError naming the first name that is there twice */
export function refuseTwice(names: readonly string[], option: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ArgumentError(
    `${option} names "${plainText(twice)}" twice; results of the same name cannot be told apart, so name each once`,
  );
}
