import type * as TypeScript from "@tslab/typescript-for-tslab";

/** Whether `export .. from` would name the same as an import. */
function importsNames(
  ts: typeof TypeScript,
  { moduleSpecifier, exportClause }: TypeScript.ExportDeclaration,
): boolean {
  if (moduleSpecifier === undefined || exportClause === undefined) return false;
  const names = ts.isNamedExports(exportClause) ? exportClause.elements : [exportClause];
  return names.every(({ name }) => name.text !== "default");
}

/**
 * A cell's code without the `export` before its declarations, of the same length.
 *
 * All that a cell declares is there for the next cell anyway; code that comes from a source file
 * has the word, and the converter, which exports every name itself, would call that a second
 * export.
 */
export function dropExports(ts: typeof TypeScript, code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  let kept = code;
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && importsNames(ts, statement)) {
      // Names from another module: the next cell finds them if this one imports them.
      const start = statement.getStart(file);
      kept = kept.slice(0, start) + "import" + kept.slice(start + "export".length);
      continue;
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) continue;
    const word = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (word === undefined) continue;
    const start = word.getStart(file);
    kept = kept.slice(0, start) + " ".repeat(word.end - start) + kept.slice(word.end);
  }
  return kept;
}
