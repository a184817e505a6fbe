import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { membersOf } from "../../../src/unknownValue";

/** The `type` of the package that a file belongs to. */
function packageType(file: string): unknown {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true)
      return membersOf<{ type: string }>(JSON.parse(readFileSync(path, "utf8"))).type;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a user's source is an ES module: as Node tells them, or because it is written as one. */
export function isEsModule(ts: typeof TypeScript, file: string, source: string): boolean {
  if (/\.([cm]?tsx?|mjs)$/.test(file)) return true;
  if (file.endsWith(".cjs")) return false;
  return packageType(file) === "module" || ts.isExternalModule(parse(ts, file, source));
}

const parse = (ts: typeof TypeScript, file: string, source: string): TypeScript.SourceFile =>
  ts.createSourceFile(file, source, ts.ScriptTarget.Latest);

/** Whether a source waits outside its functions. */
export function awaitsAtTop(ts: typeof TypeScript, file: string, source: string): boolean {
  if (!/\bawait\b/.test(source)) return false;
  const waits = (node: TypeScript.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isAwaitExpression(node)) return true;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
    return ts.forEachChild(node, (child) => waits(child) || undefined) === true;
  };
  return waits(parse(ts, file, source));
}

/** The names under which a compiled source finds its `import()` and its `import.meta`. */
export const IMPORT_NAME = "__import__";
export const META_NAME = "__meta__";

/** Names that the compiler's own code of a module uses. */
const COMPILER_NAMES: ReadonlySet<string> = new Set(["require", "exports"]);

/**
 * What is changed in a source on its way to CommonJS: `import()` goes through the kernel's loader,
 * `import.meta` becomes what it says, and a variable called `require` (`createRequire`) gets
 * another name, since the compiler's own code uses that.
 */
export function transformSource(ts: typeof TypeScript): TypeScript.CustomTransformers {
  const { factory } = ts;
  return {
    before: [
      (context) => (file) => {
        const taken = new Set([...topLevelNames(ts, file)].filter((it) => COMPILER_NAMES.has(it)));
        const visit = (node: TypeScript.Node): TypeScript.Node => {
          if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
            return factory.createIdentifier(META_NAME);
          if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
            const argument = ts.visitNode(node.arguments[0], visit, ts.isExpression);
            return factory.createCallExpression(factory.createIdentifier(IMPORT_NAME), undefined, [
              argument,
            ]);
          }
          if (ts.isIdentifier(node) && taken.has(node.text) && isVariable(ts, node))
            return factory.createIdentifier(`${node.text}_own`);
          return ts.visitEachChild(node, visit, context);
        };
        return ts.visitEachChild(file, visit, context);
      },
    ],
  };
}

function* topLevelNames(ts: typeof TypeScript, file: TypeScript.SourceFile): Iterable<string> {
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) yield name.text;
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined)
      yield statement.name.text;
  }
}

/** Whether an identifier stands for a variable, not for a property's name. */
function isVariable(ts: typeof TypeScript, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  return !ts.isPropertyAssignment(parent) || parent.name !== node;
}
