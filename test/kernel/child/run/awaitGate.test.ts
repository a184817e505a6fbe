import { createAwaitGate, KernelInterrupted } from "../../../../kernel/child/run/awaitGate";

const never = new Promise<never>(() => undefined);
const settled = async (value: unknown): Promise<unknown> =>
  Promise.resolve(value).catch((error: unknown) => error);

describe("the wait of an await gate", () => {
  test("hands on what a promise comes to, and other values as they are", async () => {
    const gate = createAwaitGate();
    expect(await gate.wait(Promise.resolve(1))).toBe(1);
    expect(gate.wait(2)).toBe(2);
    expect(gate.wait(undefined)).toBeUndefined();
    const failure = new RangeError("no");
    expect(await settled(gate.wait(Promise.reject(failure)))).toBe(failure);
  });

  test("knows promises of other makes by their then", async () => {
    const gate = createAwaitGate();
    const thenable = { then: (resolve: (value: number) => void) => resolve(5) };
    expect(await gate.wait({ then: thenable.then })).toBe(5);
  });

  test("is rejected by an interrupt, and waits again after it", async () => {
    const gate = createAwaitGate();
    const waiting = [settled(gate.wait(never)), settled(gate.wait(never))];
    const error = new KernelInterrupted();
    gate.interrupt(error);
    expect(await Promise.all(waiting)).toEqual([error, error]);
    expect(await gate.wait(Promise.resolve(3))).toBe(3);
  });

  test("lets timers have a turn in an endless chain of awaits", async () => {
    const gate = createAwaitGate();
    let isOver = false;
    setTimeout(() => (isOver = true), 20);
    while (!isOver) await gate.wait(0);
    expect(isOver).toBe(true);
  });
});

describe("the each of an await gate", () => {
  test("goes through values, promises and asynchronous iterators as for await does", async () => {
    const gate = createAwaitGate();
    const seen: unknown[] = [];
    for await (const x of gate.each([1, Promise.resolve(2)]) as AsyncIterable<number>) seen.push(x);
    async function* source() {
      yield 3;
    }
    for await (const x of gate.each(source()) as AsyncIterable<number>) seen.push(x);
    expect(seen).toEqual([1, 2, 3]);
  });

  test("closes the iterator when the loop is left", async () => {
    const gate = createAwaitGate();
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield 1;
      } finally {
        isClosed = true;
      }
    }
    for await (const x of gate.each(source()) as AsyncIterable<number>) if (x === 1) break;
    expect(isClosed).toBe(true);
  });
});
