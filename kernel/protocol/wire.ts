import { createHmac, timingSafeEqual } from "node:crypto";
import type { JsonObject, Message, MessageHeader } from "./message";
import { isNestedTooDeep, NESTING_LIMIT } from "./nesting";
import { isObject } from "../../src/unknownValue";
import { messageOf } from "../../src/errors";

/**
 * The wire format: routing prefix, delimiter, signature, then header, parent header, metadata and
 * content as JSON, then raw buffers, each part one ZeroMQ frame.
 */
const DELIMITER = Buffer.from("<IDS|MSG>");

/** Frames read from outside: a message with its signature, or the reason why they are none. */
export type Decoded =
  | { readonly kind: "message"; readonly message: Message; readonly signature: string }
  | { readonly kind: "refused"; readonly reason: string };

/** HMAC-SHA256 over the four JSON frames, in hexadecimal; empty if the connection has no key. */
function sign(key: string, parts: readonly Buffer[]): string {
  if (key === "") return "";
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function isSignatureValid(key: string, signature: Buffer, parts: readonly Buffer[]): boolean {
  if (key === "") return true;
  const expected = Buffer.from(sign(key, parts));
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

/** The frames of a message, signed with the connection's key. */
export function encode(message: Message, key: string): Buffer[] {
  const parts = [message.header, message.parentHeader, message.metadata, message.content].map(
    (part) => Buffer.from(JSON.stringify(part)),
  );
  const signature = Buffer.from(sign(key, parts));
  return [...message.identities, DELIMITER, signature, ...parts, ...message.buffers];
}

function parseObject(frame: Buffer, name: string): JsonObject {
  const text = frame.toString("utf8");
  if (isNestedTooDeep(text))
    throw new SyntaxError(`${name} is nested deeper than ${NESTING_LIMIT} levels`);
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError(`${name} is not a JSON object`);
  return value;
}

function isHeader(value: JsonObject): value is JsonObject & MessageHeader {
  return typeof value.msg_id === "string" && typeof value.msg_type === "string";
}

/** Reads frames; anything malformed or wrongly signed is refused with a reason, never thrown. */
export function decode(frames: readonly Buffer[], key: string): Decoded {
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (start < 0) return { kind: "refused", reason: "no <IDS|MSG> delimiter among the frames" };
  const parts = frames.slice(start + 2, start + 6);
  if (parts.length < 4)
    return {
      kind: "refused",
      reason: `4 JSON frames expected after the signature, found ${parts.length}`,
    };
  if (!isSignatureValid(key, frames[start + 1], parts))
    return { kind: "refused", reason: "the signature does not fit the connection's key" };
  try {
    const header = parseObject(parts[0], "header");
    if (!isHeader(header))
      return { kind: "refused", reason: "the header lacks msg_id or msg_type" };
    const message: Message = {
      identities: frames.slice(0, start),
      header,
      // A parent header is only ever echoed, so its fields need no check.
      parentHeader: parseObject(parts[1], "parent header") as unknown as MessageHeader,
      metadata: parseObject(parts[2], "metadata"),
      content: parseObject(parts[3], "content"),
      buffers: frames.slice(start + 6),
    };
    return { kind: "message", message, signature: frames[start + 1].toString("latin1") };
  } catch (error) {
    return { kind: "refused", reason: `a frame is not usable JSON: ${messageOf(error)}` };
  }
}
