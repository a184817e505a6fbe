import { createMessage, createReply, createSender } from "../../../kernel/protocol/message";
import { decode, encode } from "../../../kernel/protocol/wire";

const message = createMessage(createSender("someone"), "kernel_info_request", { a: "ü\u2028" });

describe("decode", () => {
  test("reads what encode wrote, routing prefix and buffers included", () => {
    const routed = { ...message, identities: [Buffer.from("id")], buffers: [Buffer.from([1, 2])] };
    const decoded = decode(encode(routed, "key"), "key");
    expect(decoded).toMatchObject({
      kind: "message",
      message: { header: message.header, content: { a: "ü\u2028" } },
    });
    if (decoded.kind !== "message") throw new Error("refused");
    expect(decoded.message.identities.map(String)).toEqual(["id"]);
    expect([...decoded.message.buffers[0]]).toEqual([1, 2]);
  });

  test("takes any signature where the connection has no key", () => {
    const frames = encode(message, "");
    frames[1] = Buffer.from("whatever");
    expect(decode(frames, "").kind).toBe("message");
  });

  test.each([
    [
      "another key",
      (frames: Buffer[]) => encode(message, "other").map((each, i) => (i === 1 ? each : frames[i])),
      /signature/,
    ],
    [
      "a changed content",
      (frames: Buffer[]) => [...frames.slice(0, 5), Buffer.from("{}")],
      /signature/,
    ],
    ["no delimiter", (frames: Buffer[]) => frames.slice(1), /delimiter/],
    ["too few frames", (frames: Buffer[]) => frames.slice(0, 4), /4 JSON frames expected/],
  ])("refuses %s", (_, spoil, reason) => {
    const decoded = decode(spoil(encode(message, "key")), "key");
    expect(decoded).toEqual({ kind: "refused", reason: expect.stringMatching(reason) as string });
  });

  test.each([
    ["frames that are no JSON", ["{", "{}", "{}", "{}"], /not usable JSON/],
    ["a header that is a list", ["[]", "{}", "{}", "{}"], /not a JSON object/],
    ["a header without a type", ['{"msg_id": "1"}', "{}", "{}", "{}"], /lacks msg_id or msg_type/],
  ])("refuses %s, though signed", (_, parts, reason) => {
    const frames = ["<IDS|MSG>", "", ...parts].map((each) => Buffer.from(each));
    expect(decode(frames, "")).toEqual({
      kind: "refused",
      reason: expect.stringMatching(reason) as string,
    });
  });
});

describe("createReply", () => {
  test("goes back along the routing prefix and names its request", () => {
    const request = { ...message, identities: [Buffer.from("way")] };
    const reply = createReply(createSender("kernel"), "kernel_info_reply", {}, request);
    expect(reply.identities).toBe(request.identities);
    expect(reply.parentHeader).toBe(request.header);
    expect(reply.header.msg_id).not.toBe(request.header.msg_id);
  });
});
