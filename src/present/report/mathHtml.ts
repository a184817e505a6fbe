import { requirePackage } from "../../packageRoot";

/** The part of KaTeX that is used. Its own types bring those of browsers into the whole project. */
interface Katex {
  renderToString(
    tex: string,
    options: {
      readonly output: "mathml";
      readonly displayMode: boolean;
      readonly throwOnError: boolean;
      readonly strict: "ignore";
    },
  ): string;
}

/**
 * A formula in TeX as MathML, which browsers typeset without fonts or scripts of ours. What is not
 * TeX stands as it was written.
 *
 * @param isBlock  whether it stands on a line of its own
 */
export function renderMath(tex: string, isBlock = false): string {
  const katex = requirePackage<Katex>("katex");
  return katex.renderToString(tex.trim(), {
    output: "mathml",
    displayMode: isBlock,
    throwOnError: false,
    strict: "ignore",
  });
}
