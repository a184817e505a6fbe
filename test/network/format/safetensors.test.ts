import fc from "fast-check";
import { parseSafetensors, serialiseSafetensors } from "../../../src/network/format/safetensors";
import { FormatError } from "../../../src/errors";
import { binary32, safetensorsBytes, tensorsBytes } from "./safetensorsBytes";

const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };

function refusal(bytes: Uint8Array): string {
  try {
    parseSafetensors(bytes, "net.safetensors");
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toMatch(/^net\.safetensors: /);
    return (error as Error).message;
  }
  throw new Error("the file was accepted");
}

describe("parseSafetensors", () => {
  test("reads names, shapes, values and metadata", () => {
    const bytes = tensorsBytes(
      { a: { shape: [2, 2], values: [1, 2, 3, 4] }, b: { shape: [1], values: [-0.5] } },
      { by: "hand" },
    );
    expect(parseSafetensors(bytes, "test")).toEqual({
      tensors: [
        { name: "a", shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) },
        { name: "b", shape: [1], values: Float64Array.of(-0.5) },
      ],
      metadata: { by: "hand" },
    });
  });

  test("reads binary64, binary16 and bfloat16", () => {
    const data = Buffer.alloc(12);
    data.writeDoubleLE(0.1, 0);
    data.writeUInt16LE(0x3555, 8); // binary16 of a third
    data.writeUInt16LE(0x4049, 10); // bfloat16 of pi
    const header = {
      d: { dtype: "F64", shape: [1], data_offsets: [0, 8] },
      h: { dtype: "F16", shape: [1], data_offsets: [8, 10] },
      b: { dtype: "BF16", shape: [], data_offsets: [10, 12] },
    };
    const { tensors } = parseSafetensors(safetensorsBytes(header, new Uint8Array(data)), "test");
    expect(tensors.map((tensor) => tensor.values[0])).toEqual([0.1, 0.333251953125, 3.140625]);
  });

  test("reads tensors whose header order is not their data order, and data at odd offsets", () => {
    const header = {
      late: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
      early: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
    };
    const text = JSON.stringify(header) + " ";
    for (const padded of [text, text + " ", text + "  "]) {
      const bytes = safetensorsBytes(padded, binary32(1.5, 2.5));
      const { tensors } = parseSafetensors(bytes, "test");
      expect(tensors.map(({ name, values }) => [name, values[0]])).toEqual([
        ["early", 1.5],
        ["late", 2.5],
      ]);
    }
  });

  test("refuses a file shorter than its header's size", () => {
    expect(refusal(new Uint8Array(7))).toMatch(/at least 8 bytes, found 7/);
  });

  test("refuses a header longer than the file", () => {
    const bytes = safetensorsBytes({ a: entry }, binary32(1, 2));
    bytes[4] = 1;
    expect(refusal(bytes)).toMatch(/the header is 4294\d+ bytes long .* but only \d+ follow/);
  });

  test("refuses a header that is no JSON object", () => {
    expect(refusal(safetensorsBytes("{oops"))).toMatch(/bytes 8 to 13 are no JSON header/);
    expect(refusal(safetensorsBytes([]))).toMatch(/must be a JSON object/);
  });

  test("refuses an unknown dtype by name", () => {
    const bytes = safetensorsBytes({ a: { ...entry, dtype: "C64" } }, binary32(1, 2));
    expect(refusal(bytes)).toMatch(/tensor a has dtype "C64", expected one of F64/);
    const whole = { dtype: "I64", shape: [2], data_offsets: [0, 16] };
    expect(refusal(safetensorsBytes({ a: whole }, binary32(1, 2, 3, 4)))).toMatch(
      /tensor a has dtype "I64", expected one of F64, F32, F16, BF16/,
    );
  });

  test.each([
    ["a shape that is no list of sizes", { shape: [2.5] }, /tensor a has shape \[2.5\]/],
    ["a negative size", { shape: [-2] }, /tensor a has shape \[-2\]/],
    [
      "offsets that are no pair",
      { data_offsets: [0] },
      /data_offsets \[0\], expected \[begin, end\]/,
    ],
    ["offsets in the wrong order", { data_offsets: [8, 0] }, /data bytes 8 to 0/],
    ["offsets beyond the file", { data_offsets: [0, 800] }, /data bytes 0 to 800, but there are 8/],
    ["a shape that needs more data", { shape: [3] }, /shape \[3\] needs 12 bytes, found 8/],
  ])("refuses %s", (_, change, message) => {
    const bytes = safetensorsBytes({ a: { ...entry, ...change } }, binary32(1, 2));
    expect(refusal(bytes)).toMatch(message);
  });

  test("refuses a file that is cut short", () => {
    const bytes = safetensorsBytes({ a: entry }, binary32(1, 2));
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toMatch(
      /there are 7; is the file cut short/,
    );
  });

  test("refuses trailing bytes and says how many", () => {
    const bytes = safetensorsBytes({ a: entry }, binary32(1, 2, 3));
    expect(refusal(bytes)).toMatch(/4 trailing bytes after tensor a, which ends at data byte 8/);
  });

  test("refuses overlapping tensors", () => {
    const header = { a: entry, b: { ...entry, data_offsets: [4, 12] } };
    expect(refusal(safetensorsBytes(header, binary32(1, 2, 3)))).toMatch(
      /tensor b overlaps tensor a: expected to begin at data byte 8, found 4/,
    );
  });

  test("refuses a gap between tensors", () => {
    const header = { a: entry, b: { ...entry, data_offsets: [12, 20] } };
    expect(refusal(safetensorsBytes(header, binary32(1, 2, 3, 4, 5)))).toMatch(
      /tensor b leaves a gap after tensor a/,
    );
  });

  test("refuses metadata that are no texts", () => {
    const bytes = safetensorsBytes({ __metadata__: { epochs: 3 } });
    expect(refusal(bytes)).toMatch(/__metadata__ must hold texts only/);
  });
});

