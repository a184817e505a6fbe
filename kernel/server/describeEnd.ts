import type { ErrorContent } from "../protocol/cellProtocol";
import { FATAL_DUMP, type CellProcessEnd } from "./cellProcess";

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** Why the cell process ended, in a sentence. */
function reason(end: CellProcessEnd, wasForced: boolean): string {
  if (wasForced)
    return "the cell did not stop within 2 seconds of the interrupt, so its process was ended";
  if (/heap out of memory|Allocation failed/.test(end.lastWords))
    return "the cell's process ran out of memory (raise the limit with NODE_OPTIONS=--max-old-space-size=MEGABYTES)";
  // What the process itself had to say before it ended.
  const said = /^roundlab: (.+)$/m.exec(end.lastWords);
  if (said !== null) return said[1];
  if (end.signal !== null) return `the cell's process was ended by ${end.signal}`;
  if (end.code === null) return "the cell's process could not be started";
  return `the cell's process ended with exit code ${end.code}`;
}

/** The error of a cell whose process ended under it. */
export function describeEnd(end: CellProcessEnd, wasForced: boolean): ErrorContent {
  const ename = wasForced ? "KernelInterrupted" : "CellProcessEnded";
  const evalue = `${reason(end, wasForced)}; a fresh one takes its place and all variables are lost`;
  const dump = end.lastWords.search(FATAL_DUMP);
  const details = dump < 0 ? [] : ["", ...end.lastWords.slice(dump).trim().split("\n")];
  return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`, ...details] };
}
