import { DISPLAY, type Displayable, type MimeBundle } from "../display";
import { escapeMarkup } from "../escape";
import { formatProgress, type ProgressState } from "./progress";
import { membersOf } from "../../unknownValue";

/**
 * How a notebook shows a value, and shows it anew in the same place; the kernel's global `display`.
 */
export type ShowInNotebook = (
  value: Displayable,
  options: { readonly id: string; readonly update: boolean },
) => unknown;

/** A state whose time the report may tell. */
export type ReportedState = Omit<ProgressState, "seconds"> &
  Partial<Pick<ProgressState, "seconds">>;

/** A line that tells how far a run has come, wherever the program runs. */
export interface ProgressReport {
  /**
   * Shows a state; calls that follow too fast are left out, but never the first and the last. The
   * seconds count from the report's making unless the state has some.
   */
  update(state: ReportedState): void;
}

/** What a report is made of; each has a default that fits the place where the program runs. */
export interface ProgressReportOptions {
  /** The notebook's `display`; found among the globals unless given. */
  readonly show?: ShowInNotebook;
  /** Takes a line where there is no notebook; standard error unless given. */
  readonly writeLine?: (line: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Least time between two lines. */
  readonly intervalMilliseconds?: number;
}

const NOTEBOOK_INTERVAL = 200;
const TERMINAL_INTERVAL = 10_000;

/** A progress state that shows itself as a bar with its line. */
export function progressBar(state: ProgressState): Displayable {
  return { [DISPLAY]: () => renderProgress(state) };
}

function renderProgress(state: ProgressState): MimeBundle {
  const { done, total } = state;
  // What stays in the notebook is the same at every run: it tells no times.
  const line = formatProgress(done >= total ? { ...state, seconds: NaN } : state);
  return {
    "text/html":
      `<div style="display:flex;align-items:center;gap:0.8em;color:inherit">` +
      `<progress value="${done}" max="${Math.max(total, 1)}" style="width:14em"></progress>` +
      `<span style="font-variant-numeric:tabular-nums">${escapeMarkup(line)}</span></div>`,
    "text/plain": line,
  };
}

/**
 * A report of a run's progress: one display that keeps changing in a notebook, a line now and then
 * on standard error elsewhere.
 *
 * @param id  names the display; two reports of one id share their place
 */
export function reportProgress(id: string, options: ProgressReportOptions = {}): ProgressReport {
  const show = options.show ?? notebookDisplay();
  const writeLine = options.writeLine ?? ((line) => process.stderr.write(`${line}\n`));
  const now = options.now ?? (() => performance.now());
  const interval =
    options.intervalMilliseconds ?? (show === undefined ? TERMINAL_INTERVAL : NOTEBOOK_INTERVAL);
  const start = now();
  let last: number | undefined;
  return {
    update(reported) {
      const time = now();
      const state = { seconds: (time - start) / 1000, ...reported };
      const isFirst = last === undefined;
      if (last !== undefined && state.done < state.total && time - last < interval) return;
      last = time;
      if (show === undefined) writeLine(formatProgress(state));
      else show(progressBar(state), { id, update: !isFirst });
    },
  };
}

/** The kernel's `display`, when the program runs in a notebook cell of RoundLab's kernel. */
function notebookDisplay(): ShowInNotebook | undefined {
  const { display } = membersOf<{ display: ShowInNotebook }>(globalThis);
  // No other environment of Node's has a global of this name: it is that of the kernel.
  return typeof display === "function" ? (display as ShowInNotebook) : undefined;
}
