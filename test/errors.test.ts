import { runInNewContext } from "node:vm";
import { messageOf } from "../src/errors";

describe("messageOf", () => {
  test("reads the message of an error of any realm, and of what looks like one", () => {
    expect(messageOf(new TypeError("no such file"))).toBe("no such file");
    expect(messageOf(runInNewContext("new RangeError('too long')"))).toBe("too long");
    expect(messageOf({ message: "said by a thread" })).toBe("said by a thread");
  });

  test("tells what is no error, or says nothing, by its text", () => {
    expect(messageOf("gone")).toBe("gone");
    expect(messageOf(undefined)).toBe("undefined");
    expect(messageOf(null)).toBe("null");
    expect(messageOf({ message: 3, toString: () => "third" })).toBe("third");
    expect(messageOf(new TypeError())).toBe("TypeError");
  });
});
