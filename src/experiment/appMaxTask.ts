import type { AppMaxResult } from "../analyse/appMax";

/** One point to be solved. */
export interface AppMaxTask {
  readonly point: number;
  readonly x: Float64Array;
}

/** What a worker found there. */
export interface AppMaxAnswer extends AppMaxResult {
  readonly milliseconds: number;
}
