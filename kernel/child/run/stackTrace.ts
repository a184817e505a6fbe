import { createBoundedFiles, type BoundedFiles } from "./boundedFiles";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join, sep } from "node:path";
import { EXPORT_SHIFT } from "../compile/exportVariables";

/** A place in a source, lines and columns counted from one. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Compiled code as it runs under a file name, and how to find its way back to the source. */
export interface CompiledSource {
  readonly source: string;
  /** From the running code back, the last compilation first. */
  readonly maps: readonly SourceMapStep[];
  /** Lines that stand before the compiled code in the running script. */
  readonly linesBefore: number;
  /** Lines that stand before the source's own first line in what was compiled. */
  readonly sourceLinesBefore: number;
  /** Lines of the compiled code; what comes after them in the script is the kernel's. */
  readonly lineCount: number;
}

/**
 * One compilation: its source map, and the lines of its source that were moved to the right before.
 */
export interface SourceMapStep {
  readonly map: string;
  readonly shiftedLines?: ReadonlySet<number>;
}

/** What stack traces know of compiled sources, by file name. */
export interface StackTraces {
  register(file: string, compiled: CompiledSource): void;
  /** The source lines around a place, with a caret under it; empty if the file is not known. */
  excerpt(place: Place): string[];
}

/** The kernel's folder, and that of the library beside it. */
const KERNEL_FOLDER = join(__dirname, "..", "..") + sep;
const LIBRARY_FOLDER = join(KERNEL_FOLDER, "..", "src") + sep;

/** Calls that a stack holds before frames are chosen; ten would end inside of the library. */
const CALLS_KEPT = 60;

/**
 * How much of sources and their maps is kept, in characters: those of about four thousand short
 * cells, or of the last few hundred long ones.
 */
const ROOM_FOR_SOURCES = 1 << 23;
/** What is kept for a source besides its texts, in characters. */
const SIZE_OF_ENTRY = 1000;

/** Frames of the kernel, the library, the platform and packages tell a user nothing. */
function isForeign(file: string | null | undefined): boolean {
  if (file === undefined || file === null || file.startsWith("node:")) return true;
  const isOurs = file.startsWith(KERNEL_FOLDER) || file.startsWith(LIBRARY_FOLDER);
  return isOurs || file.includes(`${sep}node_modules${sep}`);
}

interface RegisteredSource {
  readonly lines: readonly string[];
  /** The place in the source, or nothing if it is none of the source's code. */
  readonly locate: (line: number, column: number) => Omit<Place, "file"> | undefined;
}

function createLocator(compiled: CompiledSource): RegisteredSource["locate"] {
  const { linesBefore, sourceLinesBefore, lineCount } = compiled;
  // Maps are decoded when the first error wants them, not for every cell.
  let steps: { map: SourceMap; shiftedLines: ReadonlySet<number> | undefined }[] | undefined;
  return (line, column) => {
    if (line > linesBefore + lineCount) return undefined;
    steps ??= compiled.maps.map(({ map, shiftedLines }) => ({
      // Our own compiler has written it.
      map: new SourceMap(JSON.parse(map) as SourceMapPayload),
      shiftedLines,
    }));
    let at = { line: line - 1 - linesBefore, column: column - 1 };
    for (const { map, shiftedLines } of steps) {
      const entry = map.findEntry(at.line, at.column);
      if (!("originalLine" in entry)) return undefined;
      const { originalLine, originalColumn } = entry;
      const shift = shiftedLines?.has(originalLine) === true ? EXPORT_SHIFT : 0;
      at = { line: originalLine, column: Math.max(0, originalColumn - shift) };
    }
    return { line: at.line + 1 - sourceLinesBefore, column: at.column + 1 };
  };
}

