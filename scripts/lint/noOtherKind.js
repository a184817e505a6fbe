/**
 * Lint: where a union has two kinds left, an `else` stands for the other one only if the compiler
 * can tell when there is a third.
 *
 * It can where the branch ends in `assertNever`, reads a member that only the other kind has, or
 * hands the object to what takes that kind alone. It need not where the branch throws, or says that
 * there is nothing: `undefined`, `0`, `""`, `[]`. Needs types. Docs: docs/decisions/056-lint.md.
 */
const NOTHING = new Set(["undefined", "null", "0", '""', "''", "``", "[]", "{}", "false", "true"]);

/** `object.kind === "one"` in its parts. */
function questionOf(test) {
  if (test.type !== "BinaryExpression" || !/^[!=]==$/.test(test.operator)) return undefined;
  const { left, right, operator } = test;
  const isMember = left.type === "MemberExpression" && !left.computed;
  if (!isMember || right.type !== "Literal" || typeof right.value !== "string") return undefined;
  return { object: left.object, member: left.property.name, kind: right.value, operator };
}

/** The members of a union of objects that a property of literal type tells apart. */
function kindsOf(checker, type, member) {
  const found = new Map();
  for (const one of type.isUnion() ? type.types : []) {
    const property = checker.getPropertyOfType(one, member);
    const literal = property === undefined ? undefined : checker.getTypeOfSymbol(property);
    if (literal === undefined || !literal.isStringLiteral()) return new Map();
    found.set(literal.value, one);
  }
  return found;
}

module.exports = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      other:
        "This branch stands for `{{other}}` only as long as there is no third kind: name it and end in assertNever, or make a table of the kinds.",
    },
  },
  create({ sourceCode, report }) {
    const services = sourceCode.parserServices;
    const checker = services.program.getTypeChecker();

    /** Whether a branch needs of the object what the kind asked for lacks: the compiler sees it. */
    const readsOwn = (branch, object, asked) => {
      const text = sourceCode.getText(object);
      const isOwn = (node) => {
        if (node.type === "MemberExpression" && !node.computed) {
          const isOfObject = sourceCode.getText(node.object) === text;
          return isOfObject && checker.getPropertyOfType(asked, node.property.name) === undefined;
        }
        if (node.parent?.type !== "CallExpression" || sourceCode.getText(node) !== text)
          return false;
        const taken = checker.getContextualType(services.esTreeNodeToTSNodeMap.get(node));
        return taken !== undefined && !checker.isTypeAssignableTo(asked, taken);
      };
      return some(branch, isOwn, sourceCode.visitorKeys);
    };
    const isNamed = (branch) =>
      some(
        branch,
        ({ type, callee }) => type === "ThrowStatement" || callee?.name === "assertNever",
        sourceCode.visitorKeys,
      );

    const check = (test, whenTrue, whenFalse) => {
      const question = questionOf(test);
      if (question === undefined || whenFalse === null) return;
      const { object, member, kind, operator } = question;
      const kinds = kindsOf(checker, services.getTypeAtLocation(object), member);
      const asked = kinds.get(kind);
      if (kinds.size !== 2 || asked === undefined) return;
      const branch = operator === "===" ? whenFalse : whenTrue;
      if (NOTHING.has(sourceCode.getText(branch)) || isNamed(branch)) return;
      if (readsOwn(branch, object, asked)) return;
      const other = [...kinds.keys()].find((one) => one !== kind);
      report({ node: branch, messageId: "other", data: { other } });
    };
    return {
      ConditionalExpression: ({ test, consequent, alternate }) =>
        check(test, consequent, alternate),
      IfStatement: ({ test, consequent, alternate }) => check(test, consequent, alternate),
    };
  },
};

/** Whether a node or one below it is what is looked for. */
function some(node, isSought, visitorKeys) {
  if (isSought(node)) return true;
  return (visitorKeys[node.type] ?? []).some((key) =>
    [node[key]]
      .flat()
      .some((child) => child?.type !== undefined && some(child, isSought, visitorKeys)),
  );
}
