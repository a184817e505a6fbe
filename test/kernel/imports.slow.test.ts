import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openSession, resultOf, streamOf, tracebackOf, type TestSession } from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession({
    "beside.ts":
      "export const answer: number = 42;\nexport function fail(): never {\n  throw new Error('from beside');\n}\n",
    "../above.ts":
      'import { answer } from "./notebooks/beside";\nexport const doubled = 2 * answer;\nexport const word: string = "w";\n',
    "facts.json": '{"colour": "blue"}',
  });
});
afterAll(() => session.close());

const evaluate = (code: string): Promise<unknown> => session.evaluate(code);

describe("imports", () => {
  test("find the library by name, with its types", async () => {
    expect(await evaluate('import * as lib from "roundlab";\nlib.roundToHalf(1 / 3)')).toBe(
      "0.333251953125",
    );
    const wrong = await session.run("lib.roundToHalf('x')");
    expect(wrong.reply.evalue).toMatch(/'string' is not assignable to parameter of type 'number'/);
  });

  test("give values that variables hold, in a folder that knows nothing of the library", async () => {
    await evaluate(
      'import * as lib2 from "roundlab";\nimport * as dfd from "danfojs-node";\nconst matrix = lib2.createMatrix(1, 2);\nconst grouped = new dfd.DataFrame({ a: [1] }).groupby(["a"]);',
    );
    const wrong = await session.run("matrix.rowz + grouped.colz");
    expect(wrong.reply.evalue).toMatch(/'rowz' does not exist on type 'Matrix'.* \(and 1 more\)/);
    expect(await evaluate("lib2 === rl && (await import('roundlab')) === rl")).toBe("true");
  });

  test("find the package of a parquet writer, whose types stand only in exports", async () => {
    const code =
      'import { parquetWriteBuffer } from "hyparquet-writer";\nnew Uint8Array(parquetWriteBuffer({ columnData: [{ name: "a", data: [1] }] })).subarray(0, 4).join()';
    expect(await evaluate(code)).toBe("'80,65,82,49'");
    const wrong = await session.run("parquetWriteBuffer(5)");
    expect(wrong.reply.evalue).toMatch(/'number' is not assignable to parameter of type/);
  });

  test("find a source by its name with .ts, and by the .js that it will become", async () => {
    writeFileSync(join(session.folder, "ending.ts"), "export const ending = 'found';\n");
    expect(await evaluate('import { ending } from "./ending.ts";\nending')).toBe("'found'");
    expect(await evaluate('import { ending as e2 } from "./ending.js";\ne2')).toBe("'found'");
  });

  test("that fail say where was looked, and how to get a package", async () => {
    const source = tracebackOf(await session.run('import { x } from "./missing";'));
    expect(source.at(-1)).toBe(
      `there is no ${join(session.folder, "missing")}, nor one ending in .ts, .tsx, .js or .json`,
    );
    const scoped = tracebackOf(await session.run('import { x } from "@no/package/deep";'));
    expect(scoped.at(-1)).toBe(
      `to have it, run npm install @no/package in ${session.folder}; then run the cell again`,
    );
  });

  test("find the user's own sources beside the notebook", async () => {
    expect(await evaluate('import { answer } from "./beside";\nanswer')).toBe("42");
    const wrong = await session.run('import { answer as a2 } from "./beside";\na2.length');
    expect(wrong.reply.evalue).toMatch(/'length' does not exist on type 'number'/);
  });

  test("find sources above the notebook, which may import others, with their types", async () => {
    expect(await evaluate('import { doubled, word } from "../above";\n[doubled, word]')).toBe(
      "[ 84, 'w' ]",
    );
    const wrong = await session.run("const notANumber: number = word;");
    expect(wrong.reply.evalue).toMatch(/'string' is not assignable to type 'number'/);
    writeFileSync(join(session.folder, "..", "bad.ts"), "export const n: number = 'text';\n");
    const bad = await session.run('import { n as bad } from "../bad";\nbad');
    expect(tracebackOf(bad).join("\n")).toMatch(/bad\.ts:1:14 - error TS2322/);
  });

  test("check against the types of a source as it stands now", async () => {
    const path = join(session.folder, "typed.ts");
    writeFileSync(path, "export const changing: number = 1;\n");
    expect(await evaluate('import { changing } from "./typed";\nchanging.toFixed(1)')).toBe(
      "'1.0'",
    );
    writeFileSync(path, "export const changing: string = 'now a text';\n");
    expect(await evaluate('import { changing } from "./typed";\nchanging.length')).toBe("10");
  });

  test("run a source anew once it has changed", async () => {
    await evaluate('import * as changing from "./beside";\nchanging.answer');
    writeFileSync(
      join(session.folder, "beside.ts"),
      "export const answer: number = 4711;\nexport function fail(): never {\n  throw new Error('from beside');\n}\n",
    );
    expect(await evaluate('import * as changing2 from "./beside";\nchanging2.answer')).toBe("4711");
  });

  test("refuse a source whose types do not fit, and name it", async () => {
    writeFileSync(join(session.folder, "wrong.ts"), "export const n: number = 'text';\n");
    const run = await session.run('import { n } from "./wrong";\nn');
    expect(tracebackOf(run).join("\n")).toMatch(/wrong\.ts:1:14 - error TS2322/);
  });

  test("know the notebook's folder", async () => {
    expect(await evaluate("__dirname === process.cwd() && __filename.startsWith(__dirname)")).toBe(
      "true",
    );
  });

  test("find JSON files", async () => {
    expect(await evaluate('import facts from "./facts.json";\nfacts.colour')).toBe("'blue'");
  });

  test("find packages of ES modules alone, whose types stand only in exports", async () => {
    const folder = join(session.folder, "node_modules", "only-esm");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({
        name: "only-esm",
        version: "1.0.0",
        type: "module",
        exports: { ".": { types: "./types.d.ts", import: "./index.js" } },
      }),
    );
    writeFileSync(
      join(folder, "index.js"),
      "await 0;\nexport const number = 7;\nexport default 'whole';\n",
    );
    writeFileSync(
      join(folder, "types.d.ts"),
      "export const number: number;\ndeclare const whole: string;\nexport default whole;\n",
    );
    expect(await evaluate('import whole, { number } from "only-esm";\n[whole, number]')).toBe(
      "[ 'whole', 7 ]",
    );
    expect(await evaluate('(await import("only-esm")).number')).toBe("7");
    writeFileSync(
      join(session.folder, "usesEsm.ts"),
      'import { number } from "only-esm";\nexport const next: number = number + 1;\n',
    );
    const own = await session.run('import { next } from "./usesEsm";\nnext');
    expect([resultOf(own), streamOf(own, "stderr")]).toEqual(["8", ""]);
  });
});
