import { Linter, type Rule } from "eslint";
import { parser } from "typescript-eslint";

/** Plain JavaScript, as ESLint's configuration needs it. */
const reasonForCast = jest.requireActual<Rule.RuleModule>("../../scripts/lint/reasonForCast.js");

/** The lines of the casts that the rule refuses. */
function refused(...code: string[]): number[] {
  const messages = new Linter({ configType: "flat" }).verify(
    code.join("\n"),
    [
      {
        files: ["**/*.ts"],
        languageOptions: { parser },
        plugins: { roundlab: { rules: { "reason-for-cast": reasonForCast } } },
        rules: { "roundlab/reason-for-cast": "error" },
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
    ],
    "file.ts",
  );
  return messages.map(({ line, ruleId, message }) => {
    // A text that cannot be parsed would pass for one that is refused.
    if (ruleId === null) throw new Error(message);
    return line;
  });
}

describe("the lint rule for casts", () => {
  test("refuses a cast without a comment, in either notation and wherever it stands", () => {
    expect(refused("const a = b as Text;")).toEqual([1]);
    expect(refused("const a = <Text>b;")).toEqual([1]);
    expect(refused("const a = b as unknown as Text;")).toEqual([1]);
    expect(refused("function f() {", "  return g(b as Text, c as Text);", "}")).toEqual([2, 2]);
  });

  test("lets casts be that claim nothing", () => {
    expect(refused("const a = [1] as const;", "const b = c as unknown;")).toEqual([]);
  });

  test("takes a comment on the line, on the line before, and before the statement", () => {
    expect(refused("const a = b as Text; // It is checked above.")).toEqual([]);
    expect(refused("// It is checked above.", "const a = b as Text;")).toEqual([]);
    expect(refused("/* It is checked above,", "   by name. */", "const a = b as Text;")).toEqual(
      [],
    );
    expect(refused("// Both are checked.", "const a = f(", "  b as Text,", ");")).toEqual([]);
    expect(refused("const a = f(", "  // It is checked.", "  b as Text,", ");")).toEqual([]);
    expect(refused("// Told by name.", "if (c)", "  a = b as Text;")).toEqual([]);
    expect(refused("class A {", "  // Made by f.", "  a = f(", "    b as Text);", "}")).toEqual([]);
    expect(
      refused("// It is.", "// eslint-disable-next-line no-alert", "const a = b as T;"),
    ).toEqual([]);
  });

  test("takes no comment for a reason that speaks of something else", () => {
    expect(refused("/** The name. */", "const a = b as Text;")).toEqual([2]);
    expect(refused("const c = 1; // One.", "const a = b as Text;")).toEqual([2]);
    expect(refused("// The first.", "const c = 1;", "const a = b as Text;")).toEqual([3]);
    expect(refused("// The first.", "", "const a = b as Text;")).toEqual([3]);
    expect(refused("// Why f.", "function f() {", "  return b as Text;", "}")).toEqual([3]);
    expect(refused("// eslint-disable-next-line no-alert", "const a = b as Text;")).toEqual([2]);
    expect(refused("// @ts-expect-error", "const a = b as Text;")).toEqual([2]);
  });
});
