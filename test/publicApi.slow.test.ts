import * as fs from "node:fs";
import * as path from "node:path";
import type * as typescript from "typescript";

/* The compiler that checks notebook cells. It is older than the project's own. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const ts = require("@tslab/typescript-for-tslab") as typeof typescript;

const ROOT = path.join(__dirname, "..");
const ENTRY = path.join(ROOT, "dist", "src", "index.d.ts");

const OPTIONS: typescript.CompilerOptions = {
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10 ?? ts.ModuleResolutionKind.NodeJs,
  strict: true,
  skipLibCheck: false,
  noEmit: false,
  declaration: true,
  types: ["node"],
};

function explain(diagnostic: typescript.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const { file, start } = diagnostic;
  if (file === undefined || start === undefined) return text;
  const { line } = file.getLineAndCharacterOfPosition(start);
  const code = file.text.split("\n")[line];
  return `${path.relative(ROOT, file.fileName)}:${line + 1}: ${text} (${code.trim()})`;
}

/**
 * What the notebook compiler says of a file of ours and of our declarations, but not of others'
 * packages.
 */
function complaints(source: string): string[] {
  const file = path.join(ROOT, "dist", "api-check.ts");
  fs.writeFileSync(file, source);
  const program = ts.createProgram([file], { ...OPTIONS, outDir: path.join(ROOT, "dist", "api") });
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes("node_modules"));
  const found = ours.flatMap((sourceFile) => [
    ...program.getSyntacticDiagnostics(sourceFile),
    ...program.getSemanticDiagnostics(sourceFile),
    ...(sourceFile.isDeclarationFile ? [] : program.getDeclarationDiagnostics(sourceFile)),
  ]);
  fs.rmSync(file);
  return found.map(explain);
}

function exportedFunctions(): string[] {
  const program = ts.createProgram([ENTRY], OPTIONS);
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(ENTRY);
  const symbol = entry === undefined ? undefined : checker.getSymbolAtLocation(entry);
  if (symbol === undefined)
    throw new Error("build the project first: dist/src/index.d.ts is missing");
  return checker.getExportsOfModule(symbol).flatMap((exported) => {
    const target =
      exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return target.flags & ts.SymbolFlags.Function ? [exported.name] : [];
  });
}

/**
 * Types of ours that public declarations mention and that have no public name, so that a cell
 * cannot write them down.
 */
function typesWithoutName(): string[] {
  const program = ts.createProgram([ENTRY], OPTIONS);
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(ENTRY);
  const module = entry === undefined ? undefined : checker.getSymbolAtLocation(entry);
  if (module === undefined) throw new Error("build the project first: there is no index.d.ts");
  const resolve = (symbol: typescript.Symbol): typescript.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const named = new Set(checker.getExportsOfModule(module).map(resolve));
  const seen = new Set<typescript.Symbol>(named);
  const waiting = [...named];
  const visit = (node: typescript.Node): void => {
    if (ts.isIdentifier(node) && ts.isTypeReferenceNode(node.parent)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target = symbol === undefined ? undefined : resolve(symbol);
      if (target !== undefined && !seen.has(target)) {
        seen.add(target);
        waiting.push(target);
      }
    }
    ts.forEachChild(node, visit);
  };
  const isOurs = (node: typescript.Node): boolean =>
    node.getSourceFile().fileName.startsWith(path.join(ROOT, "dist")) &&
    !ts.isTypeParameterDeclaration(node);
  const nameless: string[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const declarations = (next.declarations ?? []).filter(isOurs);
    declarations.forEach((declaration) => ts.forEachChild(declaration, visit));
    if (declarations.length > 0 && !named.has(next)) nameless.push(next.name);
  }
  return nameless.sort();
}

describe("the public declarations", () => {
  test("name every type that they mention, so that a cell can write it down", () => {
    expect(typesWithoutName()).toEqual([]);
  });

  test("make nobody read the declarations of another package but Node's", () => {
    const files = ts.createProgram([ENTRY], OPTIONS).getSourceFiles();
    const foreign = files
      .map(({ fileName }) => fileName)
      .filter((name) => name.includes("/node_modules/"))
      .filter(
        (name) =>
          !/\/node_modules\/(@types\/node|undici-types|@?[^/]*typescript[^/]*|@tslab)\//.test(name),
      );
    expect(files.length).toBeGreaterThan(100);
    expect(foreign).toEqual([]);
  });

  test("compile under the notebook's own compiler, every result can be named, nothing is any", () => {
    const names = exportedFunctions();
    expect(names.length).toBeGreaterThan(40);
    const lines = names.map(
      (name) =>
        `export const of_${name} = null as unknown as Awaited<ReturnType<typeof rl.${name}>>;`,
    );
    // `0 extends 1 & T` holds for `any` alone.
    const checks = names.map(
      (name) =>
        `const no_${name}: 0 extends 1 & ReturnType<typeof rl.${name}> ? false : true = true;`,
    );
    const source = ['import * as rl from "./src/index";', ...lines, ...checks].join("\n");
    expect(complaints(source)).toEqual([]);
  });

  test("are checked by a compiler that does complain", () => {
    const source =
      'import * as rl from "./src/index";\nexport const x: string = rl.parsePoints("1", 2);';
    expect(complaints(source).join("\n")).toMatch(/not assignable/);
  });
});
