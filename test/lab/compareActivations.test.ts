import { createTwins, type Twins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { points as pointSet } from "../../src/dataset/pointSet";
import { ArgumentError } from "../../src/errors";
import {
  ACTIVATION_COLUMNS,
  compareActivations,
  type ActivationRow,
} from "../../src/lab/compareActivations";
import { evaluateInto } from "../../src/network/evaluate";
import { createFlows } from "../../src/network/flows";
import { rulesOf } from "../../src/network/layer/layer";
import { createRandom } from "../../src/numeric/random";
import { readTable } from "../../src/present/table/readTable";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const network = randomConvolutionalNetwork(createRandom(1));
const twins = createTwins(network, perturbed(network, 0.05, createRandom(2)));
const inputs = [0, 1, 2].map((seed) => randomPoint(network.inputSize, createRandom(seed)));
const seen = pointSet(inputs);

async function rowsOf(pair: Twins, data = seen): Promise<ActivationRow[]> {
  const { columns, index, valueAt } = readTable(await compareActivations(pair, data));
  return Array.from(index, (_, row) => {
    const cells = columns.map(({ name }, column) => [name, valueAt(row, column)]);
    // What the frame's type says, which nothing at run time does.
    return Object.fromEntries(cells) as ActivationRow;
  });
}

/** Every difference that one value has over all inputs, by plain evaluation. */
function differences({ network: one, approximated }: Twins, value: number): number[] {
  return inputs.flatMap((x) => {
    const [ours, theirs] = [createFlows(one), createFlows(approximated)];
    evaluateInto(one, x, ours);
    evaluateInto(approximated, x, theirs);
    return Array.from(ours[value], (y, at) => theirs[value][at] - y);
  });
}

describe("rl.compareActivations", () => {
  test("has for the input and every layer what plain evaluation finds", async () => {
    const rows = await rowsOf(twins);
    expect(rows.map(({ layer, kind }) => [layer, kind])).toEqual([
      [0, "input"],
      ...network.layers.map(({ kind }, layer) => [layer + 1, kind]),
    ]);
    rows.forEach(({ layer, mean, rms, largest, noise, sqnr, signal }) => {
      const all = differences(twins, layer);
      const sizes = all.map(Math.abs);
      expect(mean).toBeCloseTo(sizes.reduce((sum, one) => sum + one, 0) / all.length, 14);
      expect(rms).toBeCloseTo(Math.hypot(...all) / Math.sqrt(all.length), 14);
      expect(largest).toBe(Math.max(...sizes));
      expect(noise).toBeCloseTo(rms / signal, 14);
      if (rms > 0) expect(sqnr).toBeCloseTo(20 * Math.log10(signal / rms), 12);
    });
    expect(rows[2].mean).toBeGreaterThan(0);
  });

  test("counts ReLUs on another piece, and windows with another winner", async () => {
    // x ↦ R(x) against R(−x): every ReLU flips, but at 0, which counts as active.
    const layers = [{ kind: "relu" as const }];
    const one = randomDenseNetwork([3, 3], createRandom(5));
    const [first] = one.layers;
    const identity = (sign: number) =>
      rulesOf(first).withParameters(first, ({ name, values }) =>
        values.map((_, at) => (name === "weight" && at % 4 === 0 ? sign : 0)),
      );
    const [ours, theirs] = [1, -1].map((sign) => ({
      ...one,
      layers: [identity(sign), ...layers],
    }));
    const rows = await rowsOf(createTwins(ours, theirs), pointSet([[0.5, 0.25, 0]]));
    expect(rows[2].flips).toBeCloseTo(2 / 3, 14);
    expect(rows[2].cosine).toBeNaN();
    expect(rows[1].cosine).toBeCloseTo(-1, 14);
  });

  test("says of rounded weights how they lie beside 1/√12 of a step", async () => {
    const wide = randomDenseNetwork([36, 60, 20], createRandom(7));
    const rows = await rowsOf(
      createTwins(wide, approximate(wide, { kind: "affine", bits: 8, behaviour: "corrected" })),
    );
    expect(rows[1].weightSteps).toBeCloseTo(1 / Math.sqrt(12), 2);
    expect(rows[2].weightSteps).toBeNaN();
    const meaning = ACTIVATION_COLUMNS.find(({ name }) => name === "weightSteps")?.meaning;
    expect(meaning).toContain((1 / Math.sqrt(12)).toFixed(4));
  });

  test("shows that weights which were on the grid before did not move", async () => {
    const grid = { kind: "symmetric", bits: 8, granularity: "tensor" } as const;
    const onGrid = approximate(randomDenseNetwork([36, 60, 20], createRandom(7)), grid);
    const rows = await rowsOf(createTwins(onGrid, approximate(onGrid, grid)));
    expect(rows[1].weightSteps).toBeLessThan(1e-12);
  });

  test("shows the rounding of activations alone, in steps of their grid", async () => {
    const grid = { step: 1 / 64, min: -64, max: 64 };
    const wide = randomDenseNetwork([36, 400, 3], createRandom(8));
    const rounded = createTwins(wide, wide, [
      { kind: "activations", rounded: [{ value: 1, grid }] },
    ]);
    const rows = await rowsOf(rounded);
    expect(rows[1].roundingSteps).toBeCloseTo(1 / Math.sqrt(12), 1);
    expect(rows[1].rms).toBeCloseTo((rows[1].roundingSteps ?? NaN) * grid.step, 14);
    expect(rows[0].rms).toBe(0);
    expect(rows[3].rms).toBeGreaterThan(0);
  });

  test("finds no difference between a network and itself, and no ratio of it", async () => {
    for (const row of await rowsOf(createTwins(network, network))) {
      expect([row.mean, row.rms, row.largest, row.noise]).toEqual([0, 0, 0, 0]);
      expect(row.sqnr ?? NaN).toBeNaN();
    }
  });

  test("refuses a twin whose approximation is not what its name says", async () => {
    const named = { ...twins.approximated, approximation: "half" };
    await expect(compareActivations(createTwins(network, named), seen)).rejects.toThrow(
      'is not what "half"',
    );
    await expect(compareActivations(twins, seen, { points: [3] })).rejects.toThrow(ArgumentError);
  });
});
