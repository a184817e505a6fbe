import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * What is changed in a cell's code on its way from ES modules to CommonJS.
 *
 * Before: every `await` goes through the cell's gate, so that an interrupt ends it; `import()` goes
 * through the cell's own loader; a variable declared without a value forgets its old one.
 *
 * After: names are bound by plain assignment, so that a later cell may bind them anew.
 *
 * @param onTopLevelAwait  called if the cell waits outside a function
 */
export function transformCell(
  ts: typeof TypeScript,
  onTopLevelAwait: () => void,
): TypeScript.CustomTransformers {
  return {
    before: [(context) => (file) => rewrite(ts, file, context, onTopLevelAwait)],
    after: [() => (file) => bindByAssignment(ts, file)],
  };
}

/** Whether a file of the compiler is the cell at hand. */
export function isCell(fileName: string): boolean {
  return fileName.endsWith("/__tslab__.ts");
}

/** The name under which a cell's code finds its gate (see awaitGate.ts) and loader. */
export const CELL_NAME = "__cell__";

function callCell(
  ts: typeof TypeScript,
  method: string,
  argument: TypeScript.Expression,
): TypeScript.CallExpression {
  const { factory } = ts;
  const callee = factory.createPropertyAccessExpression(
    factory.createIdentifier(CELL_NAME),
    method,
  );
  return factory.createCallExpression(callee, undefined, [argument]);
}

function rewrite(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  context: TypeScript.TransformationContext,
  onTopLevelAwait: () => void,
): TypeScript.SourceFile {
  const { factory } = ts;
  let functionDepth = 0;
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    const isFunction = ts.isFunctionLike(node);
    if (isFunction) functionDepth++;
    const visited = ts.visitEachChild(node, visit, context);
    if (isFunction) functionDepth--;
    if (ts.isAwaitExpression(visited)) {
      if (functionDepth === 0) onTopLevelAwait();
      return factory.updateAwaitExpression(visited, callCell(ts, "wait", visited.expression));
    }
    if (ts.isForOfStatement(visited) && visited.awaitModifier !== undefined) {
      if (functionDepth === 0) onTopLevelAwait();
      return factory.updateForOfStatement(
        visited,
        visited.awaitModifier,
        visited.initializer,
        callCell(ts, "each", visited.expression),
        visited.statement,
      );
    }
    if (ts.isCallExpression(visited) && visited.expression.kind === ts.SyntaxKind.ImportKeyword)
      return callCell(ts, "import", visited.arguments[0]);
    if (ts.isVariableStatement(visited) && visited.parent === file) return initialise(ts, visited);
    return visited;
  };
  return ts.visitEachChild(file, visit, context);
}

/** `let x;` as `let x = void 0;`. */
function initialise(
  ts: typeof TypeScript,
  statement: TypeScript.VariableStatement,
): TypeScript.VariableStatement {
  const { factory } = ts;
  const list = statement.declarationList;
  const declarations = list.declarations.map((each) =>
    each.initializer !== undefined
      ? each
      : factory.updateVariableDeclaration(
          each,
          each.name,
          each.exclamationToken,
          each.type,
          factory.createVoidZero(),
        ),
  );
  return factory.updateVariableStatement(
    statement,
    statement.modifiers,
    factory.updateVariableDeclarationList(list, declarations),
  );
}

/** The `E` of `Object.defineProperty(exports, "name", {.., get: function () { return E; }})`. */
function readBinding(
  ts: typeof TypeScript,
  call: TypeScript.CallExpression,
): { name: string; value: TypeScript.Expression | undefined } | undefined {
  const [target, name, descriptor] = call.arguments;
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  if (call.expression.name.text !== "defineProperty" || call.arguments.length !== 3)
    return undefined;
  if (!ts.isIdentifier(target) || target.text !== "exports" || !ts.isStringLiteral(name))
    return undefined;
  if (!ts.isObjectLiteralExpression(descriptor)) return undefined;
  for (const property of descriptor.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isFunctionExpression(property.initializer))
      continue;
    const [statement] = property.initializer.body.statements;
    if (ts.isReturnStatement(statement)) return { name: name.text, value: statement.expression };
  }
  return { name: name.text, value: undefined };
}

/** `exports.a = exports.b = void 0`, with which the compiler, not the cell, opens a module. */
function isInitialisation(
  ts: typeof TypeScript,
  statement: TypeScript.ExpressionStatement,
): boolean {
  const { expression } = statement;
  if (statement.pos >= 0 || ts.getOriginalNode(statement) !== statement) return false;
  let value = expression;
  while (ts.isBinaryExpression(value) && ts.isPropertyAccessExpression(value.left))
    value = value.right;
  return value !== expression && ts.isVoidExpression(value);
}

function bindByAssignment(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
): TypeScript.SourceFile {
  const { factory } = ts;
  const statements = file.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement)) return [statement];
    if (isInitialisation(ts, statement)) return [];
    if (!ts.isCallExpression(statement.expression)) return [statement];
    const binding = readBinding(ts, statement.expression);
    if (binding === undefined) return [statement];
    if (binding.value === undefined) return [];
    const target = factory.createPropertyAccessExpression(
      factory.createIdentifier("exports"),
      binding.name,
    );
    return [factory.createExpressionStatement(factory.createAssignment(target, binding.value))];
  });
  return factory.updateSourceFile(file, statements);
}
