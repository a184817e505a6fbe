import type { KernelClient } from "../../../kernel/execute/kernelClient";
import { parseNotebook } from "../../../kernel/execute/notebook";
import { runCells } from "../../../kernel/execute/runCells";
import { createMessage, createSender, type Message } from "../../../kernel/protocol/message";

const sender = createSender("kernel");

/** A kernel that answers each cell at once, and counts what is asked of it. */
function createInstantKernel() {
  const listeners = new Set<(channel: "shell" | "iopub", message: Message) => void>();
  const counts = { requests: 0, mostListeners: 0 };
  const client: KernelClient = {
    processId: undefined,
    connection: {
      transport: "tcp",
      ip: "",
      key: "",
      ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 },
    },
    ended: new Promise<never>(() => undefined),
    shutDown: () => Promise.resolve(),
    listen: (listener) => {
      listeners.add(listener);
      counts.mostListeners = Math.max(counts.mostListeners, listeners.size);
      return () => void listeners.delete(listener);
    },
    request: (_, type, content) => createMessage(sender, type, content),
    ask: (channel, type, content) => {
      counts.requests++;
      const request = client.request(channel, type, content);
      const count = { status: "ok", execution_count: counts.requests };
      const publish = (kind: string, body: Record<string, unknown>): void => {
        for (const listener of [...listeners])
          listener("iopub", createMessage(sender, kind, body, request));
      };
      setImmediate(() => {
        publish("display_data", {
          data: {},
          metadata: {},
          transient: { display_id: request.header.msg_id },
        });
        publish("status", { execution_state: "idle" });
      });
      return { request, reply: Promise.resolve(createMessage(sender, "reply", count, request)) };
    },
  };
  return { client, counts };
}

describe("runCells", () => {
  test("of 5,000 cells asks once for each, listens to one at a time and passes over none", async () => {
    const cell = { cell_type: "code", source: "1" };
    const text = JSON.stringify({ cells: Array(5000).fill(cell), metadata: {}, nbformat: 4 });
    const { client, counts } = createInstantKernel();
    const done: number[] = [];
    const executed = await runCells(client, parseNotebook(text, "long"), {
      timeoutMilliseconds: 1000,
      onProgress: ({ codeCellsDone }) => done.push(codeCellsDone),
    });
    expect(counts).toEqual({ requests: 5000, mostListeners: 1 });
    expect(done).toHaveLength(5000);
    expect(executed.notebook.cells.every(({ outputs }) => outputs.length === 1)).toBe(true);
    expect(executed.notebook.cells[4999].executionCount).toBe(5000);
  });
});
