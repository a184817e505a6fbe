import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";

/**
 * Words that once named what has one word by now (docs/notation.md): N is `network`, Ñ is
 * `approximated`, the inputs of one pattern are a `polytope`. Only names that a file declares are
 * looked at: words of a sentence stay free.
 */
const OLD_WORD = /^(exact|altered)(?![a-z])|Altered|[rR]egion/;

/** Names that stay, with the reason. */
const KEPT: Readonly<Record<string, string>> = {
  exactClass: "a field of stored rows",
  "src/dataset/mnist/loadFiles.ts exact": "files that are the published ones, bit for bit",
  "src/dataset/mnist/loadMnist.ts exact": "files that are the published ones, bit for bit",
  "src/dataset/openDataset.ts exact": "files that are the published ones, bit for bit",
  "src/paper/exhibit/table1.ts exact": "intervals by the rule `exact`, a name of the public face",
  "src/deprecated.ts createRegionEngine": "a deprecated public name",
  "src/deprecated.ts RegionEngineOptions": "a deprecated public name",
};

const ROOT = path.join(__dirname, "..");

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
}

/** The names that a text declares: of values, types, parameters, fields and imports. */
function declaredIn(text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = (node as { readonly name?: ts.Node }).name; // only declarations have one
    if (name !== undefined && ts.isIdentifier(name) && !ts.isPropertyAccessExpression(node)) {
      names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("any.ts", text, ts.ScriptTarget.ES2022));
  return names;
}

function oldWordsIn(text: string): string[] {
  return [...new Set(declaredIn(text).filter((name) => OLD_WORD.test(name)))];
}

const found = filesIn("src").flatMap((file) =>
  oldWordsIn(fs.readFileSync(path.join(ROOT, file), "utf8")).map((name) => ({ file, name })),
);

describe("words", () => {
  it("name N, Ñ and their polytopes by one word each", () => {
    const strange = found
      .filter(({ file, name }) => !(name in KEPT) && !(`${file} ${name}` in KEPT))
      .map(({ file, name }) => `${file}: ${name}`);
    expect(strange).toEqual([]);
  });

  it("that are kept for a reason still stand where the reason says", () => {
    const names = new Set(found.flatMap(({ file, name }) => [name, `${file} ${name}`]));
    expect(Object.keys(KEPT).filter((kept) => !names.has(kept))).toEqual([]);
  });

  it("name no file either", () => {
    const strange = filesIn("src").filter((file) => OLD_WORD.test(path.basename(file, ".ts")));
    expect(strange).toEqual([]);
  });

  it.each([
    ["a field", "interface Form { readonly altered: number }", ["altered"]],
    ["a parameter", "function f(exact: number): number { return exact; }", ["exact"]],
    ["a part taken out", "const { altered } = form;", ["altered"]],
    ["a type", "interface PatternRegion { size: number }", ["PatternRegion"]],
    ["a function", "export const regionAt = (): void => undefined;", ["regionAt"]],
  ])("are found in %s", (_what, text, names) => {
    expect(oldWordsIn(text)).toEqual(names);
  });

  it.each([
    ["a longer word", "const exactly = 1;"],
    ["a comment", "// the exact region\nconst n = 1;"],
    ["a stored role", 'const role = "exact";'],
  ])("are free in %s", (_what, text) => {
    expect(oldWordsIn(text)).toEqual([]);
  });
});
