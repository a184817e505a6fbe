import { explainKinds, kindAndUnit, labelWithKind } from "../../src/present/kindOfNumber";

describe("explainKinds", () => {
  test("names each kind once, the strongest claim first", () => {
    expect(explainKinds(["sample", undefined, "bound", "sample"])).toBe(
      "bound: proved for every input it speaks of; sample: seen on data",
    );
  });

  test("says nothing when no kind is known", () => {
    expect(explainKinds([undefined])).toBe("");
  });
});

describe("labelWithKind and kindAndUnit", () => {
  test("put kind and unit where they are known", () => {
    expect(labelWithKind("E_T", "sample")).toBe("E_T (sample)");
    expect(labelWithKind("bits", undefined)).toBe("bits");
    expect(kindAndUnit("attained", "logits")).toBe("attained, logits");
    expect(kindAndUnit(undefined, "s")).toBe("s");
    expect(kindAndUnit(undefined, undefined)).toBe("");
  });
});
