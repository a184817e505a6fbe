import {
  formatCount,
  formatPercent,
  formatPowerOfTen,
  formatQuantity,
  formatSeconds,
  formatSignificant,
} from "../../src/present/numberFormat";

const plain = (text: string): string => text.replace(/\u202f/g, " ");

describe("formatSignificant", () => {
  test.each([
    [0.1 + 0.2, "0.3"],
    [1 / 3, "0.333333"],
    [0, "0"],
    [-0, "0"],
    [301.230476, "301.23"],
    [9.9999999, "10"],
    [-0.00002, "-0.00002"],
    [1.2e-9, "1.2e-9"],
    [6.02214e23, "6.02214e23"],
    [123456789, "123456789"],
    [NaN, "NaN"],
    [-Infinity, "-∞"],
  ])("writes %p as %s", (value, text) => {
    expect(formatSignificant(value)).toBe(text);
  });

  test("keeps as many digits as asked", () => {
    expect(formatSignificant(2 / 3, 3)).toBe("0.667");
    expect(formatPowerOfTen(1234.5, 3)).toBe("1.23e3");
  });
});

describe("formatCount", () => {
  test.each([
    [0, "0"],
    [5000, "5000"],
    [70000, "70 000"],
    [1234567, "1 234 567"],
    [-10000, "-10 000"],
  ])("groups %p as %s", (value, text) => {
    expect(plain(formatCount(value))).toBe(text);
  });
});

describe("formatPercent and formatQuantity", () => {
  test("part the number from its unit by a space that never breaks", () => {
    expect(formatPercent(0.983)).toBe("98.30\u202f%");
    expect(formatQuantity(0.5, "px")).toBe("0.5\u202fpx");
  });
});

describe("formatSeconds", () => {
  test.each([
    [0.00085, "0.85 ms"],
    [0.85, "850 ms"],
    [0.9999, "1 s"],
    [12.34, "12.3 s"],
    [59.99, "1 min"],
    [250, "4 min 10 s"],
    [3599.7, "1 h"],
    [7500, "2 h 5 min"],
    [86400 * 3 + 3600 * 4, "3 d 4 h"],
    [-2, "-2 s"],
  ])("writes %p seconds as %s", (seconds, text) => {
    expect(plain(formatSeconds(seconds))).toBe(text);
  });
});
