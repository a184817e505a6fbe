import type * as TypeScript from "@tslab/typescript-for-tslab";

/** The compiler's complaints about `await` and `for await` outside an async function. */
const AWAIT_CODES: ReadonlySet<number> = new Set([1103, 1308, 1375, 1378, 1431, 1432]);

/** The innermost node at a position. */
function findNode(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  position: number,
): TypeScript.Node {
  let found: TypeScript.Node = file;
  const visit = (node: TypeScript.Node): void => {
    if (node.pos > position || position >= node.end) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/**
 * Whether a complaint is about an `await` in no function of a cell, or of a source that it imports:
 * there, it is welcome.
 */
export function isTopLevelAwait(
  ts: typeof TypeScript,
  { code, file, start }: TypeScript.Diagnostic,
): boolean {
  if (!AWAIT_CODES.has(code) || file === undefined || start === undefined) return false;
  let node = findNode(ts, file, start);
  for (; !ts.isSourceFile(node); node = node.parent)
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return true;
}
