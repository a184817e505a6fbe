import type { Approximation } from "../../src/approximate/approximation";
import { approximationsNearest } from "../../src/approximate/approximationGrammar";
import {
  approximationName,
  describeApproximation,
  isApproximationName,
  parseApproximation,
} from "../../src/approximate/parseApproximation";
import { ArgumentError } from "../../src/errors";

const grammar: readonly (readonly [string, Approximation, string])[] = [
  ["none", { kind: "none" }, "none"],
  ["half", { kind: "half" }, "half"],
  ["float16", { kind: "half" }, "half"],
  ["bf16", { kind: "bfloat16" }, "bfloat16"],
  ["16", { kind: "affine", bits: 16, behaviour: "paper" }, "paper-16"],
  [" Half ", { kind: "half" }, "half"],
  ["bfloat16", { kind: "bfloat16" }, "bfloat16"],
  ["12", { kind: "affine", bits: 12, behaviour: "paper" }, "paper-12"],
  ["paper-16", { kind: "affine", bits: 16, behaviour: "paper" }, "paper-16"],
  ["corrected-4", { kind: "affine", bits: 4, behaviour: "corrected" }, "corrected-4"],
  ["int8", { kind: "symmetric", bits: 8, granularity: "tensor" }, "int8"],
  ["int8:tensor", { kind: "symmetric", bits: 8, granularity: "tensor" }, "int8"],
  ["INT4:channel", { kind: "symmetric", bits: 4, granularity: "channel" }, "int4:channel"],
  ["prune-50", { kind: "prune", percent: 50 }, "prune-50"],
  ["prune-12.5", { kind: "prune", percent: 12.5 }, "prune-12.5"],
  ["int4:block32", { kind: "symmetric", bits: 4, granularity: "block32" }, "int4:block32"],
  [
    "int8:channel:affine",
    { kind: "asymmetric", bits: 8, granularity: "channel" },
    "int8:channel:affine",
  ],
  [
    "int8:tensor:stochastic-7",
    { kind: "stochastic", bits: 8, granularity: "tensor", seed: 7 },
    "int8:stochastic-7",
  ],
  [
    "int4:block8:stochastic-0",
    { kind: "stochastic", bits: 4, granularity: "block8", seed: 0 },
    "int4:block8:stochastic-0",
  ],
  ["fp8-e4m3", { kind: "float8", format: "e4m3" }, "fp8-e4m3"],
  ["FP8-E5M2:tensor", { kind: "float8", format: "e5m2", granularity: "tensor" }, "fp8-e5m2:tensor"],
  ["nf4", { kind: "normalFloat", granularity: "block64" }, "nf4"],
  ["nf4:block64", { kind: "normalFloat", granularity: "block64" }, "nf4"],
  ["nf4:tensor", { kind: "normalFloat", granularity: "tensor" }, "nf4:tensor"],
  ["pow2-4", { kind: "powerOfTwo", bits: 4 }, "pow2-4"],
  ["prune-25:outputs", { kind: "pruneOutputs", percent: 25 }, "prune-25:outputs"],
  ["prune-2of4", { kind: "pruneRuns", zeros: 2, of: 4 }, "prune-2of4"],
  [
    "fp16+8+none",
    {
      kind: "layers",
      layers: [{ kind: "half" }, { kind: "affine", bits: 8, behaviour: "paper" }, { kind: "none" }],
    },
    "half+paper-8+none",
  ],
];

describe("parseApproximation", () => {
  test.each(grammar)("reads %p", (text, approximation, name) => {
    expect(parseApproximation(text)).toEqual(approximation);
    expect(approximationName(approximation)).toBe(name);
    expect(parseApproximation(name)).toEqual(approximation);
  });

  test.each(["", "float", "int8:row", "int", "8bit", "-8", "paper", "prune", "prune--5", "1e1"])(
    "refuses %p with the grammar, the nearest forms first",
    (text) => {
      expect(() => parseApproximation(text)).toThrow(ArgumentError);
      expect(() => parseApproximation(text)).toThrow(
        `there is no approximation "${text}"; use ${approximationsNearest(text)}`,
      );
    },
  );

  test.each([
    ["0", /a quantiser of this kind has 1 to 24 bits/],
    ["corrected-32", /"corrected-32": a quantiser of this kind has 1 to 24 bits/],
    ["int1", /"int1": a quantiser of this kind has 2 to 16 bits/],
    ["int32:channel", /"int32:channel": a quantiser of this kind has 2 to 16 bits/],
    ["prune-150", /at most 100 per cent/],
    ["prune-150:outputs", /at most 100 per cent/],
    ["int4:block0", /at least one weight/],
    ["int99:channel:affine", /2 to 16 bits/],
    ["pow2-9", /2 to 8 bits, such as "pow2-8"/],
    ["prune-4of4", /fewer weights than there are/],
    ["half+int99", /"half\+int99": a quantiser of this kind has 2 to 16 bits/],
    ["half+haff", /no approximation "half\+haff"/],
    ["half+half+", /no approximation/],
  ])("refuses %p", (text, message) => {
    expect(() => parseApproximation(text)).toThrow(ArgumentError);
    expect(() => parseApproximation(text)).toThrow(message);
  });
});

describe("a bare number of bits", () => {
  test("is the paper's quantiser at every width, so that a sweep stays in one family", () => {
    for (let bits = 1; bits <= 24; bits++) {
      expect(parseApproximation(String(bits))).toEqual(parseApproximation(`paper-${bits}`));
    }
    expect(describeApproximation(parseApproximation("8"))).toMatch(/the paper's quantiser/);
  });
});

describe("isApproximationName", () => {
  test.each(grammar)("knows %p", (text) => expect(isApproximationName(text)).toBe(true));

  test("leaves other names to their owners", () => {
    expect(isApproximationName("my-scheme")).toBe(false);
    expect(isApproximationName("")).toBe(false);
  });
});

describe("describeApproximation", () => {
  test("says something different for each approximation", () => {
    const texts = new Set(grammar.map(([, approximation]) => describeApproximation(approximation)));
    const names = new Set(grammar.map(([, , name]) => name));
    expect(texts.size).toBe(names.size);
  });
});
