import { pruneSmallest } from "../../src/approximate/pruneSmallest";

const prune = (values: readonly number[], percent: number): number[] =>
  Array.from(pruneSmallest(Float64Array.from(values), percent));

describe("pruneSmallest", () => {
  test("zeroes the smallest magnitudes, whatever their sign", () => {
    expect(prune([3, -1, 2, -4], 50)).toEqual([3, 0, 0, -4]);
  });

  test("rounds the number of weights down", () => {
    expect(prune([1, 2, 3], 50)).toEqual([0, 2, 3]);
    expect(prune([1, 2, 3], 33)).toEqual([1, 2, 3]);
  });

  test("prunes the first among equals, so that the count is right", () => {
    expect(prune([2, -2, 1, 2, 2], 60)).toEqual([0, 0, 0, 2, 2]);
  });

  test("does nothing at 0 and leaves nothing at 100 per cent", () => {
    expect(prune([1, -2], 0)).toEqual([1, -2]);
    expect(prune([1, -2], 100)).toEqual([0, 0]);
  });
});
