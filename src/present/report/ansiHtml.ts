import { escapeMarkup } from "../escape";

/** Colours 0 to 7 of a terminal, in shades that are read on white as on black. */
const COLOURS = [
  "#6e7781",
  "#cf222e",
  "#2da44e",
  "#bf8700",
  "#0969da",
  "#a475f9",
  "#1b7c83",
  "#8c959f",
];

/** Text with a terminal's colours and bold face as HTML; other control sequences are dropped. */
export function renderAnsi(text: string): string {
  let html = "";
  let style = { colour: "", isBold: false };
  let at = 0;
  const write = (piece: string): void => {
    if (piece === "") return;
    const css = `${style.colour === "" ? "" : `color:${style.colour};`}${style.isBold ? "font-weight:600" : ""}`;
    html += css === "" ? escapeMarkup(piece) : `<span style="${css}">${escapeMarkup(piece)}</span>`;
  };
  // eslint-disable-next-line no-control-regex -- control sequences are what this reads
  for (const match of text.matchAll(/\u001b\[([0-9;?]*)([A-Za-z])/g)) {
    write(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === "m") style = applyCodes(style, match[1] ?? "");
  }
  write(text.slice(at));
  return html;
}

function applyCodes(
  style: { colour: string; isBold: boolean },
  list: string,
): { colour: string; isBold: boolean } {
  let { colour, isBold } = style;
  for (const code of list.split(";").map(Number)) {
    if (code === 0) [colour, isBold] = ["", false];
    else if (code === 1) isBold = true;
    else if (code === 22) isBold = false;
    else if (code === 39) colour = "";
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97))
      colour = COLOURS[code % 10] ?? "";
  }
  return { colour, isBold };
}
