import { randomUUID } from "node:crypto";

/** A JSON object as it stands in a message. */
export type JsonObject = { [key: string]: unknown };

/** The header of a Jupyter message (Jupyter messaging protocol 5.3). */
export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** One Jupyter message, without its signature. */
export interface Message {
  /** Routing prefix of a ROUTER socket; for a message to be published, its topic. */
  readonly identities: readonly Buffer[];
  readonly header: MessageHeader;
  readonly parentHeader: MessageHeader | Record<string, never>;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Buffer[];
}

/** The version of the messaging protocol that the kernel and the headless client speak. */
export const PROTOCOL_VERSION = "5.3";

/** Who sends: one session for the life of a process. */
export interface Sender {
  readonly session: string;
  readonly username: string;
}

/** A fresh session, as each kernel process and each client has one. */
export function createSender(username: string): Sender {
  return { session: randomUUID(), username };
}

/** A new message from this sender; `parent` is the request that it answers or belongs to. */
export function createMessage(
  sender: Sender,
  type: string,
  content: JsonObject,
  parent?: Message,
): Message {
  return {
    identities: [],
    header: {
      msg_id: randomUUID(),
      msg_type: type,
      session: sender.session,
      username: sender.username,
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    },
    parentHeader: parent?.header ?? {},
    metadata: {},
    content,
    buffers: [],
  };
}

/** The reply to a request: it goes back along the request's routing prefix. */
export function createReply(
  sender: Sender,
  type: string,
  content: JsonObject,
  request: Message,
): Message {
  return { ...createMessage(sender, type, content, request), identities: request.identities };
}
