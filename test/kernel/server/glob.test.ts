import fc from "fast-check";
import { createGlob } from "../../../kernel/server/glob";
import { ArgumentError } from "../../../src/errors";

/** The slow, obvious reference: every way to share a text among the stars is tried. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "*")
    return matches(pattern.slice(1), text) || (text !== "" && matches(pattern, text.slice(1)));
  return (
    text !== "" &&
    (pattern[0] === "?" || pattern[0] === text[0]) &&
    matches(pattern.slice(1), text.slice(1))
  );
}

describe("createGlob", () => {
  test("agrees with a matcher that tries everything", () => {
    const letters = (set: string) =>
      fc.array(fc.constantFrom(...set), { maxLength: 9 }).map((each) => each.join(""));
    fc.assert(
      fc.property(letters("ab*?"), letters("ab"), (pattern, text) => {
        expect(createGlob(pattern)(text)).toBe(matches(pattern, text));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  test.each([
    ["[a-c]x", ["ax", "cx"], ["dx", "x", "-x"]],
    ["[^a-c]x", ["dx", "-x"], ["ax", "x"]],
    ["*[]]*", ["a]b"], ["ab", "[a"]],
    ["[z-a]", [], ["z", "a", "[z-a]"]],
    ["[ab", ["[ab"], ["a"]],
    ["a.c\\", ["a.c\\"], ["abc\\"]],
  ])("takes the sets of %j as SQLite's GLOB does", (pattern, fitting, others) => {
    const isLike = createGlob(pattern);
    expect(fitting.filter((text) => !isLike(text))).toEqual([]);
    expect(others.filter((text) => isLike(text))).toEqual([]);
  });

  test("goes through a large cell once for each star, not once for each way to place them", () => {
    const text = "abc".repeat(400_000);
    expect(createGlob("*a*b*c*x")(text)).toBe(false);
    expect(createGlob(`${"*a?".repeat(200)}*x`)(text)).toBe(false);
    expect(createGlob("*a*b*c*")(text)).toBe(true);
  });

  test("refuses a pattern beyond its limit, and says so", () => {
    expect(() => createGlob("a".repeat(1001))).toThrow(ArgumentError);
    expect(() => createGlob("a".repeat(1001))).toThrow(/at most 1000 characters, found 1001/);
  });
});
