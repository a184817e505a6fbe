import { boundErrors, totalError } from "../../src/analyse/errorBounds";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { points as pointSet } from "../../src/dataset/pointSet";
import { ArgumentError } from "../../src/errors";
import { appMax } from "../../src/lab/appMax";
import { layerSensitivity } from "../../src/lab/layerSensitivity";
import { SENSITIVITY_COLUMNS, type SensitivityRow } from "../../src/lab/sensitivityRows";
import { createRandom } from "../../src/numeric/random";
import { readTable } from "../../src/present/table/readTable";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

const network = randomDenseNetwork([6, 8, 5, 2], createRandom(1));
const twins = createTwins(network, perturbed(network, 0.02, createRandom(2)));
const inputs = [3, 4, 5].map((seed) => randomPoint(network.inputSize, createRandom(seed)));
const seen = pointSet(inputs);

async function measured(): Promise<SensitivityRow[]> {
  const frame = await layerSensitivity(twins, seen, { points: "all" });
  const { columns, index, valueAt } = readTable(frame);
  return Array.from(index, (_, row) => {
    const cells = columns.map(({ name }, column) => [name, valueAt(row, column)]);
    // What the frame's type says, which nothing at run time does.
    return Object.fromEntries(cells) as SensitivityRow;
  });
}

describe("rl.layerSensitivity", () => {
  test("measures each layer alone as twins of which only that layer differs", async () => {
    const rows = await measured();
    expect(rows.map(({ kind }) => kind)).toEqual(["dense", "dense", "dense", "all"]);
    for (const { layer, aloneMean, aloneMaximum, aloneBound } of rows.slice(0, 3)) {
      const layers = network.layers.map((one, at) =>
        at + 1 === layer ? twins.approximated.layers[at] : one,
      );
      const alone = createTwins(network, { ...network, layers });
      const errors = inputs.map((x) => absoluteError(alone, x));
      expect(aloneMean).toBeCloseTo(errors.reduce((sum, one) => sum + one, 0) / 3, 15);
      const maxima = await Promise.all(inputs.map((x) => appMax(alone, x)));
      expect(aloneMaximum).toBe(Math.max(...maxima.map(({ maximum }) => maximum)));
      const { errors: ends } = boundErrors(alone, boxOver(PIXEL_DOMAIN, 6));
      expect(aloneBound).toBeLessThanOrEqual(totalError(ends[ends.length - 1]));
    }
  });

  test("orders mean, attained and bound in every row", async () => {
    for (const row of await measured()) {
      expect(row.aloneMean).toBeLessThanOrEqual(row.aloneMaximum);
      expect(row.aloneMaximum).toBeLessThanOrEqual(row.aloneBound);
      if (row.kind === "all") continue;
      expect(row.withoutMean).toBeLessThanOrEqual(row.withoutMaximum ?? NaN);
      expect(row.withoutMaximum).toBeLessThanOrEqual(row.withoutBound ?? NaN);
    }
  });

  test("has all layers together in a row of its own, which is no sum", async () => {
    const rows = await measured();
    const all = rows[3];
    const together = inputs.map((x) => absoluteError(twins, x));
    expect(all.aloneMean).toBeCloseTo(together.reduce((sum, one) => sum + one, 0) / 3, 15);
    expect(all.parameters).toBe(6 * 8 + 8 + 8 * 5 + 5 + 5 * 2 + 2);
    expect([all.layer, all.withoutMean]).toEqual([NaN, NaN]);
  });

  test("says of each number what it is", () => {
    const kinds = SENSITIVITY_COLUMNS.map(({ name, kind }) => [name, kind] as const);
    for (const [name, kind] of kinds) {
      const end = /(Mean|Maximum|Bound)$/.exec(name)?.[1];
      const expected = { Mean: "sample", Maximum: "attained", Bound: "bound" }[end ?? ""];
      expect(kind).toBe(expected);
    }
  });

  test("refuses to choose points itself, and twins that round activations", async () => {
    // As a cell in plain JavaScript would call it.
    const unnamed = {} as { points: string };
    await expect(layerSensitivity(twins, seen, unnamed)).rejects.toThrow("which points");
    const grid = { step: 0.5, min: -8, max: 8 };
    const rounded = createTwins(network, network, [
      { kind: "activations", rounded: [{ value: 1, grid }] },
    ]);
    await expect(layerSensitivity(rounded, seen, { points: "all" })).rejects.toThrow(ArgumentError);
  });
});
