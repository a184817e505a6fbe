import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../../kernel/protocol/message";
import { openSession, resultOf, streamOf, tracebackOf, type TestSession } from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.close());

const complaintOf = async (code: string): Promise<string[]> =>
  tracebackOf(await session.run(code)).filter((line) => line !== "");

describe("a cell that does not check", () => {
  test("has a hint for what is written so elsewhere, once and in one line", async () => {
    const lines = await complaintOf("print(1); print(2)");
    expect(lines.filter((line) => line.startsWith("console.log(value) prints"))).toHaveLength(1);
    const [, hint] = await complaintOf("!ls");
    expect(hint).toBe(
      '! is no command here: require("node:child_process").execSync("ls").toString()',
    );
  });

  test("says which cell would have declared a name, had it come to its end", async () => {
    await session.run("throw new Error('x'); const later = 1;");
    const wrong = await session.run("const spoilt: number = 'text';");
    const cell = `cell-${String(wrong.reply.execution_count)}`;
    expect((await complaintOf("spoilt")).at(-1)).toBe(
      `spoilt is declared in ${cell}, which did not come to its end: run that again first`,
    );
    expect((await complaintOf("later")).at(-1)).toMatch(/^later is declared in cell-\d+, which/);
    await session.run("const later = 2;");
    expect(await session.evaluate("later")).toBe("2");
  });

  test("says of a name that was never seen to run the cells above", async () => {
    expect((await complaintOf("neverSeen + 1")).at(-1)).toBe(
      "no cell that has run declares neverSeen: if one above does, run the cells above first",
    );
  });

  test.each(["function f() {", "const a = `abc", "const c = (1 + 2", "if (true) {"])(
    "is blamed at its own end at the latest: %s",
    async (code) => {
      const run = await session.run(code);
      expect(run.reply.evalue).toMatch(new RegExp(`^line 1, column ${code.length + 1}: `));
    },
  );

  test("says of a module that tsconfig.json knows that its paths are not read", async () => {
    writeFileSync(
      join(session.folder, "tsconfig.json"),
      '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    );
    mkdirSync(join(session.folder, "lib"));
    expect((await complaintOf('import { a } from "@lib/a"')).at(-1)).toMatch(
      /^paths of .*tsconfig\.json are not read: import the file by its relative name/,
    );
    expect((await complaintOf('import { a } from "other"')).at(-1)).toMatch(/npm install other/);
  });
});

describe("an error of a cell", () => {
  test("names variables as the cell does, not by what they are inside", async () => {
    await session.run("const five = 5 as any;\nconst fail = () => { throw new Error('in fail') };");
    for (const [code, message] of [
      ["five()", "five is not a function"],
      ["new five()", "five is not a constructor"],
      ["for (const each of five) {}", "five is not iterable"],
    ]) {
      const run = await session.run(code);
      expect(run.reply.evalue).toBe(message);
      expect(tracebackOf(run).join("\n")).not.toMatch(/exports|tsLastExpr|__/);
    }
    expect((await complaintOf("fail()")).join("\n")).toMatch(/at fail \(cell-\d+\.ts:2:/);
  });

  test("leaves the words of the user's own errors alone", async () => {
    const run = await session.run("throw new TypeError('exports.mine is what I say')");
    expect(run.reply.evalue).toBe("exports.mine is what I say");
  });
});

describe("a declaration", () => {
  test("of a namespace or an enum can be used in later cells, with its types", async () => {
    await session.run(
      "enum Colour { Red, Blue }\nnamespace Shapes { export type Side = number; export let count = 1; export function area(side: Side) { return side * side; } }",
    );
    await session.run("Shapes.count = 7;");
    expect(
      await session.evaluate(
        "const side: Shapes.Side = 3;\n[Colour.Blue, Shapes.area(side), Shapes.count]",
      ),
    ).toBe("[ 1, 9, 7 ]");
    const wrong = await session.run("Shapes.area('x')");
    expect(wrong.reply.evalue).toMatch(/not assignable to parameter of type 'number'/);
  });

  test("of a global is there in all later cells", async () => {
    await session.run("declare global { var everywhere: number }\nglobalThis.everywhere = 5;");
    expect(await session.evaluate("everywhere + 1")).toBe("6");
    expect(await session.evaluate("everywhere = 7;\n[everywhere, { everywhere }]")).toBe(
      "[ 7, { everywhere: 7 } ]",
    );
  });
});

/** The displays of a run: type, text and id. */
const displaysOf = (published: readonly Message[]): unknown[] =>
  published
    .filter(({ header }) => header.msg_type.endsWith("display_data"))
    .map(({ header, content }) => {
      const { data, transient } = content as {
        data: Record<string, unknown>;
        transient: { display_id?: string };
      };
      return [header.msg_type, data["text/plain"], transient.display_id];
    });

describe("display(value, { id })", () => {
  test("shows in the same place within a cell, anew in the next, and there with update", async () => {
    const first = await session.run(
      "display('one', { id: 'bar' }); display('two', { id: 'bar' }).update('three');",
    );
    expect(displaysOf(first.published)).toEqual([
      ["display_data", "'one'", "bar"],
      ["update_display_data", "'two'", "bar"],
      ["update_display_data", "'three'", "bar"],
    ]);
    const second = await session.run(
      "display('four', { id: 'bar', update: true }); display('five', { id: 'other' });",
    );
    expect(displaysOf(second.published)).toEqual([
      ["update_display_data", "'four'", "bar"],
      ["display_data", "'five'", "other"],
    ]);
    const third = await session.run("display('six', { id: 'bar' });");
    expect(displaysOf(third.published)).toEqual([["display_data", "'six'", "bar"]]);
  });
});

describe("confirm", () => {
  test("asks until the answer is yes or no", async () => {
    const answers = ["perhaps", "Y"];
    const asked: unknown[] = [];
    const stop = session.client.listen((channel, message) => {
      if (channel !== "stdin" || message.header.msg_type !== "input_request") return;
      asked.push(message.content.prompt);
      session.client.request("stdin", "input_reply", { value: answers.shift() }, message);
    });
    const run = await session.run('confirm("Delete all?")', { allow_stdin: true });
    stop();
    expect([resultOf(run), asked]).toEqual(["true", ["Delete all? [y/n] ", "Delete all? [y/n] "]]);
    expect(streamOf(run, "stderr")).toBe("");
  });
});
