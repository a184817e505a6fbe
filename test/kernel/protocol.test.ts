import type { JsonObject } from "../../kernel/protocol/message";
import {
  openSession,
  pause,
  resultOf,
  streamOf,
  typesOf,
  whenPrinted,
  type TestSession,
} from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.close());

describe("an execute request", () => {
  test("is echoed, answered between busy and idle, and counted", async () => {
    const first = await session.run("1 + 1");
    expect(first.published.map(({ header }) => header.msg_type)).toEqual([
      "status",
      "execute_input",
      "execute_result",
      "status",
    ]);
    const second = await session.run("2 + 2");
    const count = Number(first.reply.execution_count);
    expect(second.reply.execution_count).toBe(count + 1);
    expect(second.published[1].content).toEqual({ code: "2 + 2", execution_count: count + 1 });
  });

  test("without a value as its last expression has no result", async () => {
    expect(typesOf(await session.run("undefined"))).toEqual(["execute_input"]);
    expect(typesOf(await session.run("const noValue = 1;"))).toEqual(["execute_input"]);
    expect(resultOf(await session.run("null"))).toBe("null");
  });

  test("that is silent publishes nothing and is not counted", async () => {
    const before = (await session.run("0")).reply.execution_count;
    const run = await session.run("console.log('x'); 5", { silent: true });
    expect(typesOf(run)).toEqual([]);
    expect(run.reply.execution_count).toBe(before);
  });

  test("that is not to be stored is not in the history", async () => {
    const before = (await session.run("0")).reply.execution_count;
    const run = await session.run("'unstored'", { store_history: false });
    expect(resultOf(run)).toBe("'unstored'");
    expect(run.reply.execution_count).toBe(before);
    const { history } = await session.ask("history_request", { hist_access_type: "tail", n: 1 });
    expect((history as string[][])[0][2]).toBe("0");
  });

  test("evaluates user expressions, each on its own", async () => {
    const { reply } = await session.run("const ten = 10;", {
      user_expressions: { twice: "ten * 2", wrong: "ten.length" },
    });
    const expressions = reply.user_expressions as Record<string, JsonObject>;
    expect(expressions.twice).toMatchObject({ status: "ok", data: { "text/plain": "20" } });
    expect(expressions.wrong).toMatchObject({ status: "error", ename: "TypeScriptError" });
  });

  test("that fails keeps those that wait from running, unless it says otherwise", async () => {
    const failing = session.start("throw new Error('stop')");
    const waiting = session.start("console.log('ran')");
    expect((await failing.finished).reply.status).toBe("error");
    expect((await waiting.finished).reply.status).toBe("aborted");

    const tolerant = session.start("throw new Error('go on')", { stop_on_error: false });
    const next = session.start("console.log('ran')");
    expect((await tolerant.finished).reply.status).toBe("error");
    expect(streamOf(await next.finished, "stdout")).toBe("ran\n");
  });

  test("with an error publishes it once, with name, message and lines", async () => {
    const run = await session.run("throw new RangeError('one')");
    expect(typesOf(run)).toEqual(["execute_input", "error"]);
    expect(run.reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "one" });
  });
});

describe("streams", () => {
  test("deliver 20,000 lines complete and in order", async () => {
    const run = await session.run("for (let i = 0; i < 20000; i++) console.log(`line ${i}`);");
    const expected = Array.from({ length: 20000 }, (_, i) => `line ${i}\n`).join("");
    expect(streamOf(run, "stdout") === expected).toBe(true);
    expect(run.reply.status).toBe("ok");
  });

  test("keep the order of stdout, stderr and displays", async () => {
    const run = await session.run(
      "console.log('a'); console.error('b'); display('x'); console.log('c');",
    );
    expect(typesOf(run)).toEqual(["execute_input", "stream", "stream", "display_data", "stream"]);
  });

  test("carry text with line separators of other alphabets", async () => {
    const run = await session.run("console.log('a\\u2028b\\u2029c\\r\\nd');");
    expect(streamOf(run, "stdout")).toBe("a\u2028b\u2029c\r\nd\n");
  });

  test("carry what processes of the cell write", async () => {
    const run = await session.run(
      'import { execSync } from "node:child_process";\nexecSync("echo from a process", { stdio: "inherit" });\nawait new Promise((r) => setTimeout(r, 100));',
    );
    expect(streamOf(run, "stdout")).toContain("from a process\n");
  });
});