/** One line of a stack trace, or nothing for a frame that is not the user's. */
function describeFrame(
  frame: NodeJS.CallSite,
  sources: BoundedFiles<RegisteredSource>,
): string | undefined {
  const file = frame.getFileName() ?? undefined;
  if (isForeign(file) || file === undefined) return undefined;
  const text = frame.toString();
  const source = sources.get(file);
  // The lines of a cell that is no longer known would be those of its compiled code.
  if (source === undefined) return text.replace(/(\bcell-\d+\.ts):\d+:\d+/, "$1");
  const at = source.locate(frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
  if (at === undefined) return undefined;
  // The frame's own text ends in file:line:column, in brackets behind a function's name if it has
  // one. Variables of cells are properties of one object, which is no receiver worth a word.
  const name = text.endsWith(")") ? text.slice(0, text.lastIndexOf(" (")) : "";
  const ownName = hideExports(name.replace(/^(async )?Object\.(<anonymous>)?/, "$1")).trim();
  const place = `${file}:${at.line}:${at.column}`;
  return ownName === "" || ownName === "async"
    ? `${ownName} ${place}`.trim()
    : `${ownName} (${place})`;
}

/**
 * Makes `error.stack` speak of the sources from now on: the cells' TypeScript lines and no frame of
 * the kernel or of Node.
 */
export function installStackTraces(): StackTraces {
  const sources = createBoundedFiles<RegisteredSource>(ROOM_FOR_SOURCES);
  Error.stackTraceLimit = CALLS_KEPT;
  Error.prepareStackTrace = (error: Error, frames: NodeJS.CallSite[]): string => {
    const lines = frames.flatMap((frame) => describeFrame(frame, sources) ?? []);
    const first = frames.find((each) => !isForeign(each.getFileName()))?.getFileName();
    return [describeTitle(error, isCellFile(first)), ...lines.map((line) => `    at ${line}`)].join(
      "\n",
    );
  };
  return {
    register: (file, compiled) => {
      const { source, maps } = compiled;
      const size = maps.reduce((sum, { map }) => sum + map.length, source.length);
      const registered = { lines: source.split("\n"), locate: createLocator(compiled) };
      sources.set(file, registered, size + SIZE_OF_ENTRY);
    },
    excerpt: ({ file, line, column }) => {
      const lines = sources.get(file)?.lines;
      return lines === undefined ? [] : formatExcerpt(lines, line, column);
    },
  };
}

const isCellFile = (file: string | null | undefined): boolean =>
  /^(cell-\d+|expression)\.ts$/.test(file ?? "");

/** What V8 says of a value that is not what the code takes it for, by the value's name. */
const COMPLAINT_OF_V8 = /^exports\.[^\s]+ is not |'exports\.[^\s]+'/;

/** Names in a cell's code without what variables of cells are for V8: properties of one object. */
function hideExports(text: string): string {
  return text.replace(/\bexports\.(?=[\p{L}$_])/gu, "");
}

/** A message of V8's about a cell's code, in which variables go by their names. */
export function hideExportsInMessage(message: string): string {
  return COMPLAINT_OF_V8.test(message) ? hideExports(message) : message;
}

/** The first line of a stack trace; an error may have getters that throw. */
function describeTitle(error: Error, isOfCell: boolean): string {
  try {
    const title = Error.prototype.toString.call(error);
    const { message } = error;
    if (!isOfCell || message === "" || !title.endsWith(message)) return title;
    return title.slice(0, -message.length) + hideExportsInMessage(message);
  } catch {
    return "Error";
  }
}

/** Lines around a place, numbered, with a caret under the column. */
export function formatExcerpt(lines: readonly string[], line: number, column: number): string[] {
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const width = String(last).length;
  const out: string[] = [];
  for (let each = first; each <= last; each++) {
    const text = lines[each - 1];
    out.push(`${each === line ? ">" : " "} ${String(each).padStart(width)} | ${text}`);
    if (each === line) {
      // Tabs keep the caret under its place, whatever their width.
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      out.push(`  ${" ".repeat(width)} | ${indent}^`);
    }
  }
  return out;
}
