import { openSession, pause, streamOf, tracebackOf, type TestSession } from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession({
    "beside.ts":
      "export const answer: number = 42;\nexport function fail(): never {\n  throw new Error('from beside');\n}\n",
  });
});
afterAll(() => session.close());

const evaluate = (code: string): Promise<unknown> => session.evaluate(code);

describe("variables", () => {
  test("may be declared anew with another type", async () => {
    await evaluate("const again = 1;");
    expect(await evaluate('const again = "text"; again.length')).toBe("4");
  });

  test("are one and the same for a function of their cell and for later cells", async () => {
    await evaluate("let shared = 1;\nfunction readShared(): number { return shared; }");
    await evaluate("shared = 2;");
    expect(await evaluate("readShared()")).toBe("2");
    expect(await evaluate("shared++; [shared, readShared()]")).toBe("[ 3, 3 ]");
  });

  test("come out of patterns", async () => {
    expect(await evaluate("let { p, q: [r] } = { p: 1, q: [2] };\n[p, r]")).toBe("[ 1, 2 ]");
  });

  test("without a value forget the one before", async () => {
    await evaluate("let empty: number | undefined = 1;");
    expect(await evaluate("let empty: number | undefined;\nString(empty)")).toBe("'undefined'");
  });

  test("of earlier cells stand in objects and patterns by their name alone", async () => {
    await evaluate("let short = 1;\nconst brief = () => 2;\nimport { sep } from 'node:path';");
    expect(
      await evaluate("const both = { short, brief, sep };\n[both.short, both.brief(), sep]"),
    ).toBe("[ 1, 2, '/' ]");
    expect(await evaluate("function inside() { return { short }; }\ninside()")).toBe(
      "{ short: 1 }",
    );
    await evaluate("({ short } = { short: 5 });");
    const given =
      "({ short = short + 1 } = {} as { short?: number });\n{ const short = 8; console.log({ short }); }\nshort";
    expect(await evaluate(given)).toBe("6");
    const failed = await session.run(
      "const a = 1; const o = { brief, wrong: both.nothing, short };",
    );
    expect(tracebackOf(failed).join("\n")).toMatch(/1:45 - error TS2339/);
  });

  test("may be declared with the word export, as in a source file", async () => {
    await evaluate(
      "export const sent = 3;\nexport interface Sent { a: number }\nexport class Box {}",
    );
    expect(await evaluate("const sentToo: Sent = { a: sent };\n[sentToo.a, new Box()]")).toBe(
      "[ 3, Box {} ]",
    );
  });

  test("that were imported may be bound anew", async () => {
    await evaluate('import { basename } from "node:path";');
    expect(await evaluate("const basename = 5;\nbasename")).toBe("5");
  });
});

describe("await", () => {
  test("stands at the top of a cell", async () => {
    expect(await evaluate("const a1 = await Promise.resolve(3);\na1 + 1")).toBe("4");
  });

  test("stands in a loop at the top of a cell", async () => {
    const run = await session.run("for await (const x of [Promise.resolve(1), 2]) console.log(x);");
    expect(streamOf(run, "stdout")).toBe("1\n2\n");
  });

  test("hands back values that are no promises as they are", async () => {
    expect(await evaluate("[await 5, await undefined, await 'x']")).toBe("[ 5, undefined, 'x' ]");
  });
});

