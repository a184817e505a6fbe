import type * as TypeScript from "@tslab/typescript-for-tslab";

/** A cell's ES module code whose top-level variables are exports themselves. */
export interface ExportedCode {
  readonly code: string;
  /** The lines, counted from zero, that were moved to the right by `EXPORT_SHIFT` columns. */
  readonly shiftedLines: ReadonlySet<number>;
}

const EXPORT_WORD = "export ";
/** By how many columns a line moves that was given the word `export`. */
export const EXPORT_SHIFT = EXPORT_WORD.length;

function namesOf(ts: typeof TypeScript, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesOf(ts, element.name) : [],
  );
}

/**
 * Rewrites `let x = 1; export { x, f };` as `export let x = 1; export { f };`.
 *
 * The difference: of the first, the compiler makes a local variable with a copy in `exports`, and a
 * function of this cell would not see what a later cell assigns. Of the second it makes one
 * variable. It has to be done in the text: the compiler decides by what it parsed, not by what a
 * transformer made.
 */
export function exportVariables(ts: typeof TypeScript, code: string): ExportedCode {
  const file = ts.createSourceFile("cell.js", code, ts.ScriptTarget.Latest);
  const exported = new Set<string>();
  const edits: { start: number; end: number; text: string }[] = [];
  const shiftedLines = new Set<number>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if (statement.modifiers !== undefined && statement.modifiers.length > 0) continue;
    const start = statement.getStart(file);
    for (const { name } of statement.declarationList.declarations)
      for (const each of namesOf(ts, name)) exported.add(each);
    edits.push({ start, end: start, text: EXPORT_WORD });
    shiftedLines.add(ts.getLineAndCharacterOfPosition(file, start).line);
  }
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    const kept = statement.exportClause.elements.filter(({ name }) => !exported.has(name.text));
    const text = `export { ${kept.map((each) => each.getText(file)).join(", ")} };`;
    edits.push({ start: statement.getStart(file), end: statement.end, text });
  }
  edits.sort((a, b) => b.start - a.start);
  let edited = code;
  for (const { start, end, text } of edits)
    edited = edited.slice(0, start) + text + edited.slice(end);
  return { code: edited, shiftedLines };
}
