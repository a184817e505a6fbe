import type { ExecutionProgress } from "../../kernel/execute/runCells";
import { createProgressLine } from "./progressLine";

/** How far several notebooks have come that run at the same time, as one line. */
export interface NotebookProgress {
  update(name: string, state: ExecutionProgress): void;
  /** Takes a notebook off the line and the line off the screen, so that its tables can follow. */
  finish(name: string): void;
  clear(): void;
}

/** @param total  notebooks in all */
export function createNotebookProgress(total: number): NotebookProgress {
  const line = createProgressLine();
  const running = new Map<string, ExecutionProgress>();
  let finished = 0;
  const update = (name: string, state: ExecutionProgress): void => {
    running.set(name, state);
    line.show(describeNotebooks(finished, total, running));
  };
  const finish = (name: string): void => {
    running.delete(name);
    finished++;
    line.clear();
  };
  return { update, finish, clear: line.clear };
}

/** `3 of 10 notebooks; table-3: cell 2 of 4, figure-1: cell 0 of 5` */
export function describeNotebooks(
  finished: number,
  total: number,
  running: ReadonlyMap<string, ExecutionProgress>,
): string {
  const parts = [...running].map(
    ([name, { codeCellsDone, codeCells }]) => `${name}: cell ${codeCellsDone} of ${codeCells}`,
  );
  return [`${finished} of ${total} notebooks`, parts.join(", ")].join("; ");
}
