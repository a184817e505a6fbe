import { plainText, quoteName, showableText } from "../src/quoteName";

describe("quoteName", () => {
  test.each(["fc1.weight", "layers/0:bias", "größe_2", "model.layer-3"])(
    "leaves the plain name %s as it is",
    (name) => expect(quoteName(name)).toBe(name),
  );

  test.each([
    ["", '""'],
    ["two words", '"two words"'],
    ['a"b', '"a\\"b"'],
    ["\u001b[31mred", '"\\u{1b}[31mred"'],
    ["line\nbreak", '"line\\u{a}break"'],
    ["\u202eevil", '"\\u{202e}evil"'],
    ["\u009b2J", '"\\u{9b}2J"'],
    ["a\ud800", '"a\\u{d800}"'],
  ])("shows %j as text that commands no terminal and hides nothing", (name, expected) => {
    expect(quoteName(name)).toBe(expected);
  });

  test("cuts a name of any length, counting characters and not their halves", () => {
    const long = quoteName("😀".repeat(1e6));
    expect(Array.from(long)).toHaveLength(62);
    expect(long).toBe(`"${"😀".repeat(59)}…"`);
    expect(quoteName("a".repeat(60))).toBe("a".repeat(60));
    expect(quoteName("a".repeat(61))).toBe(`"${"a".repeat(59)}…"`);
  });
});

describe("plainText", () => {
  test("keeps words and their spaces, and cuts where it is told to", () => {
    expect(plainText("Unexpected token \u0007 here")).toBe("Unexpected token \\u{7} here");
    expect(plainText("abcdef", 4)).toBe("abc…");
  });
});

describe("showableText", () => {
  test("keeps a message's lines whole and takes its escape sequences away", () => {
    expect(showableText("one \u001b[31mred\ntwo")).toBe("one \\u{1b}[31mred\ntwo");
    expect(showableText("x".repeat(1000))).toHaveLength(1000);
  });
});
