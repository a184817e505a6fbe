/**
 * The interrupt of the cell at work, as code that never waits can see it: a number in memory that
 * the thread of requestThread.ts shares with the cells.
 */
export interface Interruption {
  /** Whether the user has interrupted the cell at work. */
  isAsked(): boolean;
  /** Tells the thread that the cell heeds it. */
  notice(): void;
  /** Tells the thread that the cell has ended. */
  end(): void;
}

/** The states of the shared number. */
export const INTERRUPT_STATES = { none: 0, asked: 1, noticed: 2, ended: 3 } as const;

/** An interruption over the shared number. */
export function createInterruption(state: Int32Array): Interruption {
  const { asked, noticed, ended } = INTERRUPT_STATES;
  return {
    isAsked: () => {
      const now = Atomics.load(state, 0);
      return now === asked || now === noticed;
    },
    notice: () => void Atomics.compareExchange(state, 0, asked, noticed),
    end: () => void Atomics.store(state, 0, ended),
  };
}

const readAborted = Object.getOwnPropertyDescriptor(AbortSignal.prototype, "aborted")?.get;

/**
 * An abort controller whose signal looks for the interrupt itself when it is asked, so that
 * `signal.aborted` is true at once, also in code that never waits.
 */
export function createCellController(look: () => void): AbortController {
  const controller = new AbortController();
  Object.defineProperty(controller.signal, "aborted", {
    get: () => {
      look();
      return readAborted?.call(controller.signal) === true;
    },
  });
  return controller;
}
