import { inspect } from "node:util";
import type { ErrorContent } from "../../protocol/cellProtocol";
import type { Diagnostic } from "../compile/conversion";
import { adviceOn, type AdviceSources } from "./advice";
import { hintForCell } from "./hints";
import { formatExcerpt, hideExportsInMessage, type StackTraces } from "./stackTrace";
import { membersOf } from "../../../src/unknownValue";

const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[39m`;
const red = colour(31);
const cyan = colour(36);
const grey = colour(90);

/** What a cell whose types do not fit ends with: every complaint with its line and a caret. */
export function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  code: string,
  sources: AdviceSources,
): ErrorContent {
  // The same advice on each use of a name would be noise.
  const given = new Set<string>();
  const adviseOnce = (each: Diagnostic): string[] =>
    adviceOn(each, sources).filter((line) => !given.has(line) && given.add(line));
  const hint = hintForCell(code);
  const traceback = diagnostics.flatMap((each) => {
    const place = `${each.file === undefined ? "" : `${each.file}:`}${each.line}:${each.column}`;
    const title = `${cyan(place)} - ${red("error")} ${grey(`TS${each.code}:`)} ${each.message}`;
    const excerpt = formatExcerpt(each.sourceLines, each.line, each.column);
    return [
      "",
      ...title.split("\n"),
      ...markCaret(excerpt, each.length),
      ...(hint === undefined ? adviseOnce(each) : []),
    ];
  });
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  const evalue = `line ${first.line}, column ${first.column}: ${first.message}${more}`;
  const title = [red("TypeScriptError"), ...(hint === undefined ? [] : [hint])];
  return { ename: "TypeScriptError", evalue, traceback: [...title, ...traceback] };
}

/** Colours the caret of an excerpt and stretches it under what it means, within the line. */
function markCaret(excerpt: readonly string[], length = 1): string[] {
  return excerpt.map((line, index) => {
    const caret = /^ +\| [\t ]*\^$/.test(line);
    if (!caret) return line;
    const room = excerpt[index - 1].length - line.length + 1;
    const stretched = "^".repeat(Math.max(1, Math.min(length, room)));
    return line.slice(0, -1) + red(stretched);
  });
}

/** The first place in a stack trace that lies in a cell or in a source beside the notebook. */
function findPlace(stack: string, traces: StackTraces): string[] {
  for (const match of stack.matchAll(/(?:\(|at (?:async )?)([^()\n]+?):(\d+):(\d+)\)?$/gm)) {
    const excerpt = traces.excerpt({
      file: match[1],
      line: Number(match[2]),
      column: Number(match[3]),
    });
    if (excerpt.length > 0) return markCaret(excerpt);
  }
  return [];
}

/** What a cell ends with that threw `thrown`. */
export function describeThrown(thrown: unknown, traces: StackTraces): ErrorContent {
  if (!isError(thrown)) {
    const evalue = inspect(thrown);
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`] };
  }
  const ename = String(thrown.name);
  const stack = String(thrown.stack ?? "");
  const message = String(thrown.message);
  // The stack's own title says it in the user's words: see stackTrace.ts.
  const hidden = hideExportsInMessage(message);
  const evalue = stack.includes(hidden) ? hidden : message;
  // Without frames, `inspect` puts the error in square brackets.
  const inspected = inspect(thrown).replace(/^\[([^]*)\]$/, "$1");
  // Of an exception of a window without a screen it says nothing but the class.
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const text = inspected.includes(evalue)
    ? inspected
    : [`${ename}: ${evalue}`, ...frames].join("\n");
  const coloured = text.startsWith(ename) ? red(ename) + text.slice(ename.length) : text;
  const excerpt = findPlace(stack, traces);
  const traceback = coloured.split("\n");
  // The excerpt stands between the message and the frames, where the eye looks for it.
  const firstFrame = traceback.findIndex((line) => /^\s+at /.test(line));
  if (excerpt.length > 0)
    traceback.splice(firstFrame < 0 ? traceback.length : firstFrame, 0, ...excerpt);
  return { ename, evalue, traceback };
}

/** An error of this realm or another, or a DOM's exception, which is told by its shape. */
function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  if (value === null || typeof value !== "object") return false;
  if (!/^\[object (Error|DOMException)\]$/.test(Object.prototype.toString.call(value)))
    return false;
  const { name, message } = membersOf<Error>(value);
  return typeof name === "string" && typeof message === "string";
}
