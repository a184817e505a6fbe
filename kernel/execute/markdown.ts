import MarkdownIt from "markdown-it";
import { escapeMarkup } from "../../src/present/escape";

/** A formula in TeX, as notebooks mark it: `$$...$$`, or `$...$` with no blank inside the dollars. */
const formula = /\$\$([^$]+)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?![\w$])/g;

/**
 * Markdown as HTML. Formulas are left as TeX in an element of their own: typesetting needs a library
 * larger than the report, and they read well enough.
 */
export function renderMarkdown(text: string): string {
  const formulas: string[] = [];
  // Formulas step aside so that Markdown does not read their underscores and stars.
  const withoutFormulas = text.replace(formula, (_whole, block: string, inline: string) => {
    const content = escapeMarkup(block ?? inline);
    const tag = block === undefined ? "span" : "div";
    formulas.push(`<${tag} class="formula">${content}</${tag}>`);
    return `\uE000${formulas.length - 1}\uE001`;
  });
  const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });
  return markdown
    .render(withoutFormulas)
    .replace(/\uE000(\d+)\uE001/g, (_whole, index: string) => formulas[Number(index)]);
}
