import { parseNpy } from "../../../src/dataset/format/npy";
import { FormatError } from "../../../src/errors";
import { formatNpy } from "../../../src/numeric/npy";

/** A file as `numpy.save` writes it: prefix, header padded to 64 bytes, then the elements. */
function npy(header: string, elements: Uint8Array, version = 1): Uint8Array {
  const prefix = version === 1 ? 10 : 12;
  const size = Math.ceil((prefix + header.length + 1) / 64) * 64 - prefix;
  const length = Buffer.alloc(prefix - 8);
  if (version === 1) length.writeUInt16LE(size);
  else length.writeUInt32LE(size);
  const start = Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from("NUMPY"),
    Buffer.from([version, 0]),
  ]);
  return Buffer.concat([start, length, Buffer.from(`${header.padEnd(size - 1)}\n`), elements]);
}

const headerOf = (descr: string, shape: string, order = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replace(/\s/g, ""), "hex");

// np.arange(3, dtype='<f4') / 2, as numpy 1.26 writes it, byte for byte.
const GOLDEN =
  "93 4e 55 4d 50 59 01 00 76 00" +
  Buffer.from(headerOf("<f4", "(3,)").padEnd(117) + "\n").toString("hex") +
  "00 00 00 00 00 00 00 3f 00 00 80 3f";

describe("parseNpy", () => {
  test("reads the bytes that numpy.save writes", () => {
    const { shape, values } = parseNpy(bytesOf(GOLDEN), "x");
    expect([shape, [...values]]).toEqual([[3], [0, 0.5, 1]]);
  });

  test.each([
    ["<f8", "000000000000f03f 9a9999999999b9bf", [1, -0.1]],
    [">f8", "3ff0000000000000 bfb999999999999a", [1, -0.1]],
    [">f4", "3f800000 bf000000", [1, -0.5]],
    ["|u1", "00 ff", [0, 255]],
    ["|i1", "00 ff", [0, -1]],
    ["<i2", "feff 0100", [-2, 1]],
    [">u4", "00000002 ffffffff", [2, 4294967295]],
    ["<i8", "0700000000000000 ffffffffffffffff", [7, -1]],
  ])("reads elements of type %s", (descr, hex, expected) => {
    expect([...parseNpy(npy(headerOf(descr, "(2,)"), bytesOf(hex)), "x").values]).toEqual(expected);
  });

  test("puts the order of Fortran into that of C", () => {
    // a[i][j][k] = 100 i + 10 j + k of shape (2, 1, 3), the first index fastest.
    const elements = Uint8Array.of(0, 100, 1, 101, 2, 102);
    const file = npy(headerOf("|u1", "(2, 1, 3)", "True"), elements);
    const { shape, values } = parseNpy(file, "x");
    expect([shape, [...values]]).toEqual([
      [2, 1, 3],
      [0, 1, 2, 100, 101, 102],
    ]);
  });

  test("reads versions 2 and 3, any order of keys, and what formatNpy writes", () => {
    const header = "{'shape': (1, 2), 'fortran_order': False, 'descr': '|u1'}";
    for (const version of [2, 3]) {
      const read = parseNpy(npy(header, Uint8Array.of(3, 4), version), "x");
      expect([read.shape, [...read.values]]).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
    const own = parseNpy(formatNpy([Float64Array.of(0.1, -2)], 2), "x");
    expect([own.shape, [...own.values]]).toEqual([
      [1, 2],
      [0.1, -2],
    ]);
  });

  test.each([
    ["another file", bytesOf("89504e47 0d0a1a0a 0000"), /expected a NumPy file/],
    ["an empty file", new Uint8Array(0), /expected a NumPy file.*0 bytes/],
    ["an unknown version", npy(headerOf("<f4", "(0,)"), new Uint8Array(0), 4), /found version 4/],
    ["a header cut short", bytesOf(GOLDEN).subarray(0, 60), /a header of 128 bytes, found 60/],
    ["elements cut short", bytesOf(GOLDEN).subarray(0, 139), /found 139; is it cut short\?/],
    ["more than the shape says", Buffer.concat([bytesOf(GOLDEN), Buffer.of(0)]), /found 141/],
    ["complex numbers", npy(headerOf("<c8", "(1,)"), new Uint8Array(8)), /<c8.*astype/],
    ["objects", npy(headerOf("|O", "(1,)"), new Uint8Array(8)), /\|O/],
    ["an order that nobody knows", npy(headerOf("=f8", "(1,)"), new Uint8Array(8)), /=f8/],
    [
      "records",
      npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", new Uint8Array(8)),
      /expected a header/,
    ],
    [
      "a key twice",
      npy("{'descr': '<f8', 'descr': '<f8', 'shape': (0,)}", new Uint8Array(0)),
      /expected a header/,
    ],
    [
      "a missing key",
      npy("{'descr': '<f8', 'shape': (0,)}", new Uint8Array(0)),
      /expected a header/,
    ],
    [
      "words behind the header",
      npy(`${headerOf("|u1", "(0,)")} or`, new Uint8Array(0)),
      /expected a header/,
    ],
    ["a negative length", npy(headerOf("<f8", "(-1,)"), new Uint8Array(8)), /expected a header/],
    ["integers beyond 2^53", npy(headerOf("<u8", "(1,)"), bytesOf("ffffffffffffffff")), /2\^53/],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseNpy(bytes, "points 'x.npy'")).toThrow(FormatError);
    expect(() => parseNpy(bytes, "points 'x.npy'")).toThrow(message);
    expect(() => parseNpy(bytes, "points 'x.npy'")).toThrow(/^points 'x\.npy': /);
  });
});
