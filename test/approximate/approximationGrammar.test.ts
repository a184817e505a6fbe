import {
  APPROXIMATION_GRAMMAR,
  approximationsNearest,
} from "../../src/approximate/approximationGrammar";
import { parseApproximation } from "../../src/approximate/parseApproximation";

describe("a mistyped approximation", () => {
  test.each([
    ["haff", "half"],
    ["none ish", "none"],
    ["b16", "bfloat16"],
    ["Papr-12", "paper-BITS"],
    ["corected-8", "corrected-BITS"],
    ["in8", "intBITS "],
    ["int4:chanel", "intBITS:channel"],
    ["prune50", "prune-PERCENT"],
  ])("%p is answered with the nearest form first: %p", (typed, form) => {
    const [, advice] = messageOf(typed).split("; use ");
    expect(advice.startsWith(form)).toBe(true);
    // Whatever comes first, every form is there once.
    expect(advice.split(", ").sort()).toEqual(APPROXIMATION_GRAMMAR.split(", ").sort());
  });

  test("is quoted cut and harmless", () => {
    expect(messageOf(`\u001b[31m${"x".repeat(1e6)}`)).toMatch(
      /no approximation "\\u\{1b\}\[31mx+…"/,
    );
  });
});

describe("approximationsNearest(typed)", () => {
  test("keeps the grammar's order where nothing is near", () => {
    expect(approximationsNearest("?".repeat(40))).toBe(APPROXIMATION_GRAMMAR);
  });
});

function messageOf(typed: string): string {
  try {
    parseApproximation(typed);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${typed} was taken`);
}
