import type { JsonObject } from "../../protocol/message";
import type { Compiler } from "./compiler";

/** Complaints of the parser that more lines can cure: an unclosed template or comment. */
const UNFINISHED_CODES: ReadonlySet<number> = new Set([1160, 1010, 1126]);

/** Whether a cell's code is complete, may go on (with what indent), or can never be right. */
export function describeCompleteness({ ts, converter }: Compiler, code: string): JsonObject {
  const { completed, indent } = converter.isCompleteCode(code);
  if (!completed) return { completeness: "incomplete", indent: indent ?? "" };
  const file = ts.createSourceFile("cell.ts", `export {};\n${code}`, ts.ScriptTarget.Latest, true);
  // The parser's own list: all that can be said without looking at types.
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: { code: number }[] };
  if (parseDiagnostics.some((each) => UNFINISHED_CODES.has(each.code)))
    return { completeness: "incomplete", indent: "" };
  return { completeness: parseDiagnostics.length > 0 ? "invalid" : "complete" };
}
