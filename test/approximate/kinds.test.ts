import fc from "fast-check";
import { approximate } from "../../src/approximate/approximate";
import type { Approximation } from "../../src/approximate/approximation";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { storedBits } from "../../src/approximate/storedBits";
import { ArgumentError } from "../../src/errors";
import { rulesOf } from "../../src/network/layer/layer";
import type { Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createRandom } from "../../src/numeric/random";
import { randomConvolutionalNetwork, randomDenseNetwork } from "../network/randomNetwork";
import { dense } from "./tinyNetworks";

/** The weights and biases of one layer of a twin. */
function rounded(network: Network, name: string, layer = 0): [number[], number[]] {
  const twin = approximate(network, parseApproximation(name)).layers[layer];
  const [weights, bias] = rulesOf(twin).parameters(twin);
  return [[...weights.values], [...bias.values]];
}

const single = (rows: readonly (readonly number[])[], bias = rows.map(() => 0.3)): Network =>
  createNetwork("single", rows[0].length, [dense(rows, bias)]);

describe("int4:blockN", () => {
  test("gives each run of N weights of an output a step of its own, the last run what is left", () => {
    const [weights, bias] = rounded(single([[7, 3.4, 0.7, -0.34, 0.1]]), "int4:block2");
    expect(weights).toEqual([7, 3, 7 * (0.7 / 7), -3 * (0.7 / 7), 7 * (0.1 / 7)]);
    expect(bias).toEqual([0.3]);
  });

  test("of a whole output is int4:channel, and of one weight changes nothing beyond rounding", () => {
    const network = randomConvolutionalNetwork(createRandom(1));
    expect(rounded(network, "int4:block9", 1)).toEqual(rounded(network, "int4:channel", 1));
    const [weights] = rounded(network, "int4:block1", 1);
    const [own] = rounded(network, "none", 1);
    weights.forEach((weight, at) => expect(weight).toBeCloseTo(own[at], 14));
  });
});

