import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..");
const SOURCE = join(ROOT, "src");

const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
).options;
const FILES = ["index.ts", "core.ts", "verbs.ts", "parts.ts", "doors/lp.ts", "doors/present.ts"];
const program = ts.createProgram(
  [...FILES, "paper/tools.ts"].map((file) => join(SOURCE, file)),
  options,
);
const checker = program.getTypeChecker();

interface Exported {
  readonly name: string;
  readonly isValue: boolean;
  /** What its docstring says to use instead, if it is deprecated. */
  readonly instead: string | undefined;
}

function exportsOf(file: string): Exported[] {
  const source = program.getSourceFile(join(SOURCE, file));
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} exports nothing`);
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const tag = target.getJsDocTags(checker).find(({ name }) => name === "deprecated");
    const isOverloaded = (target.declarations ?? []).length > 1;
    return {
      name: symbol.name,
      isValue: (target.flags & ts.SymbolFlags.Value) !== 0,
      instead:
        tag === undefined || isOverloaded ? undefined : ts.displayPartsToString(tag.text).trim(),
    };
  });
}

const valuesOf = (file: string): string[] =>
  exportsOf(file).flatMap(({ name, isValue }) => (isValue ? [name] : []));

/** What came after the doors: it never had a flat name that could be deprecated. */
const NEVER_FLAT = ["twoSided"];

describe("the public face", () => {
  const verbs = new Set(valuesOf("verbs.ts"));
  const parts = new Set(valuesOf("parts.ts"));
  const behind = new Map([
    ["lp", valuesOf("doors/lp.ts")],
    ["present", valuesOf("doors/present.ts")],
    ["paper", valuesOf("paper/tools.ts")],
  ]);

  test("a flat value is a verb, a part that verbs take, a door, or deprecated", () => {
    const others = exportsOf("index.ts")
      .filter(({ name, isValue, instead }) => {
        return isValue && instead === undefined && !verbs.has(name) && !parts.has(name);
      })
      .map(({ name }) => name);
    // runAppMax is the run of appMax, told in docs/results.md; quantize is American.
    expect(others.sort()).toEqual(["lp", "paper", "present", "quantize", "runAppMax"]);
  });

  test("what stands behind a door has no flat name but a deprecated one that names the door", () => {
    const flat = new Map(exportsOf("index.ts").map((each) => [each.name, each]));
    const wrong: string[] = [];
    for (const [door, names] of behind) {
      for (const name of names) {
        // `rl.appMax` is the verb, which takes twins; behind the door it takes engines.
        if (door === "lp" && name === "appMax") continue;
        if (NEVER_FLAT.includes(name) && !flat.has(name)) continue;
        if (!flat.get(name)?.instead?.includes(`\`rl.${door}.${name}\``)) wrong.push(name);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("every deprecated name says what to use instead", () => {
    const silent = exportsOf("index.ts").filter(({ instead }) => instead === "");
    expect(silent).toEqual([]);
  });

  test("no file lists again what another exports", () => {
    for (const file of ["index.ts", "core.ts"]) {
      const text = readFileSync(join(SOURCE, file), "utf8");
      const named = [...text.matchAll(/export (?:type )?\{([^}]*)\} from/g)]
        .flatMap(([, names]) => names.split(","))
        .map((name) => name.replace(/^.* as |^\s*type /, "").trim());
      expect(named.filter((name) => verbs.has(name) || parts.has(name))).toEqual(
        // Core has the verb without a notebook.
        file === "core.ts" ? ["appMax"] : [],
      );
    }
  });
});
