import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InvariantError } from "./errors";

/**
 * The folder that holds RoundLab's own package.json, `models/` and `notebooks/`; the same from
 * sources, from `dist` and from an installed copy.
 */
export function packageRoot(): string {
  let folder = __dirname;
  for (;;) {
    const file = join(folder, "package.json");
    if (existsSync(file) && isOwn(file)) return folder;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new InvariantError(
        "no package.json of roundlab above its own code; is the package whole?",
      );
    }
    folder = parent;
  }
}

function isOwn(file: string): boolean {
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  return typeof content === "object" && content !== null && "name" in content
    ? content.name === "roundlab"
    : false;
}
