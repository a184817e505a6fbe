import type * as TypeScript from "@tslab/typescript-for-tslab";

/** Names that cells would have declared, had they come to their end. */
export interface UnrunNames {
  /** A cell failed, or did not even run. */
  failed(file: string, code: string): void;
  /** Forgets them all. */
  forget(): void;
  /** The cell that would have declared a name. */
  cellOf(name: string): string | undefined;
}

/** No cell has failed yet. */
export function createUnrunNames(ts: typeof TypeScript): UnrunNames {
  const cells = new Map<string, string>();
  const namesIn = (code: string): string[] => {
    try {
      return declaredNames(ts, code);
    } catch {
      // What is nested too deeply for the parser has failed for that; it declares nothing to name.
      return [];
    }
  };
  return {
    failed: (file, code) => {
      for (const name of namesIn(code)) cells.set(name, file.replace(/\.ts$/, ""));
    },
    forget: () => cells.clear(),
    cellOf: (name) => cells.get(name),
  };
}

/** What a cell's code declares outside its functions and blocks. */
export function declaredNames(ts: typeof TypeScript, code: string): string[] {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  const ofBinding = (name: TypeScript.BindingName): string[] =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((each) => (ts.isBindingElement(each) ? ofBinding(each.name) : []));
  return file.statements.flatMap((statement): string[] => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => ofBinding(name));
    if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      const own = name === undefined ? [] : [name.text];
      if (namedBindings === undefined) return own;
      if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text];
      return [...own, ...namedBindings.elements.map((each) => each.name.text)];
    }
    // What is left declares one name, or is no declaration and has none.
    const { name } = statement as TypeScript.DeclarationStatement;
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
  });
}
