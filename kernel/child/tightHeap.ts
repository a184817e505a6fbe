import { setFlagsFromString } from "node:v8";

/**
 * By how many percent the heap may grow over what was alive before the garbage of the compiler is
 * collected. Each cell makes some megabytes of it: V8's own rule lets five times what is alive
 * gather.
 */
const GROWTH_PERCENT = 50;

const setGrowth = (percent: number): void =>
  setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Does the compiler's work, and lets the heap grow by little meanwhile. Users' own code goes on by
 * V8's rule (0), which suits code that fills large arrays.
 */
export function withTightHeap<Result>(work: () => Result): Result {
  setGrowth(GROWTH_PERCENT);
  try {
    return work();
  } finally {
    setGrowth(0);
  }
}
