import { ALL_RUNS } from "../experiment/namedRuns";
import { EXHIBITS } from "../paper/exhibits";

/** The words that a command takes as its arguments, for shells that complete them. */
export const ARGUMENT_WORDS: Readonly<Record<string, readonly string[]>> = {
  reproduce: EXHIBITS.map(({ name }) => name),
  run: ALL_RUNS.map(({ name }) => name),
  export: ALL_RUNS.map(({ name }) => name),
};
