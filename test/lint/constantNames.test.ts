import { Linter, type Rule } from "eslint";
import { parser } from "typescript-eslint";

/** Plain JavaScript, as ESLint's configuration needs it. */
const constantNames = jest.requireActual<Rule.RuleModule>("../../scripts/lint/constantNames.js");

/** The names that the rule would have written otherwise, with what it wants. */
function refused(code: string): string[] {
  const messages = new Linter().verify(
    code,
    [
      {
        files: ["**/*.ts"],
        languageOptions: { parser },
        plugins: { roundlab: { rules: { "constant-names": constantNames } } },
        rules: { "roundlab/constant-names": "error" },
      },
    ],
    "file.ts",
  );
  return messages.map(({ message }) => message.replace(/ is a constant.* write it /, " -> "));
}

describe("the lint rule for names of constants", () => {
  test("wants literal values of a module in SCREAMING_CASE, whatever they are wrapped in", () => {
    for (const value of [
      "50",
      "-(2 ** 29)",
      '"text"',
      "`text`",
      "/a/",
      '["a", "b"] as const',
      "{ a: [1], b: { c: 2 } }",
      'new Set(["a"])',
      'new Map([["a", 1]])',
      "[...OTHERS, 3]",
      "OTHER * 2",
    ]) {
      expect(refused(`const someName = ${value};`)).toEqual(["someName -> SOME_NAME."]);
      expect(refused(`export const someName = ${value};`)).toEqual(["someName -> SOME_NAME."]);
      expect(refused(`const SOME_NAME = ${value};`)).toEqual([]);
    }
  });

  test("leaves functions, state, what is computed and what stands in a function alone", () => {
    for (const code of [
      "const double = (x: number) => 2 * x;",
      "const table = { double: (x: number) => 2 * x };",
      "const seen = new Set<string>();",
      "const list: string[] = [];",
      "const size = compute(3);",
      "let count = 0;",
      "function f() { const size = 3; return size; }",
      'const state = { mark: "", depth: 0 }; state.depth++;',
      'const state = { inner: { mark: "" } }; state.inner.mark = "x";',
    ]) {
      expect(refused(code)).toEqual([]);
    }
  });
});
