import { nearestFirst } from "../src/nearestNames";

describe("nearestFirst(typed, names)", () => {
  test("puts the name first that was probably meant", () => {
    expect(nearestFirst("tabel-3", ["00-tour", "table-1", "table-3"])[0]).toBe("table-3");
    expect(nearestFirst("net3", ["other", "net1", "net2"])).toEqual(["net1", "net2", "other"]);
  });

  test("keeps names that are equally near in their order, and loses none", () => {
    expect(nearestFirst("", ["b", "a", "c"])).toEqual(["b", "a", "c"]);
    expect(nearestFirst("x".repeat(1e6), ["b", "a"])).toEqual(["b", "a"]);
  });
});
