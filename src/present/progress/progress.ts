import { formatCount, formatSeconds, formatSignificant, THIN_SPACE } from "../numberFormat";

/** How far a run has come. */
export interface ProgressState {
  /** What runs, in a word: `appmax`. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** Since the run began; NaN leaves all times out. */
  readonly seconds: number;
  /** How many of `done` cost no time, because an earlier run had stored them. */
  readonly skipped?: number;
  /** The most telling value so far, such as the largest error; left out while there is none. */
  readonly best?: { readonly label: string; readonly value: number };
}

/**
 * Seconds that are left if the rest goes as what has been done: 0 when all is done, `undefined`
 * while nothing has been.
 */
export function remainingSeconds({
  done,
  total,
  seconds,
  skipped = 0,
}: ProgressState): number | undefined {
  if (done >= total) return 0;
  const computed = done - skipped;
  return computed > 0 && seconds > 0 ? ((total - done) * seconds) / computed : undefined;
}

/**
 * A run as one line: `appmax 120/10 000 (1.2 %), 2.31/s, largest E 0.0994, 1 h 11 min left`. Slow
 * runs give seconds per item instead of a rate.
 */
export function formatProgress(state: ProgressState): string {
  const { label, done, total, seconds, skipped = 0, best } = state;
  const parts = [`${label} ${formatCount(done)}/${formatCount(total)}`];
  if (total > 0) parts[0] += ` (${formatShare(done, total)})`;
  if (skipped > 0) parts.push(`${formatCount(skipped)} from store`);
  const computed = done - skipped;
  if (computed > 0 && seconds > 0) parts.push(formatRate(computed / seconds));
  if (best !== undefined && Number.isFinite(best.value)) {
    parts.push(`${best.label} ${formatSignificant(best.value, 4)}`);
  }
  const left = remainingSeconds(state);
  if (left === 0) parts.push(seconds > 0 ? `done in ${formatSeconds(seconds)}` : "done");
  else if (left !== undefined) parts.push(`${formatSeconds(left)} left`);
  return parts.join(", ");
}

/** Rounded down, so that 100 % is said only of a finished run. */
function formatShare(done: number, total: number): string {
  const percent = (100 * done) / total;
  const shown = done >= total ? "100" : (Math.floor(10 * percent) / 10).toFixed(1);
  return `${shown}${THIN_SPACE}%`;
}

function formatRate(perSecond: number): string {
  return perSecond >= 1
    ? `${formatSignificant(perSecond, 3)}/s`
    : `${formatSeconds(1 / perSecond)} each`;
}
