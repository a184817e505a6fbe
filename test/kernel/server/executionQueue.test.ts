import { createExecutionQueue } from "../../../kernel/server/executionQueue";
import { createMessage, createSender, type Message } from "../../../kernel/protocol/message";
import { pause } from "../session";

const sender = createSender("test");
const cell = (code: string, rest = {}): Message =>
  createMessage(sender, "execute_request", { code, ...rest });

/** A queue that notes what it does; codes that begin with "fail" fail. */
function observe(onReply: (code: string) => void = () => undefined) {
  const log: string[] = [];
  const queue = createExecutionQueue(
    async ({ content }, beforeReply) => {
      log.push(`start ${String(content.code)}`);
      await pause(1);
      log.push(`end ${String(content.code)}`);
      await beforeReply({ status: String(content.code).startsWith("fail") ? "error" : "ok" });
      onReply(String(content.code));
    },
    async ({ content }) => log.push(`abort ${String(content.code)}`),
  );
  return { log, queue };
}

describe("an execution queue", () => {
  test("runs one cell after another, in the order of arrival", async () => {
    const { log, queue } = observe();
    for (const code of ["a", "b"]) queue.add(cell(code));
    await pause(30);
    expect(log).toEqual(["start a", "end a", "start b", "end b"]);
  });

  test("aborts what waits when a cell fails, and runs what comes later", async () => {
    const { log, queue } = observe();
    for (const code of ["fail", "b", "c"]) queue.add(cell(code));
    await pause(30);
    queue.add(cell("d"));
    await pause(30);
    expect(log).toEqual(["start fail", "end fail", "abort b", "abort c", "start d", "end d"]);
  });

  test("runs what is sent as soon as the failure is known", async () => {
    const { log, queue } = observe((code) => {
      if (code === "fail") queue.add(cell("after"));
    });
    for (const code of ["fail", "before"]) queue.add(cell(code));
    await pause(30);
    expect(log).toEqual(["start fail", "end fail", "abort before", "start after", "end after"]);
  });

  test("goes on after a failure that was allowed", async () => {
    const { log, queue } = observe();
    queue.add(cell("fail", { stop_on_error: false }));
    queue.add(cell("b"));
    await pause(30);
    expect(log).toEqual(["start fail", "end fail", "start b", "end b"]);
  });
});