describe("displays", () => {
  test("are updated in their place", async () => {
    const run = await session.run('const handle = display("one"); handle.update("two");');
    const [shown, updated] = run.published.filter(({ header }) => /display/.test(header.msg_type));
    expect(updated.header.msg_type).toBe("update_display_data");
    expect(updated.content.transient).toEqual(shown.content.transient);
  });

  test("of values that render themselves later come before the cell ends", async () => {
    const run = await session.run(
      'display({ [Symbol.for("Jupyter.display")]: async () => { await new Promise((r) => setTimeout(r, 30)); return { "text/html": "<b>late</b>" }; } });',
    );
    expect(typesOf(run)).toEqual(["execute_input", "display_data"]);
    expect(run.published[2].content.data).toMatchObject({ "text/html": "<b>late</b>" });
  });

  test("of matrices are tables, and of arrays a summary", async () => {
    const shown = await session.run(
      "({ rows: 2, columns: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) })",
    );
    const result = shown.published.find(({ header }) => header.msg_type === "execute_result");
    expect((result?.content.data as JsonObject)["text/html"]).toMatch(/matrix of 2 × 3.*<td/s);
    expect(resultOf(await session.run("new Float64Array(1000)"))).toMatch(
      /^Float64Array\(1.?000\), 0 to 0/,
    );
  });

  test("of values that hold long arrays show the arrays' ends", async () => {
    const shown = await session.run("({ name: 'a', values: new Float64Array(500) })");
    expect(resultOf(shown)).toBe(
      "{ name: 'a', values: Float64Array(500) [ 0, 0, 0, …, 0, 0, 0 ] }",
    );
    const printed = await session.run("console.log(new Float64Array(13))");
    expect(streamOf(printed, "stdout")).toMatch(/^Float64Array\(13\) \[\n/);
  });

  test("are taken back by clearOutput", async () => {
    const run = await session.run("console.log('x'); clearOutput({ wait: true });");
    const cleared = run.published.find(({ header }) => header.msg_type === "clear_output");
    expect(cleared?.content).toEqual({ wait: true });
  });
});

describe("prompt", () => {
  test("asks the client and hands back what was typed", async () => {
    const stop = session.client.listen((channel, message) => {
      if (channel !== "stdin") return;
      stop();
      expect(message.content).toEqual({ prompt: "name? ", password: false });
      session.client.request("stdin", "input_reply", { value: "Ada ✓" }, message);
    });
    const run = await session.run('prompt("name? ")', { allow_stdin: true });
    expect(resultOf(run)).toBe("'Ada ✓'");
  });

  test("is refused where the client cannot ask", async () => {
    const run = await session.run('prompt("name? ")');
    expect(run.reply.evalue).toMatch(/needs a client that lets the cell ask/);
  });

  test("is ended by an interrupt", async () => {
    const { finished } = session.start('prompt("name? ")', { allow_stdin: true });
    await pause(300);
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await finished).reply.status).toBe("error");
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  });
});

describe("questions", () => {
  test("of completion count characters, not UTF-16 units", async () => {
    const code = "'😀'; Math.hyp";
    const reply = await session.ask("complete_request", { code, cursor_pos: 13 });
    expect(reply).toMatchObject({ matches: ["hypot"], cursor_start: 10, cursor_end: 13 });
  });

  test("of inspection show the docstring of a function whose arguments are being typed", async () => {
    const code = "rl.roundToHalf(1, ";
    const reply = await session.ask("inspect_request", { code, cursor_pos: code.length });
    const text = (reply.data as JsonObject)["text/plain"];
    expect(text).toMatch(/^roundToHalf\(value: number\): number\n\n[A-Z]/);
    expect(reply.found).toBe(true);
  });

  test("of completion name what is deprecated last, and say so", async () => {
    const code = "rl.create";
    const reply = await session.ask("complete_request", { code, cursor_pos: code.length });
    const names = reply.matches as string[];
    expect(names.indexOf("createHighsEngine")).toBeGreaterThan(names.indexOf("createNetwork"));
    const { _jupyter_types_experimental: typed } = reply.metadata as JsonObject;
    expect(typed).toContainEqual(
      expect.objectContaining({ text: "createHighsEngine", type: "deprecated" }),
    );
  });

  test("of inspection say of an old name what to use instead", async () => {
    const code = "rl.createHighsEngine";
    const reply = await session.ask("inspect_request", { code, cursor_pos: code.length });
    const text = (reply.data as JsonObject)["text/plain"];
    expect(text).toMatch(/@deprecated .*`rl\.lp\.createHighsEngine`/);
  });

  test("of inspection find nothing where nothing is known", async () => {
    const reply = await session.ask("inspect_request", { code: "neverHeardOf", cursor_pos: 3 });
    expect(reply).toMatchObject({ status: "ok", found: false, data: {} });
  });

  test.each([
    ["const a = 1;", "complete"],
    ["function f() {", "incomplete"],
    ["`open", "incomplete"],
    ["const = 1", "invalid"],
  ])("of completeness say of %j that it is %s", async (code, status) => {
    expect((await session.ask("is_complete_request", { code })).status).toBe(status);
  });

  test("are answered with what is known while a cell computes", async () => {
    const { finished } = session.start("console.log('busy'); while (true) {}");
    await whenPrinted(session, "busy");
    const info = await session.ask("kernel_info_request", {});
    expect(info).toMatchObject({ status: "ok", implementation: "roundlab" });
    expect((await session.ask("is_complete_request", { code: "1" })).status).toBe("unknown");
    await session.client.ask("control", "interrupt_request", {}).reply;
    await finished;
  });

  test("about comms are answered, and one that is opened is closed", async () => {
    expect(await session.ask("comm_info_request", {})).toEqual({ status: "ok", comms: {} });
    const closed = new Promise<JsonObject>((resolve) => {
      const stop = session.client.listen((_, { header, content }) => {
        if (header.msg_type !== "comm_close") return;
        stop();
        resolve(content);
      });
    });
    session.client.request("shell", "comm_open", { comm_id: "c1", target_name: "none", data: {} });
    expect(await closed).toMatchObject({ comm_id: "c1" });
  });
});
