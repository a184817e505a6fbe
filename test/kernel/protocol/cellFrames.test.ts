import fc from "fast-check";
import { createEventReader, createMark, encodeEvent } from "../../../kernel/protocol/cellFrames";
import type { CellEvent } from "../../../kernel/protocol/cellProtocol";

const event = (text: string): CellEvent => ({ kind: "stream", id: "1", name: "stdout", text });

function read(mark: string, bytes: Buffer, size = bytes.length) {
  const texts: string[] = [];
  const complaints: string[] = [];
  const push = createEventReader(mark, {
    event: (each) => void (each.kind === "stream" && texts.push(each.text)),
    unusable: (reason) => complaints.push(reason),
  });
  for (let start = 0; start < bytes.length; start += size)
    push(bytes.subarray(start, start + size));
  return { texts, complaints };
}

describe("createEventReader", () => {
  test("finds every event of the kernel among whatever a cell has written between them", () => {
    const mark = createMark();
    const garbage = fc.oneof(fc.uint8Array({ maxLength: 30 }), fc.constant(Buffer.from("{}\n")));
    fc.assert(
      fc.property(
        fc.array(garbage, { maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (all, size) => {
          const parts = all.flatMap((each, index) => [
            Buffer.from(each),
            encodeEvent(event(`${index}`), mark),
          ]);
          const { texts } = read(mark, Buffer.concat(parts), size);
          expect(texts).toEqual(all.map((_, index) => `${index}`));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("takes nothing that does not carry the mark, and says how much that was", () => {
    const forged = encodeEvent(event("forged"), createMark());
    expect(read(createMark(), forged)).toEqual({
      texts: [],
      complaints: [expect.stringMatching(`^${forged.length} bytes that a cell wrote`) as string],
    });
  });
});
