import {
  amountInWords,
  foldInWords,
  partInWords,
  rootInWords,
  timesInWords,
} from "../../src/paper/words";

describe("constants in words", () => {
  test("say a part that has a word by it, and any other in per cent", () => {
    expect([0.5, 0.25, 0.2, 0.1].map(partInWords)).toEqual([
      "half",
      "a quarter",
      "a fifth",
      "a tenth",
    ]);
    // The limit less one, as binary64 has it.
    expect(partInWords(1.2 - 1)).toBe("a fifth");
    expect(partInWords(0.3)).toBe("30 per cent");
    expect(partInWords(0.24)).toBe("24 per cent");
  });

  test("count points by words or digits", () => {
    const points = (amount: number): string => amountInWords(amount, "point", "points");
    expect([0.5, 0.25, 1, 2, 0.7].map(points)).toEqual([
      "half a point",
      "a quarter of a point",
      "a point",
      "2 points",
      "0.7 points",
    ]);
  });

  test("follow a constant that is changed", () => {
    expect([2, 3].map(timesInWords)).toEqual(["twice", "3 times"]);
    expect([10, 20].map(foldInWords)).toEqual(["tenfold", "20-fold"]);
    expect([Math.sqrt(10), 3].map(rootInWords)).toEqual(["√10", "3"]);
    expect(rootInWords(3.2)).toBe("3.2");
  });
});
