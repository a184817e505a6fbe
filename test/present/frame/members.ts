import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const FOLDER = path.join(__dirname, "..", "..", "..", "src", "present", "frame");

/** The names of an interface's members as its source lists them, each once. */
export function membersOf(file: string, name: string): string[] {
  const full = path.join(FOLDER, file);
  const source = ts.createSourceFile(
    full,
    fs.readFileSync(full, "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const found = new Set<string>();
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== name) return;
    for (const member of node.members) if (member.name) found.add(member.name.getText());
  });
  if (found.size === 0) throw new Error(`${file} has no interface ${name}`);
  return [...found];
}
