import { requirePackage } from "../../packageRoot";
import { renderMath } from "./mathHtml";

/** The part of markdown-it that is used; the package brings no types. */
interface MarkdownIt {
  render(text: string): string;
  readonly inline: {
    readonly ruler: { before(other: string, name: string, rule: InlineRule): void };
  };
  readonly block: {
    readonly ruler: {
      before(other: string, name: string, rule: BlockRule, options: { alt: string[] }): void;
    };
  };
  readonly renderer: { readonly rules: Record<string, (tokens: Token[], index: number) => string> };
}

interface Token {
  content: string;
  markup: string;
  attrGet(name: string): string | null;
}

type InlineRule = (
  state: { readonly src: string; pos: number; push(type: string, tag: string, nesting: 0): Token },
  isSilent: boolean,
) => boolean;

type BlockRule = (
  state: {
    line: number;
    getLines(from: number, to: number, indent: number, keepLast: boolean): string;
    push(type: string, tag: string, nesting: 0): Token;
  },
  from: number,
  to: number,
  isSilent: boolean,
) => boolean;

/**
 * A formula in a line: no blank inside its dollars, no digit behind them, so that prices are none.
 */
const INLINE_MATH = /^\$\$([^$]+)\$\$|^\$(?!\s)([^$\n]*[^$\s\\])\$(?![\w$])/;
const BLOCK_MATH = /^\s*\$\$([^$]+)\$\$[ \t]*(?:\n|$)/;

/**
 * Markdown as HTML, with formulae. HTML in the text is shown as text; links to scripts are none;
 * pictures that would have to be fetched become links.
 */
export function renderMarkdownText(markdown: string): string {
  const create = requirePackage<(options: object) => MarkdownIt>("markdown-it");
  const reader = create({ html: false, linkify: false });
  reader.inline.ruler.before("escape", "math", readInlineMath);
  reader.block.ruler.before("fence", "math_block", readBlockMath, { alt: ["paragraph", "list"] });
  const { rules } = reader.renderer;
  rules.math = (tokens, index) => renderMath(tokens[index]?.content ?? "");
  rules.math_block = (tokens, index) =>
    `<p class="display-math">${renderMath(tokens[index]?.content ?? "", true)}</p>\n`;
  const showImage = rules.image;
  rules.image = function (this: unknown, tokens, index, ...rest: unknown[]) {
    const token = tokens[index];
    const source = token?.attrGet("src") ?? "";
    if (token === undefined || showImage === undefined) return "";
    if (source.startsWith("data:")) return Reflect.apply(showImage, this, [tokens, index, ...rest]);
    return reader.render(`[${token.content}](<${source}>)`).replace(/^<p>|<\/p>\n$/g, "");
  };
  return reader.render(markdown).trimEnd();
}

const readInlineMath: InlineRule = (state, isSilent) => {
  const match = INLINE_MATH.exec(state.src.slice(state.pos));
  if (match === null || /[\w\\]/.test(state.src[state.pos - 1] ?? " ")) return false;
  if (!isSilent) state.push("math", "", 0).content = match[1] ?? match[2] ?? "";
  state.pos += match[0].length;
  return true;
};

const readBlockMath: BlockRule = (state, from, to, isSilent) => {
  const match = BLOCK_MATH.exec(state.getLines(from, to, 0, false));
  if (match === null) return false;
  if (isSilent) return true;
  state.push("math_block", "", 0).content = match[1] ?? "";
  state.line = from + match[0].replace(/\n$/, "").split("\n").length;
  return true;
};
