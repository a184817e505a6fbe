import { Linter, type Rule } from "eslint";
import ts from "typescript";
import { parser } from "typescript-eslint";

/** Plain JavaScript, as ESLint's configuration needs it. */
const noOtherKind = jest.requireActual<Rule.RuleModule>("../../scripts/lint/noOtherKind.js");

const SHAPES = [
  "type Shape = { kind: 'disc'; radius: number } | { kind: 'square'; side: number };",
  "declare const shape: Shape;",
  "declare function assertNever(value: never): never;",
  "declare function areaOf(one: { kind: 'square'; side: number }): number;",
  "declare function draw(one: Shape): number;",
];

/** The other kinds that the rule finds unnamed in code about shapes. */
function refused(code: string, declared: readonly string[] = SHAPES): string[] {
  const text = [...declared, code].join("\n");
  const host = ts.createCompilerHost({});
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === "file.ts"
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
      : getSourceFile(name, ...rest);
  // Nothing of the library is needed, and it takes seconds to read.
  const options = { strict: true, noLib: true, types: [], target: ts.ScriptTarget.ES2022 };
  const program = ts.createProgram(["file.ts"], options, host);
  const messages = new Linter({ configType: "flat" }).verify(
    text,
    [
      {
        files: ["**/*.ts"],
        languageOptions: { parser, parserOptions: { programs: [program] } },
        plugins: { types: { rules: { "no-other-kind": noOtherKind } } },
        rules: { "types/no-other-kind": "error" },
      },
    ],
    "file.ts",
  );
  return messages.map(({ ruleId, message }) => {
    // A text that cannot be parsed would pass for one that is refused.
    if (ruleId === null) throw new Error(message);
    return /`(.*?)`/.exec(message)?.[1] ?? message;
  });
}

describe("the lint rule for the other kind", () => {
  test("refuses an else that stands for it unseen, asked either way round", () => {
    expect(refused("const corners = shape.kind === 'disc' ? 1 : 4;")).toEqual(["square"]);
    expect(refused("const corners = shape.kind !== 'disc' ? 4 : 1;")).toEqual(["square"]);
    expect(refused("if (shape.kind === 'disc') draw(shape); else draw(shape);")).toEqual([
      "square",
    ]);
    expect(refused("const a = shape.kind === 'disc' ? shape.radius : draw(shape);")).toHaveLength(
      1,
    );
  });

  test("finds the last of several kinds, when the others are asked for", () => {
    const more = SHAPES.join("\n").replace("type Shape =", "type Shape = { kind: 'dot' } |");
    const asked = "const n = shape.kind === 'dot' ? 0 : shape.kind === 'disc' ? 1 : 4;";
    expect(refused(asked, [more])).toEqual(["square"]);
    expect(refused("const isDot = shape.kind === 'dot' ? 1 : 2;", [more])).toEqual([]);
  });

  test("lets be what the compiler refuses as soon as there is a third kind", () => {
    expect(refused("const a = shape.kind === 'disc' ? shape.radius : shape.side;")).toEqual([]);
    expect(refused("const a = shape.kind === 'disc' ? shape.radius : areaOf(shape);")).toEqual([]);
    const named = "shape.kind === 'disc' ? 1 : shape.kind === 'square' ? 4 : assertNever(shape)";
    expect(refused(`const a = ${named};`)).toEqual([]);
  });

  test("lets be what says that there is nothing, or refuses", () => {
    expect(refused("const a = shape.kind === 'disc' ? shape.radius : undefined;")).toEqual([]);
    expect(refused("if (shape.kind === 'disc') draw(shape); else throw draw;")).toEqual([]);
    expect(refused("if (shape.kind === 'disc') draw(shape);")).toEqual([]);
  });
});
