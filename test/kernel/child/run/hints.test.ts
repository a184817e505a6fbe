import { hintForCell, hintForName } from "../../../../kernel/child/run/hints";

describe("hintForName", () => {
  test.each(["print", "range", "help", "len", "True", "None", "np", "pip", "window"])(
    "has one line for %s, which other languages and notebooks know",
    (name) => {
      expect(hintForName(name)).toMatch(/^.{4,110}$/);
    },
  );

  test("has none for a name that means nothing, nor for what every object has", () => {
    expect([hintForName("mine"), hintForName("toString")]).toEqual([undefined, undefined]);
  });
});

describe("hintForCell", () => {
  test.each([
    ["!ls -l", /execSync\("ls -l"\)/],
    ["%%time\nf()", /console\.time/],
    ["%timeit f()", /console\.time/],
    ["%matplotlib inline", /no %matplotlib/],
    ["rl.network?", /Shift-Tab on rl\.network/],
    ["??rl", /Shift-Tab on rl/],
    ["import numpy as np", /Python/],
    ["def f(x):\n  return x", /Python/],
    ["for x in values:", /Python/],
  ])("says of %j what does it here", (code, hint) => {
    expect(hintForCell(code)).toMatch(hint);
  });

  test.each(["!isReady", "a % b", "x ? 1 : 2", 'import "x"', "for (const x of y) {}", "x?.y"])(
    "says of %j no more than the truth",
    (code) => {
      // A condition that starts with an exclamation mark is TypeScript; the hint is only shown
      // where the compiler complains of it.
      const hint = hintForCell(code);
      expect(hint === undefined || code.startsWith("!")).toBe(true);
    },
  );
});
