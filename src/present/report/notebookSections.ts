import type { ReportBlock, ReportSection } from "./htmlReport";
import { isObject } from "../../unknownValue";

/** The members of an executed notebook that a report is made of. */
export interface ReportedNotebook {
  readonly cells: readonly {
    readonly kind: string;
    readonly source: string;
    readonly outputs: readonly { readonly [name: string]: unknown }[];
  }[];
}

/**
 * An executed notebook as a section of a report: its first heading is the title, its outputs stand
 * below their cells.
 *
 * @param name  title of a notebook without a heading
 */
export function notebookSection(name: string, notebook: ReportedNotebook): ReportSection {
  const blocks: ReportBlock[] = [];
  let title: string | undefined;
  for (const { kind, source, outputs } of notebook.cells) {
    if (kind === "markdown") {
      const heading = title === undefined ? /^#[ \t]+(.+?)[ \t]*$/m.exec(source) : null;
      title ??= heading?.[1];
      const text = heading === null ? source : source.replace(heading[0], "");
      if (text.trim() !== "") blocks.push({ kind: "markdown", text });
    } else if (kind === "code" && source.trim() !== "") {
      blocks.push({ kind: "code", source: source.trimEnd() });
      blocks.push(...outputs.map(outputBlock));
    }
  }
  return { title: title ?? name, blocks };
}

/** One output as nbformat stores it. */
function outputBlock(output: { readonly [name: string]: unknown }): ReportBlock {
  if (output.output_type === "stream") {
    return {
      kind: "printed",
      text: joined(output.text).trimEnd(),
      isError: output.name === "stderr",
    };
  }
  if (output.output_type === "error") {
    const trace = Array.isArray(output.traceback) ? output.traceback.join("\n") : "";
    const text = trace === "" ? `${joined(output.ename)}: ${joined(output.evalue)}` : trace;
    return { kind: "printed", text, isError: true };
  }
  return { kind: "output", bundle: isObject(output.data) ? output.data : {} };
}

/** nbformat lets a text stand as one string or as a list of its lines. */
function joined(value: unknown): string {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : "";
}
