import { setFlagsFromString } from "node:v8";

/**
 * By how many percent the heap may grow over what was alive before the garbage of the compiler is
 * collected. Each cell makes some megabytes of it: V8's own rule lets five times what is alive
 * gather.
 */
const GROWTH_PERCENT = 50;
/** V8's own rule. */
const FREE_GROWTH = 0;

const setGrowth = (percent: number): void =>
  setFlagsFromString(`--heap-growing-percent=${percent}`);

/** Lets the heap of this process grow by little from now on. */
export function keepHeapTight(): void {
  setGrowth(GROWTH_PERCENT);
}

/** Does a user's work by V8's own rule, which suits code that fills large arrays. */
export async function withFreeHeap<Result>(work: () => Promise<Result>): Promise<Result> {
  setGrowth(FREE_GROWTH);
  try {
    return await work();
  } finally {
    setGrowth(GROWTH_PERCENT);
  }
}
