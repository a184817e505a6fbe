import type { JsonObject } from "../protocol/message";
import { createGlob } from "./glob";

/** One executed cell as the history keeps it. */
interface HistoryEntry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** What was executed in this session. */
export interface History {
  add(line: number, input: string): void;
  /** Notes the text of a cell's result. */
  setOutput(line: number, output: string): void;
  /** The content of a `history_reply`. */
  answer(request: JsonObject): JsonObject;
}

/** A session's number. Nothing is kept from one kernel to the next, so there is only one. */
const SESSION = 1;

function keepLast<T>(items: readonly T[], count: unknown): readonly T[] {
  return typeof count === "number" ? items.slice(Math.max(0, items.length - count)) : items;
}

/** Of entries with the same input only the last, in the order of these. */
function unique(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const last = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    last.delete(entry.input);
    last.set(entry.input, entry);
  }
  return [...last.values()];
}

function select(entries: readonly HistoryEntry[], request: JsonObject): readonly HistoryEntry[] {
  switch (request.hist_access_type) {
    case "range": {
      // Session 0 is the current one; negative numbers count back from it, where nothing is kept.
      if (request.session !== 0 && request.session !== SESSION) return [];
      const start = typeof request.start === "number" ? request.start : 0;
      const stop = typeof request.stop === "number" ? request.stop : Infinity;
      return entries.filter((entry) => entry.line >= start && entry.line < stop);
    }
    case "search": {
      const isLike = createGlob(typeof request.pattern === "string" ? request.pattern : "*");
      const found = entries.filter((entry) => isLike(entry.input));
      return keepLast(request.unique === true ? unique(found) : found, request.n);
    }
    default:
      return keepLast(entries, request.n);
  }
}

/** An empty history. */
export function createHistory(): History {
  const entries: HistoryEntry[] = [];
  return {
    add: (line, input) => void entries.push({ line, input, output: null }),
    setOutput: (line, output) => {
      const entry = entries.findLast((candidate) => candidate.line === line);
      if (entry !== undefined) entry.output = output;
    },
    answer: (request) => ({
      status: "ok",
      history: select(entries, request).map(({ line, input, output }) => [
        SESSION,
        line,
        request.output === true ? [input, output] : input,
      ]),
    }),
  };
}
