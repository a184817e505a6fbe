/**
 * Lint: a constant of a module that is a literal value has its name in SCREAMING_CASE.
 *
 * Literal is a number, text, regular expression, or an array, record, `Set` or `Map` of such, and
 * what is computed of them by operators. A record or array that its own file writes to is state,
 * not a constant, and so is an empty one, which is there to be filled. Functions are never meant.
 * Docs: docs/decisions/056-lint.md.
 */
const SCREAMING = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const COLLECTIONS = new Set(["Set", "Map"]);

const isLiteralEach = (nodes) => nodes.length > 0 && nodes.every(isLiteral);

/** Whether an expression is a value written out; a name counts if it is a constant's. */
function isLiteral(node) {
  switch (node?.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
      return node.expressions.every(isLiteral);
    case "Identifier":
      return SCREAMING.test(node.name);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return isLiteral(node.expression);
    case "UnaryExpression":
    case "SpreadElement":
      return isLiteral(node.argument);
    case "BinaryExpression":
      return isLiteral(node.left) && isLiteral(node.right);
    case "ArrayExpression":
      return isLiteralEach(node.elements);
    case "ObjectExpression":
      return isLiteralEach(node.properties);
    case "Property":
      return isLiteral(node.value);
    case "NewExpression":
      return COLLECTIONS.has(node.callee.name) && isLiteralEach(node.arguments);
    default:
      return false;
  }
}

/** Whether a member of what a name stands for, however deep, is written. */
function isWritten(name) {
  let place = name;
  while (place.parent.type === "MemberExpression" && place.parent.object === place) {
    place = place.parent;
  }
  if (place === name) return false;
  const { type, left, operator } = place.parent;
  return (
    (type === "AssignmentExpression" && left === place) ||
    type === "UpdateExpression" ||
    (type === "UnaryExpression" && operator === "delete")
  );
}

module.exports = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: {
      scream: "{{name}} is a constant of its module and a literal value: write it {{wanted}}.",
    },
  },
  create(context) {
    const check = (declarator) => {
      const { id, init, parent } = declarator;
      if (parent.kind !== "const" || id.type !== "Identifier" || SCREAMING.test(id.name)) return;
      if (!isLiteral(init)) return;
      const [variable] = context.sourceCode.getDeclaredVariables(declarator);
      if (variable.references.some(({ identifier }) => isWritten(identifier))) return;
      const wanted = id.name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
      context.report({ node: id, messageId: "scream", data: { name: id.name, wanted } });
    };
    return {
      "Program > VariableDeclaration > VariableDeclarator": check,
      "Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator": check,
    };
  },
};
