import { Writable } from "node:stream";
import { createLog } from "../../../kernel/server/log";

/** A stderr that nobody reads: it takes what is written and never says that it is done. */
function createUnread() {
  const taken: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string) => void taken.push(chunk),
  });
  // The log needs of stderr only what every writable stream has.
  return { taken, stderr: stream as unknown as NodeJS.WriteStream };
}

describe("createLog", () => {
  test("keeps no more than 64 KB for a reader who does not come", () => {
    const { stderr } = createUnread();
    const log = createLog(stderr);
    for (let i = 0; i < 1000; i++) log.write("x".repeat(1000));
    expect(stderr.writableLength).toBeLessThan(70_000);
  });

  test("names the first 20 refused messages, then one at each doubling", () => {
    const lines: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write: (chunk: string, _, done) => {
        lines.push(chunk);
        done();
      },
    });
    const log = createLog(stream as unknown as NodeJS.WriteStream);
    for (let i = 0; i < 1000; i++) log.refused("shell", "no reason");
    expect(lines).toHaveLength(20 + 5);
    expect(lines.at(-1)).toMatch(/shell ignored: no reason \(the 512th that was refused\)/);
  });

  test("outlives a reader who has gone", async () => {
    const stream = new Writable({ write: (_, __, done) => done(new Error("EPIPE")) });
    const log = createLog(stream as unknown as NodeJS.WriteStream);
    log.write("one");
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => log.write("two")).not.toThrow();
  });
});
