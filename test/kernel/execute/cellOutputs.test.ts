import { createOutputCollector } from "../../../kernel/execute/cellOutputs";
import { createMessage, createSender, type JsonObject } from "../../../kernel/protocol/message";

const sender = createSender("test");

/** The outputs of cell 0 after these messages, each for the cell of its number. */
function collect(...messages: (readonly [cell: number, type: string, content: JsonObject])[]) {
  const collector = createOutputCollector();
  for (const [cell, type, content] of messages)
    collector.take(cell, createMessage(sender, type, content));
  return collector;
}

const text = (name: string, value: string) => [0, "stream", { name, text: value }] as const;
const shown = (value: string, id?: string): JsonObject => ({
  data: { "text/plain": value },
  metadata: {},
  transient: id === undefined ? {} : { display_id: id },
});
const display = (value: string) => ({
  output_type: "display_data",
  data: { "text/plain": value },
  metadata: {},
});

describe("an output collector", () => {
  test("joins what follows on one stream, and keeps streams apart", () => {
    const { outputs } = collect(
      text("stdout", "a"),
      text("stdout", "b"),
      text("stderr", "c"),
      text("stdout", "d"),
    );
    expect(outputs(0).map((each) => [each.name, each.text])).toEqual([
      ["stdout", "ab"],
      ["stderr", "c"],
      ["stdout", "d"],
    ]);
  });

  test("updates a display wherever it stands, also from a later cell", () => {
    const { outputs } = collect(
      [0, "display_data", shown("old", "p")],
      [0, "display_data", shown("other", "q")],
      [1, "update_display_data", shown("new", "p")],
    );
    expect(outputs(0)).toEqual([display("new"), display("other")]);
    expect(outputs(1)).toEqual([]);
  });

  test("clears at once, or when the next output comes", () => {
    const before = [0, "display_data", shown("a")] as const;
    expect(collect(before, [0, "clear_output", { wait: false }]).outputs(0)).toEqual([]);
    const waiting = [0, "clear_output", { wait: true }] as const;
    expect(collect(before, waiting).outputs(0)).toEqual([display("a")]);
    expect(collect(before, waiting, [0, "display_data", shown("b")]).outputs(0)).toEqual([
      display("b"),
    ]);
  });

  test("keeps results and errors with what nbformat wants of them, and nothing else", () => {
    const { outputs } = collect(
      [0, "execute_input", { code: "1" }],
      [0, "execute_result", { ...shown("1"), execution_count: 3 }],
      [0, "error", { ename: "E", evalue: "v", traceback: ["E: v"], extra: 1 }],
    );
    expect(outputs(0)).toEqual([
      { ...display("1"), output_type: "execute_result", execution_count: 3 },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
    ]);
  });
});