describe("intBITS:…:affine", () => {
  test("spans from the smallest to the largest weight and keeps 0", () => {
    // 2 bits from −1 to 2: the values −1, 0, 1, 2.
    const [weights] = rounded(single([[-1, 2, 0.4, 0.6, 0]]), "int2:tensor:affine");
    expect(weights).toEqual([-1, 2, 0, 1, 0]);
  });

  test("keeps every error within half a step of its own grid", () => {
    const thousandth = fc.integer({ min: -9000, max: 9000 }).map((value) => value / 1000);
    const values = fc.array(thousandth, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 12 }), (list, bits) => {
        const network = single([list.slice(0, 3), list.slice(3)]);
        const [weights] = rounded(network, `int${bits}:channel:affine`);
        weights.forEach((weight, at) => {
          const run = [...list.slice(at < 3 ? 0 : 3).slice(0, 3), 0];
          const step = (Math.max(...run) - Math.min(...run)) / (2 ** bits - 1);
          expect(Math.abs(weight - list[at])).toBeLessThanOrEqual((step / 2) * (1 + 1e-9));
        });
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe("intBITS:stochastic-SEED", () => {
  const network = randomDenseNetwork([20, 10], createRandom(4));
  const [own] = rounded(network, "none");
  const step = Math.max(...own.map(Math.abs)) / 7;

  test("is the same for the same seed, another for another", () => {
    expect(rounded(network, "int4:stochastic-1")).toEqual(rounded(network, "int4:stochastic-1"));
    expect(rounded(network, "int4:stochastic-1")).not.toEqual(
      rounded(network, "int4:stochastic-2"),
    );
  });

  test("moves no weight by a step, and over seeds none at all in the mean", () => {
    const sums = own.map(() => 0);
    const seeds = 400;
    for (let seed = 0; seed < seeds; seed++) {
      rounded(network, `int4:stochastic-${seed}`)[0].forEach((weight, at) => {
        expect(Math.abs(weight - own[at])).toBeLessThan(step * (1 + 1e-12));
        sums[at] += weight;
      });
    }
    // Five standard deviations of a mean of so many choices between two neighbours.
    const most = (5 * step) / 2 / Math.sqrt(seeds);
    sums.forEach((sum, at) => expect(Math.abs(sum / seeds - own[at])).toBeLessThan(most));
  });

  test("keeps what is on the grid", () => {
    const [weights] = rounded(single([[7, -3, 0, 1]]), "int4:stochastic-5");
    expect(weights).toEqual([7, -3, 0, 1]);
  });
});

describe("fp8", () => {
  /** Every finite value of a format, from its bits. */
  function valuesOf(exponentBits: number, bias: number, isFinite: (code: number) => boolean) {
    const fractionBits = 7 - exponentBits;
    const values: number[] = [];
    for (let code = 0; code < 128; code++) {
      if (!isFinite(code)) continue;
      const exponent = code >> fractionBits;
      const fraction = (code & (2 ** fractionBits - 1)) / 2 ** fractionBits;
      values.push(
        exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias),
      );
    }
    return values;
  }
  const formats = {
    "fp8-e4m3": valuesOf(4, 7, (code) => code !== 127),
    "fp8-e5m2": valuesOf(5, 15, (code) => code < 124),
  };

  test.each(Object.entries(formats))(
    "%s rounds to the nearest value that its bits can say",
    (name, all) => {
      const random = createRandom(8);
      const weights = Array.from(
        { length: 3000 },
        () => random.normal() * 2 ** (12 * random.next() - 9),
      );
      const [found] = rounded(single([weights]), name);
      found.forEach((value, at) => {
        const nearest = Math.min(...all.map((one) => Math.abs(one - Math.abs(weights[at]))));
        expect(Math.abs(value - weights[at])).toBe(nearest);
        expect(all).toContain(Math.abs(value));
      });
      expect(Math.max(...all)).toBe(name === "fp8-e4m3" ? 448 : 57344);
    },
  );

  test("refuses what is beyond its largest value, and scales it where it may", () => {
    expect(rounded(single([[464]]), "fp8-e4m3")[0]).toEqual([448]);
    expect(() => rounded(single([[1, 465]]), "fp8-e4m3")).toThrow(
      /value 1: 465 cannot be rounded to fp8-e4m3, whose largest value is 448/,
    );
    const [weights, bias] = rounded(single([[896, 2, 0]]), "fp8-e4m3:tensor");
    expect([weights, bias]).toEqual([[896, 2, 0], [0.3]]);
  });
});

describe("nf4", () => {
  test("puts weights on 16 values times the largest of their block", () => {
    const [weights] = rounded(single([[2, -2, 0.1, 0.9, 1.5, 0]]), "nf4");
    expect(weights).toEqual([
      2,
      -2,
      2 * 0.07958029955625534,
      2 * 0.44070982933044434,
      2 * 0.7229568362236023,
      0,
    ]);
  });

  test("has for each block a scale of its own", () => {
    const [weights] = rounded(single([[4, 0, 0.5, -0.5]]), "nf4:block2");
    expect(weights).toEqual([4, 0, 0.5, -0.5]);
  });
});

describe("pow2-BITS", () => {
  test("keeps signs and takes the nearest of the powers that the bits tell apart, or 0", () => {
    // Three bits: 0, ±1, ±1/2, ±1/4.
    const [weights] = rounded(single([[1.2, -0.76, 0.75, -0.3, 0.13, 0.125, 0]]), "pow2-3");
    expect(weights).toEqual([1, -1, 0.5, -0.25, 0.25, 0, 0]);
  });
});

describe("pruning with structure", () => {
  const network = createNetwork("pruned", 2, [
    dense(
      [
        [3, 4],
        [1, 0],
        [0, 2],
      ],
      [1, 1, 1],
    ),
    { kind: "relu" },
    dense(
      [
        [1, 1, 1],
        [0.1, 0.1, 0.1],
      ],
      [5, 5],
    ),
  ]);

  test("takes whole outputs of the smallest norm, with their bias, but none of the last layer", () => {
    expect(rounded(network, "prune-67:outputs")).toEqual([
      [3, 4, 0, 0, 0, 0],
      [1, 0, 0],
    ]);
    expect(rounded(network, "prune-67:outputs", 2)).toEqual(rounded(network, "none", 2));
  });

  test("takes N of every M weights of an output, the smallest, and of a shorter rest its part", () => {
    const [weights] = rounded(single([[4, -1, 2, -3, 0.5, 0.1]]), "prune-2of4");
    expect(weights).toEqual([4, 0, 0, -3, 0.5, 0]);
  });
});

describe("NAME+NAME…", () => {
  const network = randomDenseNetwork([5, 4, 3, 2], createRandom(9));

  test("gives each layer with weights what its approximation makes of it", () => {
    ["half", "paper-6", "none"].forEach((name, at) => {
      expect(rounded(network, "half+6+none", 2 * at)).toEqual(rounded(network, name, 2 * at));
    });
  });

  test("wants one for each, and says which layers there are", () => {
    const short = () => approximate(network, parseApproximation("half+int8"));
    expect(short).toThrow(ArgumentError);
    expect(short).toThrow(
      'approximation "half+int8" names 2, but 3 layers of random have weights (1, 3, 5); name one for each',
    );
  });
});

describe("storedBits", () => {
  const network = createNetwork("stored", 4, [
    dense(
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      [1, 2],
    ),
  ]);
  test.each([
    ["none", 10 * 32],
    ["half", 10 * 16],
    ["8", 10 * 8],
    ["int8", 8 * 8 + 32 + 2 * 32],
    ["int8:channel", 8 * 8 + 2 * 32 + 2 * 32],
    ["int4:block2", 8 * 4 + 4 * 32 + 2 * 32],
    ["int4:block3:affine", 8 * 4 + 4 * 2 * 32 + 2 * 32],
    ["int4:stochastic-1", 8 * 4 + 32 + 2 * 32],
    ["fp8-e4m3", 10 * 8],
    ["fp8-e5m2:channel", 8 * 8 + 2 * 32 + 2 * 32],
    ["nf4", 8 * 4 + 2 * 32 + 2 * 32],
    ["pow2-4", 8 * 4 + 32 + 2 * 32],
    ["prune-50", 8 + 4 * 32 + 2 * 32],
    ["prune-2of4", 8 + 4 * 32 + 2 * 32],
    ["prune-50:outputs", 10 * 32],
  ])("of %s are %d", (name, bits) => {
    expect(storedBits(network, parseApproximation(name))).toEqual([bits]);
  });

  test("of layers approximated each in its way are those of each", () => {
    const two = randomDenseNetwork([3, 2, 2], createRandom(2));
    const bits = (name: string) => storedBits(two, parseApproximation(name));
    expect(bits("half+int8")).toEqual([bits("half")[0], 0, bits("int8")[2]]);
  });
});

describe("an approximation that the name cannot say", () => {
  test.each<Approximation>([
    { kind: "powerOfTwo", bits: 2.5 },
    { kind: "pruneRuns", zeros: 3, of: 3 },
    { kind: "pruneOutputs", percent: -1 },
    { kind: "stochastic", bits: 1, granularity: "tensor", seed: 1 },
  ])("is refused: %j", (approximation) => {
    expect(() => approximate(single([[1]]), approximation)).toThrow(ArgumentError);
  });
});
