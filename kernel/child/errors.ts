import { dirname, resolve } from "node:path";
import { inspect } from "node:util";
import type { ErrorContent } from "../protocol/cellProtocol";
import type { Diagnostic } from "./conversion";
import { packageOf } from "./packageWatch";
import { formatExcerpt, type StackTraces } from "./stackTrace";

/** The compiler's code for a module that it cannot find. */
const MODULE_NOT_FOUND = 2307;
/** And for `const x = f(x)`, where x is also a variable of an earlier cell. */
const USED_BEFORE_DECLARED = 2448;

const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[39m`;
const red = colour(31);
const cyan = colour(36);
const grey = colour(90);

/** What to do about a complaint, where the compiler does not say it. */
function adviceOn({ code, message, file }: Diagnostic, notebook: string): string[] {
  if (code === USED_BEFORE_DECLARED)
    return [
      "a name cannot be declared anew from its old value: choose another name, or use let once and assign",
    ];
  const name = code === MODULE_NOT_FOUND ? /'([^']+)'/.exec(message)?.[1] : undefined;
  if (name === undefined || name.startsWith("node:")) return [];
  const folder = file === undefined ? notebook : dirname(file);
  if (/^\.|^\//.test(name))
    return [`there is no ${resolve(folder, name)}, nor one ending in .ts, .tsx, .js or .json`];
  return [
    `to have it, run npm install ${packageOf(name) ?? name} in ${folder}; then run the cell again`,
  ];
}

/** What a cell whose types do not fit ends with: every complaint with its line and a caret. */
export function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  folder: string,
): ErrorContent {
  const traceback = diagnostics.flatMap((each) => {
    const place = `${each.file === undefined ? "" : `${each.file}:`}${each.line}:${each.column}`;
    const title = `${cyan(place)} - ${red("error")} ${grey(`TS${each.code}:`)} ${each.message}`;
    const excerpt = formatExcerpt(each.sourceLines, each.line, each.column);
    return [
      "",
      ...title.split("\n"),
      ...markCaret(excerpt, each.length),
      ...adviceOn(each, folder),
    ];
  });
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  const evalue = `line ${first.line}, column ${first.column}: ${first.message}${more}`;
  return { ename: "TypeScriptError", evalue, traceback: [red("TypeScriptError"), ...traceback] };
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
  const evalue = String(thrown.message);
  const stack = String(thrown.stack ?? "");
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
  const { name, message } = value as { name?: unknown; message?: unknown };
  return typeof name === "string" && typeof message === "string";
}
