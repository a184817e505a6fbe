import { escapeMarkup } from "./escape";

/** TeX commands of the notebooks' formulae, each followed by its character or word. */
const TABLE = `
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε eta η theta θ kappa κ lambda λ mu μ nu ν
xi ξ pi π rho ρ sigma σ tau τ phi φ chi χ psi ψ omega ω Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
Sigma Σ Phi Φ Psi Ψ Omega Ω Gamma Γ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ times × cdot ·
pm ± in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ to → mapsto ↦ infty ∞ sum ∑ prod ∏ partial ∂
nabla ∇ forall ∀ exists ∃ ldots … dots … cdots ⋯ ell ℓ circ ∘ setminus ∖ mid | lVert ‖ rVert ‖
lvert | rvert | Vert ‖ max max min min log log ln ln exp exp arg arg argmax argmax top ⊤
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋
`;

/** By command; spaces and sizes of brackets have no character of their own. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ...(TABLE.match(/\S+ \S+/g) ?? []).map((pair): [string, string] => {
    const [name = "", symbol = ""] = pair.split(" ");
    return [name, symbol];
  }),
  ["quad", "\u2003"],
  ["qquad", "\u2003\u2003"],
  ["left", ""],
  ["right", ""],
]);

/** Marks above a letter, as combining characters. */
const ACCENTS: Readonly<Record<string, string>> = {
  tilde: "\u0303",
  widetilde: "\u0303",
  bar: "\u0304",
  overline: "\u0304",
  hat: "\u0302",
  dot: "\u0307",
};

/** Commands that only set the face of their argument. */
const FACES = new Set(["mathrm", "mathbf", "mathbb", "mathcal", "text", "operatorname", "mathit"]);

/**
 * A formula in the part of TeX that our notebooks use, as HTML: letters, symbols, indices, powers,
 * accents, fractions. What it does not know stands as it was written.
 */
export function renderMath(tex: string): string {
  const reader = { text: tex.trim(), at: 0 };
  return `<span class="math">${readUntil(reader, "")}</span>`;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readUntil(reader: Reader, end: string): string {
  let html = "";
  while (reader.at < reader.text.length) {
    if (end !== "" && reader.text[reader.at] === end) break;
    html += readAtom(reader);
  }
  reader.at++;
  return html;
}

/** One letter, command or group. */
function readAtom(reader: Reader): string {
  const character = reader.text[reader.at++] ?? "";
  if (character === "{") return readUntil(reader, "}");
  if (character === "_") return `<sub>${readAtom(reader)}</sub>`;
  if (character === "^") return `<sup>${readAtom(reader)}</sup>`;
  if (character === "\\") return readCommand(reader);
  if (character === "-") return "−";
  if (character === "'") return "′";
  if (/[=<>+]/.test(character)) return ` ${escapeMarkup(character)} `;
  return /[a-zA-Z]/.test(character) ? `<i>${character}</i>` : escapeMarkup(character);
}

function readCommand(reader: Reader): string {
  const [name = ""] = /^[a-zA-Z]+/.exec(reader.text.slice(reader.at)) ?? [];
  if (name === "") {
    const character = reader.text[reader.at++] ?? "";
    return /[,;:! ]/.test(character) ? "\u2009" : escapeMarkup(character);
  }
  reader.at += name.length;
  const symbol = SYMBOLS.get(name);
  if (symbol !== undefined) return /^[≤≥≠≈∈∉⊂⊆→↦]$/.test(symbol) ? ` ${symbol} ` : symbol;
  if (name in ACCENTS) return accented(readArgument(reader), ACCENTS[name] ?? "");
  if (FACES.has(name)) return readArgument(reader).replace(/<\/?i>/g, "");
  if (name === "frac") return `${grouped(readArgument(reader))}/${grouped(readArgument(reader))}`;
  if (name === "sqrt") return `√${grouped(readArgument(reader))}`;
  return escapeMarkup(`\\${name}`);
}

function readArgument(reader: Reader): string {
  while (reader.text[reader.at] === " ") reader.at++;
  return readAtom(reader);
}

/** The mark goes behind the first letter, inside its element. */
function accented(html: string, mark: string): string {
  return html.replace(/^((?:<[^>]*>)*(?:&[a-z#0-9]+;|.))/su, `$1${mark}`);
}

function grouped(html: string): string {
  const isSingle = html.replace(/<[^>]*>/g, "").length <= 1 || /^[\p{L}\p{N}]+$/u.test(html);
  return isSingle ? html : `(${html})`;
}
