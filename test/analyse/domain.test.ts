import { describeDomain, describeDomainName, domainName, toDomain } from "../../src/analyse/domain";
import { boxOver } from "../../src/analyse/box";
import { ArgumentError, ShapeError } from "../../src/errors";

describe("toDomain", () => {
  test.each(["-1:2", "-1,2", " -1 , 2 "])("reads %j as two ends for every input", (text) => {
    expect(toDomain(text)).toEqual({ kind: "box", lower: -1, upper: 2 });
  });

  test("stands one number for all beside an array", () => {
    const domain = toDomain({ lower: 0, upper: [1, 2, 3] });
    expect(domain).toEqual({
      kind: "inputs",
      lower: Float64Array.of(0, 0, 0),
      upper: Float64Array.of(1, 2, 3),
    });
    expect(boxOver(domain, 3)).toEqual({
      lower: Float64Array.of(0, 0, 0),
      upper: Float64Array.of(1, 2, 3),
    });
  });

  test('says that the range of "data" needs a data set, and that a name of ends does not hold them', () => {
    expect(() => toDomain("data")).toThrow(/not known here; rangeOf\(dataset\) gives it/);
    expect(() => toDomain("inputs-0123456789abcdef")).toThrow(/which the name does not hold/);
    expect(() => toDomain({ lower: [], upper: [] })).toThrow(/found 0 and 0/);
    expect(() => toDomain({ lower: [0, 1], upper: [1, Infinity] })).toThrow(ArgumentError);
  });
});

describe("the name of a domain", () => {
  test("is the same for the same ends, and another for others", () => {
    const nameOf = (lower: number[], upper: number[]): string =>
      domainName(toDomain({ lower, upper }));
    expect(nameOf([0, 0], [1, 2])).toBe(nameOf([0, 0], [1, 2]));
    expect(nameOf([0, 0], [1, 2])).not.toBe(nameOf([0, 1], [1, 2]));
    // Keys of stored runs rest on these.
    expect(["pixels", "paper", "-1:2"].map((text) => domainName(toDomain(text)))).toEqual([
      "pixels",
      "paper",
      "-1:2",
    ]);
  });

  test("is described with the range of all ends, or by itself where no more is known", () => {
    const domain = toDomain({ lower: [0, -1], upper: [1, 2] });
    const name = domainName(domain);
    expect(describeDomain(domain)).toBe(`the box ${name} (ends for each input, within [-1, 2])`);
    expect(describeDomainName(name)).toBe(`the box ${name} (ends for each input)`);
    expect(describeDomainName("pixels")).toBe("[0, 1] (pixels)");
  });
});

describe("toDomain({ around })", () => {
  test("is the box around a point, cut at the box it lies within", () => {
    const around = [0.5, 0.1, 1];
    expect(toDomain({ around, radius: 0.25 })).toEqual({
      kind: "inputs",
      lower: Float64Array.of(0.25, 0, 0.75),
      upper: Float64Array.of(0.75, 0.35, 1),
    });
    expect(toDomain({ around, radius: 1, within: "-1:2" })).toMatchObject({
      lower: Float64Array.of(-0.5, -0.9, 0),
      upper: Float64Array.of(1.5, 1.1, 2),
    });
  });

  test("lets only the named inputs move, as far as the box goes", () => {
    expect(toDomain({ around: [0.5, 0.1, 1], free: [1] })).toMatchObject({
      lower: Float64Array.of(0.5, 0, 1),
      upper: Float64Array.of(0.5, 1, 1),
    });
  });

  test.each([
    [{ around: [0.5], radius: -1 }, ArgumentError, /radius of a domain is -1/],
    [{ around: [0.5, 0.5], free: [2] }, ArgumentError, /input 2 is to be free.*inputs 0 to 1/],
    [{ around: [0.5, 7], radius: 1 }, ArgumentError, /input 1 of the point is 7, outside \[0, 1\]/],
    [
      { around: [0.5, 1], within: { lower: [0, 0, 0], upper: 1 } },
      ShapeError,
      /has 2 inputs, but the box around it has ends for 3/,
    ],
  ])("refuses %j", (choice, kind, message) => {
    expect(() => toDomain(choice)).toThrow(kind);
    expect(() => toDomain(choice)).toThrow(message);
  });
});
