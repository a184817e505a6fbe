/**
 * Widths of the printable ASCII characters of Helvetica, in thousandths of the font size, from
 * space to tilde. Arial and Liberation Sans have the same.
 */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const FIRST_CHARACTER = 32;
/**
 * Greek letters, minus signs and the like; a little wide, for room left over hurts less than
 * overlap.
 */
const OTHER_WIDTH = 620;
const WIDE_WIDTH = 1000;
/**
 * A reader's machine may lack Helvetica and its kin; DejaVu Sans, the usual stand-in, is wider by
 * this.
 */
const SAFETY = 1.17;
const BOLD = 1.07;

/** Height of a line of text, as a multiple of the font size. */
export const LINE_HEIGHT = 1.3;

/**
 * About how wide a line of text stands, in the unit of the font size. It errs on the wide side.
 */
export function textWidth(text: string, fontSize: number, isBold: boolean = false): number {
  let thousandths = 0;
  for (const character of text) thousandths += characterWidth(character);
  return (thousandths / 1000) * fontSize * SAFETY * (isBold ? BOLD : 1);
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (/^[\p{Mn}\p{Cf}]$/u.test(character)) return 0;
  // From the first Hangul on, most characters fill a square.
  if (code >= 0x1100 && !/^[\p{P}\p{S}\p{Zs}]$/u.test(character)) return WIDE_WIDTH;
  return WIDTHS[code - FIRST_CHARACTER] ?? OTHER_WIDTH;
}

/**
 * A text broken between words into lines that are at most `width` wide; a longer word stands alone.
 */
export function wrapText(
  text: string,
  width: number,
  fontSize: number,
  isBold: boolean = false,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/).filter((part) => part !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize, isBold) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}
