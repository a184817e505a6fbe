import { explainKinds, kindAndUnit, labelWithKind } from "../../src/claim/kindOfNumber";

describe("explainKinds", () => {
  test("names each kind once, the strongest claim first", () => {
    expect(explainKinds(["sample", undefined, "bound", "sample"])).toBe(
      "bound: proved for the inputs that stand with it; sample: seen on data",
    );
  });

  test("says nothing when no kind is known", () => {
    expect(explainKinds([undefined])).toBe("");
  });
});

describe("the legend under a bound", () => {
  test("names the inputs for which it is proved, all of them once", () => {
    const box = { kind: "bound", inputs: "every input in [0, 1]" } as const;
    const polytope = { kind: "bound", inputs: "every input of the polytope" } as const;
    expect(explainKinds([box, {}, box])).toBe("bound: proved for every input in [0, 1]");
    expect(explainKinds([polytope, box])).toBe(
      "bound: proved for every input of the polytope or every input in [0, 1]",
    );
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
