/**
 * A piece of a text: words as they are, or a symbol with an index, as the paper sets E with index
 * Ξ.
 */
export type TextPiece =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "symbol"; readonly base: string; readonly index: string };

/**
 * A single letter, `_`, and a single letter, a few digits or the name of ξ; apart from other words.
 */
const SYMBOL = /(?<![\p{L}\p{N}_])(\p{L})_(Xi|xi|\p{L}|\p{N}{1,3})(?![\p{L}\p{N}_])/gu;
const NAMES: Readonly<Record<string, string>> = { Xi: "Ξ", xi: "ξ" };

/**
 * A heading, caption or note cut where it names symbols: `E_Ξ` and `E_Xi` are E with the index Ξ.
 */
export function splitSymbols(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(SYMBOL)) {
    const [whole, base = "", index = ""] = match;
    if (match.index > end) pieces.push({ kind: "words", text: text.slice(end, match.index) });
    pieces.push({ kind: "symbol", base, index: NAMES[index] ?? index });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ kind: "words", text: text.slice(end) });
  return pieces;
}

/** A text whose symbols are typeset in HTML, or in the marks that Plotly reads. */
export function typesetMarkup(text: string, escape: (words: string) => string): string {
  return splitSymbols(text)
    .map((piece) =>
      piece.kind === "words"
        ? escape(piece.text)
        : `${escape(piece.base)}<sub>${escape(piece.index)}</sub>`,
    )
    .join("");
}
