import { membersOf } from "../../../src/unknownValue";

/**
 * Where a cell's code waits, so that an interrupt reaches it.
 *
 * Every `await x` of a cell is compiled to `await gate.wait(x)`. When the gate is interrupted, all
 * that wait at it are rejected: the cell's own code ends there, also in functions of earlier cells
 * and in loops that go on in the background.
 */
export interface AwaitGate {
  wait(value: unknown): unknown;
  each(iterable: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown>;
  /** Rejects everything that waits now with this error. */
  interrupt(error: Error): void;
}

/** The error that an interrupted cell ends with. */
export class KernelInterrupted extends Error {
  override readonly name = "KernelInterrupted";
  constructor() {
    super("the cell was interrupted; variables of earlier cells are kept");
  }
}

/**
 * How long awaits may follow each other before other events, an interrupt among them, get a turn.
 */
const TURN_MILLISECONDS = 50;
/** How many awaits go by between two looks at the clock. */
const AWAITS_PER_LOOK = 32;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof membersOf<PromiseLike<unknown>>(value).then === "function"
  );
}

const takeFirst = (values: readonly unknown[]): unknown => values[0];

/** A gate at which nothing waits. */
export function createAwaitGate(): AwaitGate {
  const waiting = new Set<(error: Error) => void>();
  let awaits = 0;
  let lastTurn = 0;

  /** A promise that follows `promise`, but is rejected by an interrupt. */
  const guard = (promise: PromiseLike<unknown>): Promise<unknown> => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve, reject) => {
      waiting.add(reject);
      open = () => {
        waiting.delete(reject);
        resolve();
      };
    });
    const followed = promise.then(
      (value) => {
        open();
        return value;
      },
      (error: unknown) => {
        open();
        throw error;
      },
    );
    // V8 finds the awaiting function for a stack trace only along promises with one reaction each,
    // and through `Promise.all`; hence this chain.
    return Promise.all([followed, opened]).then(takeFirst);
  };

  const wait = (value: unknown): unknown => {
    if (++awaits % AWAITS_PER_LOOK === 0 && performance.now() - lastTurn > TURN_MILLISECONDS) {
      const turn = new Promise<void>((resolve) => setImmediate(resolve));
      return guard(
        turn.then(() => {
          lastTurn = performance.now();
          return value;
        }),
      );
    }
    return isThenable(value) ? guard(value) : value;
  };

  async function* each(iterable: AsyncIterable<unknown> | Iterable<unknown>) {
    const iterator =
      Symbol.asyncIterator in iterable
        ? iterable[Symbol.asyncIterator]()
        : iterable[Symbol.iterator]();
    let isFinished = false;
    try {
      for (;;) {
        // The gate hands on what it is given.
        const step = (await wait(iterator.next())) as IteratorResult<unknown>;
        isFinished = step.done === true;
        if (isFinished) return;
        yield await wait(step.value);
      }
    } finally {
      if (!isFinished) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
  }

  return {
    wait,
    each,
    interrupt: (error) => {
      for (const reject of [...waiting]) reject(error);
      waiting.clear();
    },
  };
}
