import { compareNumbers, findingsFrame, tryStatement } from "../../src/paper/findings";

describe("compareNumbers", () => {
  test("calls a ratio within a quarter agreement, within half a decade the same order", () => {
    expect(compareNumbers("a", 2, 2.4).verdict).toBe("agrees within a quarter");
    expect(compareNumbers("a", 2, 1.7).verdict).toBe("agrees within a quarter");
    expect(compareNumbers("a", 2, 6).verdict).toBe("same order of magnitude");
    expect(compareNumbers("a", 2, 7).verdict).toBe("ours is larger");
    expect(compareNumbers("a", 2, 0.5).verdict).toBe("ours is smaller");
    expect(compareNumbers("a", 2, 6).ratio).toBe(3);
  });

  test("measures shares by their difference, not by their ratio", () => {
    expect(compareNumbers("a", 0.983, 0.98, "percent").verdict).toBe("agrees within half a point");
    expect(compareNumbers("a", 0.25, 0.75, "percent").verdict).toBe("50 points more");
    expect(compareNumbers("a", 0.983, 0.9, "percent")).toMatchObject({
      paper: "98.30\u202f%",
      ours: "90.00\u202f%",
      verdict: "8.3 points less",
    });
  });
});

describe("tryStatement", () => {
  test("agrees where a statement holds for both or for neither", () => {
    expect(tryStatement("s", true, true).verdict).toBe("agrees");
    expect(tryStatement("s", false, false).verdict).toBe("agrees");
    expect(tryStatement("s", true, false)).toMatchObject({
      paper: "yes",
      ours: "no",
      verdict: "differs",
    });
  });
});

describe("findingsFrame", () => {
  test("leaves the ratio of a statement empty", () => {
    const frame = findingsFrame([compareNumbers("a", 3, 4), tryStatement("s", true, true)]);
    expect(frame.columns).toEqual(["what", "paper", "ours", "ratio", "verdict"]);
    expect(frame.column("ratio").values).toEqual(["1.33", ""]);
  });
});
