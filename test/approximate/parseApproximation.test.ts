import type { Approximation } from "../../src/approximate/approximation";
import {
  approximationName,
  describeApproximation,
  parseApproximation,
} from "../../src/approximate/parseApproximation";
import { ArgumentError } from "../../src/errors";

const grammar: readonly (readonly [string, Approximation, string])[] = [
  ["none", { kind: "none" }, "none"],
  ["half", { kind: "half" }, "half"],
  ["16", { kind: "half" }, "half"],
  [" Half ", { kind: "half" }, "half"],
  ["bfloat16", { kind: "bfloat16" }, "bfloat16"],
  ["12", { kind: "affine", bits: 12, behaviour: "paper" }, "paper-12"],
  ["paper-16", { kind: "affine", bits: 16, behaviour: "paper" }, "paper-16"],
  ["corrected-4", { kind: "affine", bits: 4, behaviour: "corrected" }, "corrected-4"],
  ["int8", { kind: "affine", bits: 8, behaviour: "corrected" }, "corrected-8"],
  ["prune-50", { kind: "prune", percent: 50 }, "prune-50"],
  ["prune-12.5", { kind: "prune", percent: 12.5 }, "prune-12.5"],
];

describe("parseApproximation", () => {
  test.each(grammar)("reads %p", (text, approximation, name) => {
    expect(parseApproximation(text)).toEqual(approximation);
    expect(approximationName(approximation)).toBe(name);
    expect(parseApproximation(name)).toEqual(approximation);
  });

  test.each(["", "float16", "8bit", "-8", "paper", "prune", "prune--5", "1e1"])(
    "refuses %p with the grammar",
    (text) => {
      expect(() => parseApproximation(text)).toThrow(ArgumentError);
      expect(() => parseApproximation(text)).toThrow(
        `there is no approximation "${text}"; use none, half (or 16), bfloat16, BITS`,
      );
    },
  );

  test.each([
    ["0", /a quantiser has 1 to 24 bits/],
    ["corrected-32", /"corrected-32": a quantiser has 1 to 24 bits/],
    ["prune-150", /at most 100 per cent/],
  ])("refuses %p", (text, message) => {
    expect(() => parseApproximation(text)).toThrow(ArgumentError);
    expect(() => parseApproximation(text)).toThrow(message);
  });
});

describe("describeApproximation", () => {
  test("says something different for each approximation", () => {
    const texts = new Set(grammar.map(([, approximation]) => describeApproximation(approximation)));
    const names = new Set(grammar.map(([, , name]) => name));
    expect(texts.size).toBe(names.size);
  });
});