describe("serialiseSafetensors", () => {
  const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 8 });

  test.each(["F32", "F64"] as const)("is undone by parseSafetensors (%s)", (precision) => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 4 }), fc.string(), (lists, note) => {
        const file = {
          tensors: lists.map((list, index) => ({
            name: `t${index}`,
            shape: [list.length],
            values: Float64Array.from(list),
          })),
          metadata: { note },
        };
        expect(parseSafetensors(serialiseSafetensors(file, precision), "test")).toEqual(file);
      }),
      { seed: 20250916, numRuns: 200 },
    );
  });

  test("starts the data at a multiple of eight", () => {
    for (const note of ["", "1", "22", "333", "4444"]) {
      const bytes = serialiseSafetensors({ tensors: [], metadata: { note } }, "F32");
      expect(bytes.length % 8).toBe(0);
    }
  });

  test("rounds to binary32 on request and keeps binary64 otherwise", () => {
    const file = {
      tensors: [{ name: "a", shape: [1], values: Float64Array.of(0.1) }],
      metadata: {},
    };
    const back = (precision: "F32" | "F64") =>
      parseSafetensors(serialiseSafetensors(file, precision), "test").tensors[0]?.values[0];
    expect(back("F32")).toBe(Math.fround(0.1));
    expect(back("F64")).toBe(0.1);
  });

  test("refuses a value that has no finite binary32", () => {
    const values = Float64Array.of(0, 1e39);
    const file = { tensors: [{ name: "a", shape: [2], values }], metadata: {} };
    expect(() => serialiseSafetensors(file, "F32")).toThrow(
      /tensor a, value 1: 1e\+39 has no finite F32/,
    );
    expect(serialiseSafetensors(file, "F64").length).toBeGreaterThan(16);
  });

  test("refuses a shape that does not fit the values", () => {
    const file = {
      tensors: [{ name: "a", shape: [3], values: new Float64Array(2) }],
      metadata: {},
    };
    expect(() => serialiseSafetensors(file, "F32")).toThrow(/shape \[3\] has 2 values/);
  });
});
