/**
 * Lint: a cast has its reason in a comment, on its line, on the line before, or before the
 * statement it stands in.
 *
 * `as const` and `as unknown` claim nothing and need none. A comment that documents the function
 * around says what the function is, not why the cast holds; one that directs a tool says nothing;
 * one behind code belongs to its own line alone. Docs: docs/decisions/056-lint.md.
 */
const claimsNothing = ({ type, typeName }) =>
  type === "TSUnknownKeyword" || (type === "TSTypeReference" && typeName.name === "const");

const BODIES = /^(Program|BlockStatement|StaticBlock|ClassBody|SwitchCase|TSModuleBlock)$/;

/** The statement or class member that a node stands in, whole: an `if` with what it guards. */
function statementOf(node) {
  let place = node;
  while (place.parent !== null && !BODIES.test(place.parent.type)) place = place.parent;
  return place;
}

const isDocumentation = ({ type, value }) => type === "Block" && value.startsWith("*");

/** A comment for a tool; what it says behind two dashes is for readers. */
const isDirective = ({ value }) =>
  /^\s*(eslint-|@ts-|prettier-ignore)/.test(value) && !/\s--\s/.test(value);

/** The lines that have a reason: a comment's own, and the next if it stands alone. */
function linesWithReason(sourceCode) {
  const lines = new Set();
  for (const comment of sourceCode.getAllComments()) {
    if (isDocumentation(comment) || isDirective(comment)) continue;
    lines.add(comment.loc.start.line);
    const before = sourceCode.getTokenBefore(comment);
    const isBehindCode = before?.loc.end.line === comment.loc.start.line;
    if (!isBehindCode) lines.add(nextLineOfCode(sourceCode, comment));
  }
  return lines;
}

/** A comment may go on, or be followed by one for a tool. */
function nextLineOfCode(sourceCode, comment) {
  const next = sourceCode.getTokenAfter(comment);
  const isDirectly = (line) =>
    sourceCode.lines
      .slice(comment.loc.end.line, line - 1)
      .every((text) => /^\s*(\/\/|\/?\*)/.test(text));
  const line = next?.loc.start.line;
  return line !== undefined && isDirectly(line) ? line : comment.loc.end.line;
}

module.exports = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: {
      reason:
        "A cast takes the compiler's word away: say in a comment why it holds, or do without it.",
    },
  },
  create({ sourceCode, report }) {
    const commented = linesWithReason(sourceCode);
    const check = (node) => {
      if (claimsNothing(node.typeAnnotation)) return;
      const lines = [node.loc.start.line, node.loc.end.line, statementOf(node).loc.start.line];
      if (!lines.some((line) => commented.has(line))) report({ node, messageId: "reason" });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};
