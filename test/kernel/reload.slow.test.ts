import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSession, streamOf, tracebackOf, type TestSession } from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
  mkdirSync(join(session.folder, "elsewhere"));
});
afterAll(() => session.close());

function write(name: string, text: string): void {
  const path = join(session.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const evaluate = (code: string): Promise<unknown> => session.evaluate(code);

const esModule = (value: number): string =>
  `export const named = ${value};\nexport default { value: ${value} };\n`;
const commonJs = (value: number): string =>
  `const named = ${value};\nmodule.exports = { named, value: ${value} };\n`;

/** What a cell may import: a file, its text for a number, and the name by which it is imported. */
const kinds: readonly (readonly [
  kind: string,
  file: string,
  text: (value: number) => string,
  id: string,
])[] = [
  ["TypeScript", "typed.ts", esModule, "./typed"],
  ["TypeScript called .mts", "typedM.mts", esModule, "./typedM.mjs"],
  ["TypeScript called .cts", "typedC.cts", esModule, "./typedC.cjs"],
  ["TypeScript that awaits", "waits.ts", (value) => `await 0;\n${esModule(value)}`, "./waits"],
  ["CommonJS", "common.js", commonJs, "./common"],
  ["CommonJS by its whole name", "whole.js", commonJs, "./whole.js"],
  ["CommonJS called .cjs", "common.cjs", commonJs, "./common.cjs"],
  ["an ES module called .mjs", "module.mjs", esModule, "./module.mjs"],
  [
    "an ES module that awaits",
    "later.mjs",
    (value) => `await 0;\n${esModule(value)}`,
    "./later.mjs",
  ],
  ["an ES module called .js, by its package", "packed/module.js", esModule, "./packed/module.js"],
  ["an ES module called .js, by its words", "words.js", esModule, "./words.js"],
  ["JSON", "data.json", (value) => `{ "named": ${value}, "value": ${value} }`, "./data.json"],
];

/** A cell with every form of import; its value are the file's numbers as each form found them. */
const everyForm = (id: string): string => `
import whole from "${id}";
import { named } from "${id}";
import * as all from "${id}";
import "${id}";
import type * as Types from "${id}";
const typed: typeof Types.named = named;
const later = await import("${id}");
[whole.value, named, all.named, typed, later.named, later.default.value, require("${id}").named].join()`;

describe("every form of import, run twice, edited, and from another folder", () => {
  test.each(kinds)("yields %s as it stands on disk", async (_, file, text, id) => {
    write("packed/package.json", '{ "type": "module" }');
    write(file, text(1));
    const found = [await evaluate(everyForm(id)), await evaluate(everyForm(id))];
    write(file, text(22));
    found.push(await evaluate(everyForm(id)));
    await session.run('process.chdir("elsewhere")');
    found.push(await evaluate(everyForm(id)));
    await session.run('process.chdir("..")');
    const seven = (value: number): string => `'${Array(7).fill(value).join()}'`;
    expect(found).toEqual([seven(1), seven(1), seven(22), seven(22)]);
  });

  test("is what it is, also where it stands alone in its cell", async () => {
    write("alone.js", commonJs(1));
    for (const cell of [
      'import whole from "./alone";\nwhole.value',
      'import * as all from "./alone";\nall.named',
      'await (await import("./alone")).named',
      'require("./alone").named',
    ])
      for (let time = 0; time < 3; time++) expect(await evaluate(cell)).toBe("1");
  });
});

describe("a source of the user's", () => {
  test("is run anew when one that it imports has changed, whatever the two are", async () => {
    write("chain/inner.json", '{ "n": 1 }');
    write("chain/middle.cjs", "module.exports = { n: require('./inner.json').n };\n");
    write(
      "chain/outer.mjs",
      'import middle from "./middle.cjs";\nimport inner from "./inner.json" with { type: "json" };\nexport const sum = middle.n + inner.n;\n',
    );
    write(
      "chain/lazy.js",
      "exports.load = async () => (await import('./outer.mjs')).sum;\nexports.n = require('./middle.cjs').n;\n",
    );
    const code =
      'import { sum } from "./chain/outer.mjs";\nimport lazy from "./chain/lazy.js";\n[sum, await lazy.load(), lazy.n]';
    expect(await evaluate(code)).toBe("[ 2, 2, 1 ]");
    write("chain/inner.json", '{ "n": 20 }');
    expect(await evaluate(code)).toBe("[ 40, 40, 20 ]");
  });

  test("may be an ES module that knows where it lies and makes a require of its own", async () => {
    write("beside.txt", "text");
    write(
      "knows.mjs",
      'import { createRequire } from "node:module";\nimport { readFileSync } from "node:fs";\nimport { dirname, basename } from "node:path";\nimport { fileURLToPath } from "node:url";\n' +
        "const __filename = fileURLToPath(import.meta.url);\nconst __dirname = dirname(__filename);\nconst require = createRequire(import.meta.url);\n" +
        'export const found = [basename(__filename), readFileSync(__dirname + "/beside.txt", "utf8"), typeof require("node:os").cpus, this === undefined];\n',
    );
    expect(await evaluate('import { found } from "./knows.mjs";\nfound')).toBe(
      "[ 'knows.mjs', 'text', 'function', true ]",
    );
  });

  test("may be JavaScript that the type checker would not like", async () => {
    write(
      "loose.js",
      "function f(a, b) { return a.x + 1; }\nconst o = {};\no.later = f({ x: 1 });\nmodule.exports = o;\n",
    );
    expect(await evaluate('import loose from "./loose.js";\nloose.later')).toBe("2");
  });

  test("is taken before the JavaScript that was made from it", async () => {
    write("built.js", "exports.from = 'JavaScript';\n");
    write("built.ts", "export const from: string = 'TypeScript';\n");
    expect(await evaluate('import { from } from "./built";\nfrom')).toBe("'TypeScript'");
    expect(await evaluate('import { from as f2 } from "./built.js";\nf2')).toBe("'TypeScript'");
  });

  test("that fails names its own line, also as an ES module called .mjs", async () => {
    write("fails.mjs", "export const n = 1;\n\nthrow new RangeError('on the third line');\n");
    const run = await session.run('import { n } from "./fails.mjs";\nn');
    expect(tracebackOf(run).join("\n")).toMatch(/RangeError.*fails\.mjs:3:7/s);
  });
});

describe("a cell", () => {
  test("goes on importing from the notebook's folder after it has gone to another", async () => {
    write("here.ts", "export const here = 'here';\n");
    await session.run('process.chdir("/")');
    expect(await evaluate('import { here } from "./here";\n[here, process.cwd()]')).toBe(
      "[ 'here', '/' ]",
    );
    expect(await evaluate(`process.chdir(__dirname); 6 * 7`)).toBe("42");
  });

  test("runs on when the folder that it has gone to is removed", async () => {
    await session.run(
      'require("fs").mkdirSync("gone"); process.chdir("gone"); require("fs").rmdirSync("../gone")',
    );
    expect(await evaluate('import { here as h3 } from "./here";\nh3')).toBe("'here'");
    await session.run("process.chdir(__dirname)");
  });

  test("hands on names that it exports from elsewhere", async () => {
    write("source.ts", "export const original = 5;\n");
    await session.run('export { original as renamed } from "./source";');
    await session.run('export * as everything from "./source";');
    expect(await evaluate("renamed + everything.original")).toBe("10");
  });

  test("is told of a package that has changed since it was loaded", async () => {
    const packageFile = (version: string): string =>
      JSON.stringify({ name: "grows", version, main: "index.js" });
    write("node_modules/grows/package.json", packageFile("1.0.0"));
    write("node_modules/grows/index.js", "exports.version = 1;\n");
    await evaluate('import * as grows from "grows";\n(grows as any).version');
    write("node_modules/grows/package.json", packageFile("1.0.10"));
    const code = 'import * as grows2 from "grows";\n(grows2 as any).version';
    expect(streamOf(await session.run(code), "stderr")).toBe(
      "grows has changed on disk since it was loaded; restart the kernel to have it as it is now\n",
    );
    expect(streamOf(await session.run(code), "stderr")).toBe("");
  });
});
