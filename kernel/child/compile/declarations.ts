import type * as TypeScript from "@tslab/typescript-for-tslab";

/** One thing that a cell declares, as the type checker is told of it. */
interface Declaration {
  readonly names: readonly string[];
  /** Whether it is there only for the type checker. */
  readonly isType: boolean;
  readonly text: string;
}

function bindingNames(ts: typeof TypeScript, statement: TypeScript.ImportDeclaration): string[] {
  const clause = statement.importClause;
  const bindings = clause?.namedBindings;
  const own = clause?.name === undefined ? [] : [clause.name.text];
  if (bindings === undefined) return own;
  if (ts.isNamespaceImport(bindings)) return [...own, bindings.name.text];
  return [...own, ...bindings.elements.map(({ name }) => name.text)];
}

/** The declarations of a text, variables one by one. */
function listDeclarations(ts: typeof TypeScript, text: string): Declaration[] {
  const file = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement): Declaration[] => {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList;
      const word = flags & ts.NodeFlags.Const ? "const" : "let";
      return declarations.map((each) => ({
        names: [each.name.getText(file)],
        isType: false,
        text: `declare ${word} ${each.getText(file)};`,
      }));
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    // A text of declarations holds no other statements; one without a name has none to give.
    const names = ts.isImportDeclaration(statement)
      ? bindingNames(ts, statement)
      : [(statement as TypeScript.DeclarationStatement).name?.getText(file) ?? ""];
    return [{ names, isType, text: statement.getText(file) }];
  });
}

/**
 * What is declared after a cell that failed on its way: its types, those of its variables that got
 * a value, and, for those that did not, what stood before.
 *
 * @param before  the declarations before the cell
 * @param after  the declarations as they would be, had the cell come to its end
 * @param wasAssigned  whether the cell gave a variable its value
 */
export function declarationsAfterFailure(
  ts: typeof TypeScript,
  before: string,
  after: string,
  wasAssigned: (name: string) => boolean,
): string {
  const old = listDeclarations(ts, before);
  const oldTexts = new Set(old.map(({ text }) => text));
  const isKept = ({ names, isType, text }: Declaration): boolean =>
    isType || oldTexts.has(text) || names.every(wasAssigned);
  const kept = listDeclarations(ts, after).filter(isKept);
  const keptNames = new Set(kept.flatMap(({ names }) => names));
  const restored = old.filter(({ names }) => !names.some((name) => keptNames.has(name)));
  return [...kept, ...restored].map(({ text }) => text).join("\n") + "\n";
}

/**
 * The namespaces and the `declare global` of earlier cells that the converter has dropped on its
 * way to the next: all that this cell does not declare anew.
 */
export function lostModules(ts: typeof TypeScript, before: string, after: string): string {
  if (!/\bdeclare (?:global|namespace|module)\b/.test(before)) return "";
  const names = new Set(listDeclarations(ts, after).flatMap((each) => each.names));
  const file = ts.createSourceFile("declarations.d.ts", before, ts.ScriptTarget.Latest);
  return file.statements
    .filter((statement): statement is TypeScript.ModuleDeclaration => {
      if (!ts.isModuleDeclaration(statement)) return false;
      const isGlobal = (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
      return isGlobal
        ? !after.includes(statement.getText(file))
        : !names.has(statement.name.getText(file));
    })
    .map((statement) => `${statement.getText(file)}\n`)
    .join("");
}
