import { escapeMarkup } from "../../src/present/escape";

/** Classes of the foreground colours 30 to 37 and, as their bright sisters, 90 to 97. */
const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

interface AnsiStyle {
  readonly colour: string | undefined;
  readonly isBold: boolean;
}

const plain: AnsiStyle = { colour: undefined, isBold: false };

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return plain;
  if (code === 1) return { ...style, isBold: true };
  if (code === 22) return { ...style, isBold: false };
  if (code === 39) return { ...style, colour: undefined };
  if (code >= 30 && code <= 37) return { ...style, colour: colours[code - 30] };
  if (code >= 90 && code <= 97) return { ...style, colour: `bright-${colours[code - 90]}` };
  return style;
}

function wrap(text: string, { colour, isBold }: AnsiStyle): string {
  if (text === "") return "";
  const classes = [colour === undefined ? [] : `ansi-${colour}`, isBold ? "ansi-bold" : []].flat();
  const escaped = escapeMarkup(text);
  return classes.length === 0 ? escaped : `<span class="${classes.join(" ")}">${escaped}</span>`;
}

/** Text with ANSI colours as HTML; other escape sequences are dropped. */
export function ansiToHtml(text: string): string {
  // eslint-disable-next-line no-control-regex -- escape sequences are made of control characters
  const sequence = /\u001b\[([0-9;]*)([A-Za-z])/g;
  let style = plain;
  let html = "";
  let start = 0;
  for (const match of text.matchAll(sequence)) {
    html += wrap(text.slice(start, match.index), style);
    start = match.index + match[0].length;
    if (match[2] !== "m") continue;
    for (const code of match[1].split(";")) style = applyCode(style, Number(code));
  }
  return html + wrap(text.slice(start), style);
}
