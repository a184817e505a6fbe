import { ArgumentError } from "../../src/errors";
import { parsePoints } from "../../src/experiment/points";

describe("parsePoints", () => {
  test("reads half-open ranges and single points, in the order given", () => {
    expect(parsePoints("0:3", 10)).toEqual([0, 1, 2]);
    expect(parsePoints("7, 2:4,0", 10)).toEqual([7, 2, 3, 0]);
    expect(parsePoints("all", 3)).toEqual([0, 1, 2]);
  });

  test("draws distinct points, the same for a seed, and a smaller sample first", () => {
    const large = parsePoints("sample:50:7", 100);
    expect(new Set(large).size).toBe(50);
    expect(parsePoints("sample:20:7", 100)).toEqual(large.slice(0, 20));
    expect(parsePoints("sample:20:8", 100)).not.toEqual(large.slice(0, 20));
  });

  test.each([
    ["3:3", /no points/],
    ["5:11", /go beyond the data set, whose points are 0 to 9/],
    ["ten", /cannot read "ten" as points/],
    ["-1", /cannot read "-1"/],
    ["0:3,2", /"0:3,2" names point 2 twice; every point counts once/],
    ["sample:11", /11 points cannot be drawn from 10/],
  ])("refuses %s", (text, message) => {
    expect(() => parsePoints(text, 10)).toThrow(ArgumentError);
    expect(() => parsePoints(text, 10)).toThrow(message);
  });
});
