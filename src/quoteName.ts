/**
 * Texts from outside (names of tensors, fields, files, columns) on their way to a message, a
 * terminal or a page.
 *
 * Such a text may be megabytes long, start a terminal's escape sequence, turn the direction of
 * writing or hold a line break that makes one message look like two. Whoever shows one shows it
 * through this file.
 */

/** Characters of a name that a message shows. */
const LONGEST_NAME = 60;

/**
 * Controls, formats (bidirectional marks, joiners), lone surrogates, private and unassigned code
 * points.
 */
const UNSHOWABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Names that cannot be mistaken for anything else: letters, digits and the signs that paths are
 * made of.
 */
const PLAIN_NAME = /^[\p{L}\p{N}._/:@+-]+$/u;

/**
 * A text from outside that is safe to show: unshowable characters as `\u{1b}`, cut after `longest`
 * characters.
 *
 * @example plainText("a\u001b[31mb")  // a\u{1b}[31mb
 */
export function plainText(text: string, longest: number = LONGEST_NAME): string {
  // Two code units make a character at most: only so much of a text of any length is ever looked
  // at.
  const characters = Array.from(text.slice(0, 2 * longest + 2));
  const isCut = characters.length > longest;
  const kept = isCut ? characters.slice(0, longest - 1).join("") : characters.join("");
  return kept.replace(UNSHOWABLE, escapeCharacter) + (isCut ? "…" : "");
}

/**
 * A whole message as a terminal may show it: its line breaks stay, other unshowable signs do not.
 */
export function showableText(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(UNSHOWABLE, escapeCharacter))
    .join("\n");
}

/**
 * A name from outside as messages have it: as it is if it is a plain one, such as `fc1.weight`;
 * otherwise in quotation marks, escaped and cut, so that its end and the message's words cannot be
 * confused.
 */
export function quoteName(name: string, longest: number = LONGEST_NAME): string {
  const text = plainText(name, longest);
  if (text === name && PLAIN_NAME.test(text)) return text;
  return `"${text.replace(/"/g, '\\"')}"`;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
