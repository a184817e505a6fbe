import type { BoundMethod } from "../../src/analyse/bound/bound";
import { boxOver } from "../../src/analyse/box";
import { boundMethodOf } from "../../src/analyse/bound/methods";
import { toDomain } from "../../src/analyse/domain";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { ArgumentError } from "../../src/errors";
import { interval } from "../../src/lab/interval";
import { prove } from "../../src/lab/prove";
import { createRandom } from "../../src/numeric/random";
import { DISPLAY } from "../../src/present/display";
import { perturbed, randomDenseNetwork } from "../network/randomNetwork";

const network = randomDenseNetwork([4, 8, 8, 2], createRandom(11));
const twins = createTwins(network, perturbed(network, 0.03, createRandom(12)));

describe("rl.interval", () => {
  test("attains its lower end at its witness, and no point passes its upper end", async () => {
    const { total, largest, gap, outputs, layers } = await interval(twins, "0:1", { time: 0.5 });
    const { lower, upper, witness = new Float64Array(0) } = total;
    expect(lower).toBe(absoluteError(twins, witness));
    expect(gap).toBe(upper - lower);
    expect(largest.upper).toBeLessThanOrEqual(upper);
    expect(layers.map(({ kind }) => kind)).toEqual(network.layers.map(({ kind }) => kind));
    expect(outputs).toHaveLength(2);
    const random = createRandom(1);
    for (let trial = 0; trial < 2000; trial++) {
      const x = Float64Array.from({ length: 4 }, () => random.next());
      expect(absoluteError(twins, x)).toBeLessThanOrEqual(upper);
    }
  });

  test("comes closer with time: halving the box narrows what one bound leaves", async () => {
    const [short, long] = [
      await interval(twins, "0:1", { time: 0.01 }),
      await interval(twins, "0:1", { time: 1.5 }),
    ];
    expect(long.total.upper).toBeLessThan(short.total.upper);
  });

  test("comes closer with time on many inputs: deciding masks narrows what one bound leaves", async () => {
    const wide = randomDenseNetwork([30, 12, 10, 3], createRandom(1));
    const pair = createTwins(wide, perturbed(wide, 0.01, createRandom(2)));
    const first = boundMethodOf("tightest")(pair, boxOver(toDomain("0:1"), 30));
    const { total } = await interval(pair, "0:1", { time: 3 });
    expect(total.upper).toBeLessThan(first.total.upper);
    expect(total.lower).toBe(absoluteError(pair, total.witness ?? new Float64Array(0)));
  });

  test("searches from below however long the bound took", async () => {
    const slow: BoundMethod = (pair, box, options) => {
      const end = performance.now() + 1500;
      while (performance.now() < end);
      return boundMethodOf("differential")(pair, box, options);
    };
    const wide = randomDenseNetwork([30, 20, 2], createRandom(1));
    const pair = createTwins(wide, perturbed(wide, 0.05, createRandom(2)));
    const { total } = await interval(pair, "0:1", { time: 1.5, method: slow });
    expect(total.lower).toBeGreaterThan(absoluteError(pair, new Float64Array(30).fill(0.5)));
  });

  test("shows itself with its box and what its numbers claim", async () => {
    const found = await interval(twins, "0:1", { time: 0.05 });
    const shown = JSON.stringify(await found[DISPLAY]());
    expect(shown).toMatch(/bound: proved for every input in/);
    expect(shown).toMatch(/attained/);
  });

  test("of a network against itself is 0 at both ends", async () => {
    const { total } = await interval(createTwins(network, network), "0:1", { time: 0.2 });
    expect([total.lower, total.upper]).toEqual([0, 0]);
  });
});

describe("rl.prove", () => {
  test("is refuted by an input that has more, and proved by a bound that is less", async () => {
    // What the first bound knows decides both: no matter how fast the machine is.
    const { total } = boundMethodOf("tightest")(twins, boxOver(toDomain("0:1"), 4));
    const refuted = await prove(twins, "0:1", { epsilon: total.lower * 0.99, time: 0.1 });
    expect(refuted.outcome).toBe("refuted");
    expect(refuted.total.lower).toBeGreaterThan(refuted.epsilon);
    const proved = await prove(twins, "0:1", { epsilon: total.upper, time: 0.1 });
    expect(proved.outcome).toBe("proved");
    expect(proved.smallest).toBeLessThanOrEqual(proved.epsilon);
  });

  test("is open where neither side decides it in the time", async () => {
    const wide = randomDenseNetwork([30, 40, 40, 2], createRandom(1));
    const pair = createTwins(wide, perturbed(wide, 0.05, createRandom(2)));
    const { total } = await interval(pair, "-1:1", { time: 0.3 });
    const epsilon = (total.lower + total.upper) / 2;
    expect((await prove(pair, "-1:1", { epsilon, time: 0.1 })).outcome).toBe("open");
  });

  test("refuses a negative ε", async () => {
    await expect(prove(twins, "0:1", { epsilon: -1 })).rejects.toThrow(ArgumentError);
  });
});
