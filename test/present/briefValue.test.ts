import { AsyncLocalStorage } from "node:async_hooks";
import * as library from "../../src/index";
import { describeBriefly, readableDepth } from "../../src/present/briefValue";

describe("describeBriefly", () => {
  test("says how long a buffer is, and shows its first bytes", () => {
    expect(describeBriefly(Buffer.from([1, 2, 255]))).toBe("Buffer of 3 bytes\n<01 02 ff>");
    expect(describeBriefly(Buffer.alloc(1e7))).toBe(
      `Buffer of 10\u202f000\u202f000 bytes\n<${"00 ".repeat(16)}…>`,
    );
  });

  test("says of a promise what it is at, and how to see its value", async () => {
    expect(describeBriefly(new Promise(() => undefined))).toBe(
      "Promise { <pending> }: await shows its value",
    );
    const failed = Promise.reject(new RangeError("bad"));
    await failed.catch(() => undefined);
    expect(describeBriefly(failed)).toMatch(/^Promise \{\s*<rejected> RangeError: bad/);
  });

  test("leaves out what a tracer of asynchronous calls hangs on a promise", () => {
    new AsyncLocalStorage().run({ trace: 1 }, () => {
      const done = Promise.resolve(7);
      expect(describeBriefly(done)).toBe("Promise { 7 }: await shows its value");
    });
  });

  test("says of a timer when it goes off, not what Node keeps in it", () => {
    const once = setTimeout(() => undefined, 1500);
    const often = setInterval(() => undefined, 250);
    expect(describeBriefly(once)).toBe("timer, once after 1.5\u202fs");
    expect(describeBriefly(often)).toBe("timer, every 250\u202fms (clearInterval ends it)");
    clearTimeout(once);
    clearInterval(often);
    expect(describeBriefly(once)).toBe("timer, over");
  });

  test("says of a library how much it has, without touching its members", () => {
    const text = String(describeBriefly(library));
    expect(text).toMatch(/^library with \d+ members; Tab behind its name and a dot lists them\n/);
    expect(text.split("\n")).toHaveLength(2);
    const guarded: Record<string, unknown> = {};
    for (let i = 0; i < 200; i++) {
      Object.defineProperty(guarded, `m${i}`, {
        enumerable: true,
        get: () => {
          throw new Error("touched");
        },
      });
    }
    expect(describeBriefly(guarded)).toMatch(/^object with 200 members\nm0, m1, /);
  });

  test("leaves every other value to others", () => {
    for (const value of [{}, { a: 1 }, [1, 2], new Map(), new Date(0), () => 1]) {
      expect(describeBriefly(value)).toBeUndefined();
    }
  });
});

describe("readableDepth", () => {
  test("is as deep as asked for a value of few parts, and less for one of many", () => {
    const nested = (size: number, depth: number): unknown =>
      depth === 0 ? 0 : Array.from({ length: size }, () => nested(size, depth - 1));
    expect(readableDepth([{ a: { b: { c: 1 } } }], 4)).toBe(4);
    expect(readableDepth(nested(30, 3) as object, 4)).toBe(1);
  });
});
