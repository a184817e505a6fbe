import { plainText } from "../../quoteName";

/** Names that a message lists before it cuts the list short. */
const MOST_NAMES = 8;
/** Characters of one name that a message shows. */
const MOST_CHARACTERS = 40;

/**
 * A cell, a label or a name as a message has it: a text in quotation marks, cut when it is long.
 */
export function quote(value: unknown): string {
  if (typeof value !== "string") return plainText(String(value), MOST_CHARACTERS);
  return `"${plainText(value, MOST_CHARACTERS).replace(/"/g, '\\"')}"`;
}

/** Several values as a message has them: `"a", "b"`, the rest counted when there are many. */
export function quoteAll(values: readonly unknown[]): string {
  if (values.length === 0) return "none";
  const shown = values.slice(0, MOST_NAMES).map(quote).join(", ");
  const others = values.length - MOST_NAMES;
  return others > 0 ? `${shown} and ${others} more` : shown;
}
