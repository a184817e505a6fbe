/**
 * How many columns of a terminal a text takes: none for combining marks and other characters
 * without width, two for East Asian wide characters and pictures, one for all else.
 */
export function terminalWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u.test(character)) return 0;
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u.test(
    character,
  )
    ? 2
    : 1;
}

/** A text filled with spaces to a width, on the left when it is to stand on the right. */
export function padToWidth(text: string, width: number, isRightAligned: boolean): string {
  const spaces = " ".repeat(Math.max(0, width - terminalWidth(text)));
  return isRightAligned ? spaces + text : text + spaces;
}