describe("type errors", () => {
  test("name line, column and code, and point at the place", async () => {
    const run = await session.run("const fine = 1;\nconst wrong: string = fine;");
    expect(run.reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(tracebackOf(run)).toEqual([
      "TypeScriptError",
      "",
      "2:7 - error TS2322: Type 'number' is not assignable to type 'string'.",
      "  1 | const fine = 1;",
      "> 2 | const wrong: string = fine;",
      "    |       ^^^^^",
    ]);
  });

  test("are raised for values that may be undefined", async () => {
    const run = await session.run("[1].find((x) => x > 1).toFixed()");
    expect(run.reply.evalue).toMatch(/possibly 'undefined'/);
  });

  test("of a name declared from its own old value say what to do", async () => {
    await evaluate("const frame = [1, 2];");
    const run = await session.run("const frame = frame.slice(1);");
    expect(tracebackOf(run).at(-1)).toMatch(/choose another name, or use let once and assign/);
  });

  test("of a cell leave what was declared before as it was", async () => {
    await evaluate("let steady = 1;");
    await session.run("let steady: string = 5;");
    expect(await evaluate("steady")).toBe("1");
  });
});

describe("stack traces", () => {
  test("point into the lines of cells, and hold no frame of the kernel", async () => {
    await evaluate(
      "interface Pad {\n  a: number;\n}\nfunction deep(pad: Pad): never {\n  throw new RangeError('deep');\n}",
    );
    const run = await session.run("const pad: { a: number } = { a: 1 };\n\ndeep(pad);");
    const [defined, called] = [/cell-\d+\.ts:5:9\)/, /cell-\d+\.ts:3:1$/];
    const frames = tracebackOf(run).filter((line) => line.startsWith("    at "));
    expect(frames).toHaveLength(2);
    expect(frames[0]).toMatch(defined);
    expect(frames[1]).toMatch(called);
    expect(tracebackOf(run)).toContain("> 5 |   throw new RangeError('deep');");
  });

  test("follow awaits into the cell that waits", async () => {
    await evaluate("async function later() {\n  await 0;\n  throw new Error('later');\n}");
    const run = await session.run("1;\nawait later();");
    const frames = tracebackOf(run).filter((line) => line.startsWith("    at "));
    expect(frames[0]).toMatch(/at later \(cell-\d+\.ts:3:9\)/);
    expect(frames[1]).toMatch(/cell-\d+\.ts:2:1$/);
  });

  test("point into the user's own sources", async () => {
    const run = await session.run('import { fail } from "./beside";\nfail();');
    expect(tracebackOf(run).join("\n")).toMatch(/at fail \(.*beside\.ts:3:9\)/);
  });

  test("show causes", async () => {
    const run = await session.run("throw new Error('outer', { cause: new Error('inner') });");
    expect(tracebackOf(run).join("\n")).toMatch(/outer[^]*\[cause\]: Error: inner/);
  });
});

describe("a cell that fails on its way", () => {
  test("keeps what it had declared by then, and what stood before of the rest", async () => {
    await evaluate('const before1 = "old";\nconst before2 = "old";');
    await session.run(
      'interface Point {\n  x: number;\n}\nconst before1: Point = { x: 1 };\nconst fresh = 2;\nthrow new Error("half way");\nconst before2 = 3;\nconst missing = 4;',
    );
    expect(await evaluate("[before1.x, fresh, before2.length]")).toBe("[ 1, 2, 3 ]");
    const unknown = await session.run("missing");
    expect(unknown.reply.evalue).toMatch(/Cannot find name 'missing'/);
  });

  test("keeps it also when it was interrupted", async () => {
    const { finished } = session.start(
      "const reached = 7;\nawait new Promise(() => {});\nconst missed = 8;",
    );
    await pause(500);
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await finished).reply.ename).toBe("KernelInterrupted");
    expect(await evaluate("reached")).toBe("7");
  });
});

describe("the library without an import", () => {
  test("stands in rl, with types and docstrings", async () => {
    expect(await evaluate("rl.roundToHalf(0.1)")).toBe("0.0999755859375");
    const wrong = await session.run("rl.roundToHalf()");
    expect(wrong.reply.evalue).toMatch(/Expected 1 arguments/);
  });

  test("stands in globals of this and later cells, once a cell asks for them", async () => {
    expect((await session.run("roundToBfloat16(1)")).reply.status).toBe("error");
    expect(await evaluate('import "roundlab/globals";\nroundToHalf(0.1)')).toBe("0.0999755859375");
    expect(await evaluate("roundToBfloat16(0.1)")).toBe("0.10009765625");
    const wrong = await session.run("roundToBfloat16('x')");
    expect(wrong.reply.evalue).toMatch(/'string' is not assignable to parameter of type 'number'/);
  });
});
