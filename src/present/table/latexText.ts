import { splitSymbols } from "./symbols";

/** Characters that TeX takes for commands. */
const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
};

/** Characters that the fonts of LaTeX lack or that stand in formulae, by what sets them. */
const SYMBOLS: Readonly<Record<string, string>> = {
  "\u202f": "\\,",
  "\u2009": "\\,",
  "\u00a0": "~",
  "–": "--",
  "—": "---",
  "…": "\\ldots{}",
  "⋮": "$\\vdots$",
  "−": "$-$",
  "×": "$\\times$",
  "·": "$\\cdot$",
  "±": "$\\pm$",
  "≤": "$\\le$",
  "≥": "$\\ge$",
  "≠": "$\\ne$",
  "≈": "$\\approx$",
  "∞": "$\\infty$",
  "∈": "$\\in$",
  "→": "$\\to$",
  "√": "$\\surd$",
  "∑": "$\\sum$",
};

/** Greek letters that have a command, by their Unicode names' order from alpha and Alpha on. */
const GREEK =
  "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma " +
  "sigma tau upsilon varphi chi psi omega";
const CAPITALS = new Set("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" "));
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Text as LaTeX sets it, whatever it holds; symbols such as `E_Ξ` become formulae. */
export function latexText(text: string): string {
  return splitSymbols(text)
    .map((piece) =>
      piece.kind === "words"
        ? latexWords(piece.text)
        : `$${latexLetter(piece.base)}_{${latexLetter(piece.index)}}$`,
    )
    .join("");
}

function latexWords(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => {
      const digits = Array.from(power, (each) => (each === "⁻" ? "-" : SUPERSCRIPTS.indexOf(each)));
      return `\u0001${digits.join("")}\u0002`;
    })
    .replace(/[\\{}$&#%_~^<>|"]/g, (character) => SPECIAL[character] ?? character)
    .replace(/[^\n -~]/gu, (character) => {
      if (character === "\u0001") return "$^{";
      if (character === "\u0002") return "}$";
      const letter = greekCommand(character);
      return SYMBOLS[character] ?? (letter === undefined ? character : `$${letter}$`);
    });
}

/** A letter or digits within a formula. */
function latexLetter(letter: string): string {
  return greekCommand(letter) ?? letter;
}

function greekCommand(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const names = GREEK.split(" ");
  // Omicron has no command.
  if (letter === "ο") return undefined;
  if (code >= 0x3b1 && code <= 0x3c9) return `\\${names[code - 0x3b1]}`;
  if (code < 0x391 || code > 0x3a9) return undefined;
  const name = (names[code - 0x391] ?? "").replace(/^var/, "");
  const capital = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  return CAPITALS.has(capital) ? `\\${capital}` : undefined;
}
