import { createReplayFilter } from "../../../kernel/server/replays";

describe("createReplayFilter", () => {
  test("knows a signature again, and forgets the oldest beyond its limit", () => {
    const filter = createReplayFilter(3);
    expect(["a", "b", "a", "c", "b", "d"].map((each) => filter.isNew(each))).toEqual([
      ...[true, true, false, true, false],
      true,
    ]);
    // "a" had to go for "d".
    expect(["b", "c", "d", "a"].map((each) => filter.isNew(each))).toEqual([
      ...[false, false, false],
      true,
    ]);
  });

  test("takes every message where there is no key, and so no signature", () => {
    const filter = createReplayFilter();
    expect([filter.isNew(""), filter.isNew("")]).toEqual([true, true]);
  });
});
