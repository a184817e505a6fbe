import type { JsonObject, Message } from "../protocol/message";
import { membersOf } from "../../src/unknownValue";

/** The outputs of a notebook's cells, as the messages of the kernel make them. */
export interface OutputCollector {
  /** Takes a message published for the cell at this index. */
  take(cell: number, message: Message): void;
  outputs(cell: number): readonly JsonObject[];
}

interface Output {
  content: JsonObject;
}

/** The nbformat output of a message, or nothing if it is none. */
function toOutput({ header, content }: Message): JsonObject | undefined {
  switch (header.msg_type) {
    case "stream":
      return { output_type: "stream", name: content.name, text: content.text };
    case "display_data":
      return { output_type: "display_data", data: content.data, metadata: content.metadata };
    case "execute_result":
      return {
        output_type: "execute_result",
        data: content.data,
        metadata: content.metadata,
        execution_count: content.execution_count,
      };
    case "error":
      return {
        output_type: "error",
        ename: content.ename,
        evalue: content.evalue,
        traceback: content.traceback,
      };
    default:
      return undefined;
  }
}

function displayIdOf({ content }: Message): string | undefined {
  const { display_id: id } = membersOf<{ display_id: string }>(content.transient);
  return typeof id === "string" ? id : undefined;
}

/** A collector without outputs. */
export function createOutputCollector(): OutputCollector {
  const cells = new Map<number, Output[]>();
  /** By their ids, so that an update does not go through all cells. */
  const displays = new Map<string, Output[]>();
  /** Cells whose outputs go as soon as the next one comes. */
  const clearing = new Set<number>();
  const outputsOf = (cell: number): Output[] => {
    const outputs = cells.get(cell) ?? [];
    cells.set(cell, outputs);
    return outputs;
  };

  /** Replaces the content of a display wherever it is shown. */
  const update = (message: Message): void => {
    const { data, metadata } = message.content;
    for (const output of displays.get(displayIdOf(message) ?? "") ?? [])
      output.content = { ...output.content, data, metadata };
  };

  const append = (cell: number, content: JsonObject, displayId: string | undefined): void => {
    if (clearing.delete(cell)) cells.set(cell, []);
    const outputs = outputsOf(cell);
    const last = outputs.at(-1);
    // Text of one stream is one output, however many messages it came in.
    if (
      content.output_type === "stream" &&
      last?.content.output_type === "stream" &&
      last.content.name === content.name
    ) {
      const text = String(last.content.text) + String(content.text);
      last.content = { ...last.content, text };
      return;
    }
    const output = { content };
    outputs.push(output);
    if (displayId === undefined) return;
    displays.set(displayId, [...(displays.get(displayId) ?? []), output]);
  };

  return {
    take: (cell, message) => {
      const type = message.header.msg_type;
      if (type === "update_display_data") return update(message);
      if (type === "clear_output") {
        if (message.content.wait === true) clearing.add(cell);
        else cells.set(cell, []);
        return;
      }
      const content = toOutput(message);
      if (content !== undefined) append(cell, content, displayIdOf(message));
    },
    outputs: (cell) => outputsOf(cell).map(({ content }) => content),
  };
}
