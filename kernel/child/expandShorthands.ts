import type * as TypeScript from "@tslab/typescript-for-tslab";

/** Whether a file of the compiler is what the cells before declared. */
function isEarlierCells(fileName: string): boolean {
  return fileName.endsWith("/__prev__.d.ts");
}

/**
 * Makes `{ x }` say `{ x: exports.x }` where x is a variable of an earlier cell.
 *
 * The converter puts `exports.` before such names itself, but passes over those that are a
 * property's name and value at once: the cell would not find them.
 */
export function expandShorthands(
  ts: typeof TypeScript,
  checker: TypeScript.TypeChecker,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      const isEarlier = declarations.some((each) => isEarlierCells(each.getSourceFile().fileName));
      if (!isEarlier) return ts.visitEachChild(node, visit, context);
      const { name, objectAssignmentInitializer } = node;
      const variable = factory.createPropertyAccessExpression(
        factory.createIdentifier("exports"),
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
