import type * as TypeScript from "@tslab/typescript-for-tslab";

/** Whether a file of the compiler is what the cells before declared. */
export function isEarlierCells(fileName: string): boolean {
  return fileName.endsWith("/__prev__.d.ts");
}

/** Whether a declaration stands in `declare global`: such a variable is no export of a cell. */
function isGlobal(ts: typeof TypeScript, declaration: TypeScript.Node): boolean {
  for (let node = declaration.parent; node !== undefined; node = node.parent)
    if ((node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return true;
  return false;
}

/**
 * Makes `{ x }` say `{ x: exports.x }` where x is a variable of an earlier cell.
 *
 * The converter puts `exports.` before such names itself, but passes over those that are a
 * property's name and value at once: the cell would not find them. And it takes what earlier cells
 * have put into `declare global` for such variables: that becomes `globalThis.x`.
 *
 * @param hasGlobals  whether an earlier cell has a `declare global`
 */
export function expandShorthands(
  ts: typeof TypeScript,
  checker: TypeScript.TypeChecker,
  hasGlobals: boolean,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const isGlobalName = (node: TypeScript.Node): node is TypeScript.Identifier => {
      if (!hasGlobals || !ts.isIdentifier(node) || !ts.isExpression(node)) return false;
      if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return false;
      const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
      return declarations.some(
        (each) => isEarlierCells(each.getSourceFile().fileName) && isGlobal(ts, each),
      );
    };
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (isGlobalName(node)) {
        const holder = factory.createIdentifier("globalThis");
        return ts.setTextRange(factory.createPropertyAccessExpression(holder, node.text), node);
      }
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      const isEarlier = declarations.some((each) => isEarlierCells(each.getSourceFile().fileName));
      if (!isEarlier) return ts.visitEachChild(node, visit, context);
      const { name, objectAssignmentInitializer } = node;
      const holder = declarations.some((each) => isGlobal(ts, each)) ? "globalThis" : "exports";
      const variable = factory.createPropertyAccessExpression(
        factory.createIdentifier(holder),
        name.text,
      );
      ts.setTextRange(variable, name);
      // In a pattern, `{ x = 1 }` assigns 1 where there is no x.
      const value =
        objectAssignmentInitializer === undefined
          ? variable
          : factory.createAssignment(
              variable,
              ts.visitNode(objectAssignmentInitializer, visit) as TypeScript.Expression,
            );
      const property = factory.createPropertyAssignment(name.text, value);
      return ts.setTextRange(property, node);
    };
    return ts.visitEachChild(file, visit, context);
  };
}
