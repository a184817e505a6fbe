import { createRandom } from "../../src/numeric/random";
import { dropoutMask, normalisedInputs, oneHotLabels } from "../../src/train/batches";
import { IMAGES } from "./tinyTraining";

describe("dropoutMask", () => {
  const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

  test("keeps means: zeros, and 1 / (1 − rate) in the rest", () => {
    const count = 20_000;
    const mask = dropoutMask(count, 0.8, createRandom(1));
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - 0.8))]));
    // The mean of 20,000 values of variance 4 has deviation 0.014; the seed is fixed.
    expect(Math.abs(sum(mask) / count - 1)).toBeLessThan(0.05);
  });

  test("drops nothing at rate 0", () => {
    expect(sum(dropoutMask(100, 0, createRandom(1)))).toBe(100);
  });

  test("is the same for the same seed and differs from batch to batch", () => {
    const random = createRandom(2);
    const first = dropoutMask(200, 0.5, random);
    expect(dropoutMask(200, 0.5, createRandom(2))).toEqual(first);
    expect(dropoutMask(200, 0.5, random)).not.toEqual(first);
  });
});

describe("normalisedInputs", () => {
  test("gives (byte / 255 − mean) / deviation of the chosen images, in their order", () => {
    const values = normalisedInputs(IMAGES, [3, 1], 0.25, 0.5);
    const size = 42;
    expect(values).toHaveLength(2 * size);
    for (let pixel = 0; pixel < size; pixel++) {
      const third = (IMAGES.pixels[3 * size + pixel] / 255 - 0.25) / 0.5;
      const first = (IMAGES.pixels[size + pixel] / 255 - 0.25) / 0.5;
      expect(values[pixel]).toBe(Math.fround(third));
      expect(values[size + pixel]).toBe(Math.fround(first));
    }
  });
});

describe("oneHotLabels", () => {
  test("puts a one at each label and zeros elsewhere", () => {
    // Labels of synthetic images take turns: 0, 1, 2, 3, 0, ...
    expect([...oneHotLabels(IMAGES, [2, 4], 4)]).toEqual([0, 0, 1, 0, 1, 0, 0, 0]);
  });
});
