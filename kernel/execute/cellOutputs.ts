import type { JsonObject, Message } from "../protocol/message";

/** The outputs of a notebook's cells, as the messages of the kernel make them. */
export interface OutputCollector {
  /** Takes a message published for the cell at this index. */
  take(cell: number, message: Message): void;
  outputs(cell: number): readonly JsonObject[];
}

interface Output {
  readonly content: JsonObject;
  readonly displayId: string | undefined;
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
  const transient = content.transient as { display_id?: string } | undefined;
  return transient?.display_id;
}

/** A collector without outputs. */
export function createOutputCollector(): OutputCollector {
  const cells = new Map<number, Output[]>();
  /** Cells whose outputs go as soon as the next one comes. */
  const clearing = new Set<number>();
  const outputsOf = (cell: number): Output[] => {
    const outputs = cells.get(cell) ?? [];
    cells.set(cell, outputs);
    return outputs;
  };

  /** Replaces the content of a display wherever it is shown. */
  const update = (message: Message): void => {
    const displayId = displayIdOf(message);
    const { data, metadata } = message.content;
    for (const outputs of cells.values())
      outputs.forEach((output, index) => {
        if (output.displayId === displayId)
          outputs[index] = { displayId, content: { ...output.content, data, metadata } };
      });
  };

  const append = (cell: number, content: JsonObject, displayId: string | undefined): void => {
    if (clearing.delete(cell)) cells.set(cell, []);
    const outputs = outputsOf(cell);
    const last = outputs.at(-1)?.content;
    // Text of one stream is one output, however many messages it came in.
    if (
      content.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === content.name
    ) {
      const text = String(last.text) + String(content.text);
      outputs[outputs.length - 1] = { displayId: undefined, content: { ...last, text } };
    } else outputs.push({ content, displayId });
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
