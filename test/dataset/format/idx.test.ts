import { gzipSync } from "node:zlib";
import { parseIdx } from "../../../src/dataset/format/idx";
import { FormatError } from "../../../src/errors";
import { idxBytes } from "./idxBytes";

const context = { role: "training images", rank: 3 };
const values = Array.from({ length: 12 }, (_, index) => index * 20);
const valid = idxBytes([2, 2, 3], values);

function refusal(bytes: Uint8Array, where: object = {}): string {
  try {
    parseIdx(bytes, { ...context, ...where });
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error("the file was accepted");
}

describe("parseIdx", () => {
  test("reads sizes and values of a plain file", () => {
    const array = parseIdx(valid, context);
    expect(array.dims).toEqual([2, 2, 3]);
    expect(Array.from(array.data)).toEqual(values);
  });

  test("reads the same from a gzip file", () => {
    expect(parseIdx(gzipSync(valid), context)).toEqual(parseIdx(valid, context));
  });

  test("reads a view that starts in the middle of a buffer", () => {
    const shifted = new Uint8Array(valid.length + 5);
    shifted.set(valid, 5);
    expect(parseIdx(shifted.subarray(5), context)).toEqual(parseIdx(valid, context));
  });

  test("refuses an empty file", () => {
    expect(refusal(new Uint8Array(0))).toMatch(/training images, at byte 0: expected a header/);
  });

  test("refuses a file that is something else", () => {
    const message = refusal(new TextEncoder().encode("<!DOCTYPE html>"));
    expect(message).toMatch(/at byte 0: expected an IDX header .* found bytes 3c 21 44 4f; fetch/);
  });

  test("refuses another element type, by name", () => {
    const floats = valid.slice();
    floats[2] = 0x0d;
    expect(refusal(floats)).toMatch(/at byte 2: expected element type 08 .* found 0d \(binary32\)/);
  });

  test("refuses labels where images are expected", () => {
    const message = refusal(idxBytes([3], [1, 2, 3]));
    expect(message).toMatch(
      /at byte 3: expected 3 dimensions \(images\), found 1 dimension \(labels\)/,
    );
  });

  test("refuses a header that is cut short", () => {
    expect(refusal(valid.subarray(0, 9))).toMatch(/at byte 9: expected a header of 16 bytes/);
  });

  test("refuses values that are cut short, at the offset where the file ends", () => {
    const message = refusal(valid.subarray(0, 20));
    expect(message).toMatch(/at byte 20: expected 12 values after the header, found only 4/);
  });

  test("refuses trailing bytes, at the offset where they start", () => {
    const longer = Uint8Array.from([...valid, 7, 7]);
    expect(refusal(longer)).toMatch(/at byte 28: expected the end of the file, found 2 more bytes/);
  });

  test("refuses other sizes than the caller expects", () => {
    const message = refusal(valid, { dims: [2, 3, 3] });
    expect(message).toMatch(/at byte 8: expected sizes 2 × 3 × 3, found 2 × 2 × 3/);
  });

  test("refuses sizes whose product no file could hold", () => {
    const huge = idxBytes([0xffffffff, 0xffffffff, 0xffffffff], []);
    expect(refusal(huge)).toMatch(/at byte 16: expected .* values after the header, found only 0/);
  });

  test("refuses a gzip file that is cut short, at the offset where it ends", () => {
    const packed = gzipSync(valid);
    const message = refusal(packed.subarray(0, packed.length - 9));
    expect(message).toMatch(
      new RegExp(`at packed byte ${packed.length - 9}: expected an intact gzip stream`),
    );
  });

  test("refuses a gzip file with a spoiled byte, near its offset", () => {
    const noise = Uint8Array.from(
      { length: 60000 },
      (_, index) => (index * index * 31 + (index >> 3)) & 255,
    );
    const packed = Uint8Array.from(gzipSync(idxBytes([60000], noise)));
    const spoilt = Math.floor(packed.length / 2);
    packed.fill(0xff, spoilt, spoilt + 64);
    const message = refusal(packed, { rank: 1 });
    const offset = Number(/at packed byte (?:about )?(\d+)/.exec(message)?.[1]);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(packed.length);
  });

  test("refuses a gzip file whose checksum does not fit its content", () => {
    const packed = Uint8Array.from(gzipSync(valid));
    packed[packed.length - 6] = packed[packed.length - 6] ^ 1;
    expect(refusal(packed)).toMatch(/expected an intact gzip stream, found incorrect data check/);
  });

  test("refuses bytes after the gzip stream", () => {
    const packed = gzipSync(valid);
    const zeros = refusal(Uint8Array.from([...packed, 0, 0, 0]));
    expect(zeros).toMatch(`at packed byte ${packed.length}: expected the end of the gzip stream`);
    const others = refusal(Uint8Array.from([...packed, 1, 2, 3]));
    expect(others).toMatch(/expected an intact gzip stream, found incorrect header check/);
  });

  test("repeats the caller's advice", () => {
    expect(refusal(new Uint8Array(1), { advice: "ask Ada" })).toMatch(/; ask Ada$/);
  });
});
