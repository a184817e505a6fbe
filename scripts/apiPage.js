/**
 * Writes docs/api.md from what TypeDoc made of src/verbs.ts (`npm run docs:api`): the verbs under
 * the headings and in the order of that file, a screen each, and behind the parameters a table of
 * what their options are. `--check` compares instead of writing.
 */
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const ts = require("typescript");

const root = join(__dirname, "..");
const source = join(root, "src", "verbs.ts");
const page = join(root, "docs", "api.md");

const PREAMBLE = `# The verbs

What a notebook calls, from their docstrings (\`npm run docs:api\`). The examples run in one notebook, one after another, behind
these lines; a test does so:

\`\`\`ts
import * as rl from "roundlab";
const net1 = await rl.network("net1");
const digits = await rl.openDataset("mnist-embedded");
const x = rl.pointOf(digits, 0);
const twins = await rl.twins("net1", "half");
const { rows } = await rl.appMax(twins, digits, { points: "0:2" });
\`\`\`

Every number says what it is: a bound (proved), attained (with the input), an estimate, or a sample
([notation](notation.md)). What lies deeper is listed [behind the doors](#doors) \`rl.lp\`, \`rl.present\` and \`rl.paper\`;
[extend](extend.md) uses some of it.
`;

/** The doors, each with the file that lists what stands behind it. */
const DOORS = [
  ["lp", "doors/lp.ts"],
  ["present", "doors/present.ts"],
  ["paper", "paper/tools.ts"],
];

/** The headings of a file of exports, each with its names in order. */
function headings(file = source) {
  const sections = [];
  for (const line of readFileSync(file, "utf8")
    .replace(/\{\n([^}]*)\}/g, flat)
    .split("\n")) {
    if (line.startsWith("// ")) sections.push({ title: line.slice(3), verbs: [] });
    const names = /^export \{ (.*?),? \}/.exec(line)?.[1].split(", ") ?? [];
    if (names.length > 0) sections.at(-1).verbs.push(...names);
  }
  return sections;
}

const flat = (_, names) => `{ ${names.trim().replace(/\s+/g, " ")} }`;

/** TypeDoc's text of each verb. */
function screens() {
  // An argument that is taken apart where it is declared has no name of its own for TypeDoc.
  const made = readFileSync(join(root, "out", "api", "README.md"), "utf8");
  const text = made.replaceAll("__namedParameters", "options");
  const parts = text.split(/^## /m).slice(1);
  return new Map(parts.map((part) => [/^\w+/.exec(part)[0], part.replace(/\n\*\*\*\n*$/, "")]));
}

/** The program that begins at a file, its type checker, and the symbols that the file exports. */
function exportsOf(file) {
  const path = ts.findConfigFile(root, ts.sys.fileExists);
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const symbols = checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    target: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
  return { checker, symbols };
}

/** What stands behind a door: its names in order, each with the first sentence of its docstring. */
function doorList([door, file]) {
  const path = join(root, "src", file);
  const { checker, symbols } = exportsOf(path);
  const said = new Map(
    symbols.map(({ name, target }) => {
      const text = ts.displayPartsToString(target.getDocumentationComment(checker));
      const [sentence] = text.split(/\n\n|(?<=\.)(?<!Eqs?\.)\s/, 1);
      return [name, sentence.replace(/\s+/g, " ")];
    }),
  );
  const lists = headings(path).map(({ title, verbs }) => {
    const lines = verbs.map((name) => {
      if (!said.get(name)) throw new Error(`rl.${door}.${name} has no docstring`);
      return `- \`${name}\`: ${said.get(name)}`;
    });
    return `${title}:\n\n${lines.join("\n")}`;
  });
  const first =
    door === "paper"
      ? "The exhibits, `rl.paper.table1` to `figure4` (`EXHIBITS` is their list): `load`, `frame` or `figure`, `judge`.\n\n"
      : "";
  return `### rl.${door}\n\n${first}${lists.join("\n\n")}`;
}

/** By verb, the options that its last parameter takes, as rows of a table. */
function optionTables() {
  const { checker, symbols } = exportsOf(source);
  const tables = new Map();
  for (const { name, target } of symbols) {
    const rows = checker
      .getTypeOfSymbol(target)
      .getCallSignatures()
      .filter((signature) => !signature.getJsDocTags().some(({ name }) => name === "deprecated"))
      .flatMap((signature) => optionsOf(signature, checker));
    const unique = [...new Set(rows)];
    if (unique.length > 0) tables.set(name, unique);
  }
  return tables;
}

function optionsOf(signature, checker) {
  const last = signature.parameters.at(-1);
  if (last === undefined || !/^(options|parts|inputs|run)$/.test(last.name)) return [];
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(last));
  return type.getProperties().map((property) => {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const propertyType = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const cell = (text) => text.replace(/\s+/g, " ").replace(/\|/g, "\\|").trim();
    const meaning = ts.displayPartsToString(property.getDocumentationComment(checker));
    const shown = checker.typeToString(propertyType, undefined, ts.TypeFlags.NoTruncation);
    return `| \`${property.name}${isOptional ? "?" : ""}\` | \`${cell(shown)}\` | ${cell(meaning)} |`;
  });
}

function write() {
  const texts = screens();
  const tables = optionTables();
  const body = headings().map(({ title, verbs }) => {
    const shown = verbs.map((verb) => {
      const table = tables.get(verb);
      const options =
        table === undefined
          ? ""
          : `#### Options\n\n| Option | Type | Meaning |\n| --- | --- | --- |\n${table.join("\n")}\n\n`;
      const text = texts.get(verb);
      if (text === undefined) throw new Error(`TypeDoc has nothing about ${verb}`);
      // Signatures are no code to run, so that a reader of the page can tell them from examples.
      const told = text.replace(/^```ts\n(?=function )/gm, "```typescript\n").trim();
      const deeper = `### ${told.replace(/^(#{3,5}) /gm, "#$1 ")}`;
      return deeper.replace(/^#### Returns/m, (heading) => options + heading);
    });
    return `## ${title}\n\n${shown.join("\n\n")}`;
  });
  const contents = headings().map(({ title, verbs }) => {
    const links = verbs.map((verb) => `[${verb}](#${verb.toLowerCase()})`);
    return `- ${title}: ${links.join(", ")}`;
  });
  const doors = `## Doors\n\n${DOORS.map(doorList).join("\n\n")}`;
  contents.push("- Deeper layers: [the doors](#doors)");
  return `${PREAMBLE}\n${contents.join("\n")}\n\n${body.join("\n\n")}\n\n${doors}\n`;
}

const made = write();
if (!process.argv.includes("--check")) writeFileSync(page, made);
else if (readFileSync(page, "utf8") !== made) {
  console.error("docs/api.md is not what the docstrings say; run `npm run docs:api`");
  process.exitCode = 1;
}
