import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "../compile/conversion";
import { hintForName } from "./hints";
import { packageOf } from "../modules/packageWatch";
import type { UnrunNames } from "./unrunNames";

/** The compiler's code for a module that it cannot find. */
const MODULE_NOT_FOUND = 2307;
/** And for `const x = f(x)`, where x is also a variable of an earlier cell. */
const USED_BEFORE_DECLARED = 2448;
/** And for a name that it cannot find: as a value, with a likely one, and as `{ name }`. */
const NAME_NOT_FOUND = 2304;
const SIMILAR_NAME = 2552;
const SHORTHAND_NOT_FOUND = 18004;

/** What advice is given from. */
export interface AdviceSources {
  /** The notebook's folder. */
  readonly folder: string;
  readonly unrun: UnrunNames;
}

/** What to do about a complaint, where the compiler does not say it: one line, or none. */
export function adviceOn(diagnostic: Diagnostic, sources: AdviceSources): string[] {
  const { code, message, file } = diagnostic;
  const name = /'([^']+)'/.exec(message)?.[1] ?? "";
  switch (code) {
    case USED_BEFORE_DECLARED:
      return [
        "a name cannot be declared anew from its old value: choose another name, or use let once and assign",
      ];
    case NAME_NOT_FOUND:
    case SIMILAR_NAME:
    case SHORTHAND_NOT_FOUND:
      return file === undefined ? adviceOnName(name, code === SIMILAR_NAME, sources) : [];
    case MODULE_NOT_FOUND:
      return adviceOnModule(name, file === undefined ? sources.folder : dirname(file));
    default:
      return [];
  }
}

function adviceOnName(name: string, hasSimilar: boolean, { unrun }: AdviceSources): string[] {
  const cell = unrun.cellOf(name);
  if (cell !== undefined)
    return [`${name} is declared in ${cell}, which did not come to its end: run that again first`];
  const hint = hintForName(name);
  if (hint !== undefined) return [hint];
  if (hasSimilar) return [];
  return [`no cell that has run declares ${name}: if one above does, run the cells above first`];
}

function adviceOnModule(name: string, folder: string): string[] {
  if (name === "" || name.startsWith("node:")) return [];
  if (/^\.|^\//.test(name))
    return [`there is no ${resolve(folder, name)}, nor one ending in .ts, .tsx, .js or .json`];
  const config = configWithPath(name, folder);
  if (config !== undefined)
    return [`paths of ${config} are not read: import the file by its relative name (./...)`];
  return [
    `to have it, run npm install ${packageOf(name) ?? name} in ${folder}; then run the cell again`,
  ];
}

/** The nearest tsconfig.json, if its text holds a path that would mean this module. */
function configWithPath(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, "tsconfig.json");
    if (existsSync(file)) {
      const [, paths = ""] = /"paths"\s*:\s*\{([^}]*)\}/.exec(readFileSync(file, "utf8")) ?? [];
      const keys = [...paths.matchAll(/"([^"]+)"\s*:\s*\[/g)].map(([, key]) => key);
      const fits = (key: string): boolean =>
        key.includes("*") ? name.startsWith(key.slice(0, key.indexOf("*"))) : name === key;
      return keys.some(fits) ? file : undefined;
    }
    if (folder === dirname(folder)) return undefined;
  }
}
