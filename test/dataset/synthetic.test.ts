import { syntheticImages } from "../../src/dataset/synthetic";
import { ArgumentError } from "../../src/errors";

/** Mean absolute difference of two images, in bytes. */
function distance(dataset: ReturnType<typeof syntheticImages>, one: number, other: number): number {
  const size = dataset.rows * dataset.columns;
  let sum = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    const difference =
      Number(dataset.pixels[one * size + pixel]) - Number(dataset.pixels[other * size + pixel]);
    sum += Math.abs(difference);
  }
  return sum / size;
}

describe("syntheticImages", () => {
  test("gives the same images for the same seed and others for another", () => {
    const one = syntheticImages({ seed: 7 });
    expect(syntheticImages({ seed: 7 })).toEqual(one);
    expect(syntheticImages({ seed: 8 }).checksum).not.toBe(one.checksum);
  });

  test("has the sizes and labels asked for", () => {
    const dataset = syntheticImages({ count: 5, rows: 3, columns: 6, classCount: 2 });
    expect(dataset.pixels).toHaveLength(5 * 3 * 6);
    expect(Array.from(dataset.labels)).toEqual([0, 1, 0, 1, 0]);
  });

  test("makes images of one class more alike than images of two, on the average", () => {
    const dataset = syntheticImages({ count: 80, rows: 12, columns: 12, classCount: 4 });
    const sums = { same: 0, sameCount: 0, other: 0, otherCount: 0 };
    for (let one = 0; one < dataset.count; one++) {
      for (let other = 0; other < one; other++) {
        const isSame = dataset.labels[one] === dataset.labels[other];
        sums[isSame ? "same" : "other"] += distance(dataset, one, other);
        sums[isSame ? "sameCount" : "otherCount"]++;
      }
    }
    expect(sums.same / sums.sameCount).toBeLessThan((0.8 * sums.other) / sums.otherCount);
  });

  test.each([
    [{ count: 0 }, /count must be a whole number >= 1, found 0/],
    [{ rows: 2.5 }, /rows must be a whole number >= 1, found 2.5/],
    [{ classCount: 300 }, /classCount is at most 256/],
    [{ noise: Number.NaN }, /noise must be a number >= 0, found NaN/],
  ])("refuses %p", (options, message) => {
    expect(() => syntheticImages(options)).toThrow(ArgumentError);
    expect(() => syntheticImages(options)).toThrow(message);
  });
});
