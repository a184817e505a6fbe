import type { StreamName } from "../protocol/cellProtocol";
import { createMessage, type JsonObject, type Message, type Sender } from "../protocol/message";

/** Publishes what cells put out; text of streams is gathered for a moment, the order is kept. */
export interface Outputs {
  stream(name: StreamName, text: string, parent: Message): void;
  publish(type: string, content: JsonObject, parent: Message | undefined): void;
}

/** How long text waits for more, and how much of it goes at once at the latest. */
const GATHER_MILLISECONDS = 8;
const GATHER_SIZE = 1 << 16;

/** An `Outputs` that hands its messages to `publish`. */
export function createOutputs(sender: Sender, publish: (message: Message) => void): Outputs {
  let pending: { name: StreamName; parent: Message; texts: string[]; size: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    if (pending === undefined) return;
    const { name, parent, texts } = pending;
    pending = undefined;
    publish(createMessage(sender, "stream", { name, text: texts.join("") }, parent));
  };

  return {
    stream: (name, text, parent) => {
      if (text === "") return;
      if (pending?.name !== name || pending.parent !== parent) {
        flush();
        pending = { name, parent, texts: [], size: 0 };
      }
      pending.texts.push(text);
      pending.size += text.length;
      if (pending.size >= GATHER_SIZE) flush();
      else timer ??= setTimeout(flush, GATHER_MILLISECONDS);
    },
    publish: (type, content, parent) => {
      flush();
      publish(createMessage(sender, type, content, parent));
    },
  };
}
