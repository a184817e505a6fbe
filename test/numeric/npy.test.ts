import { spawnSync } from "node:child_process";
import { ShapeError } from "../../src/errors";
import { formatNpy } from "../../src/numeric/npy";

const rows = [Float64Array.of(0.1, -2, 5e-324), Float64Array.of(1, 0, 255)];

describe("formatNpy", () => {
  test("writes the prefix, a header that ends at a multiple of 64, then the values in order", () => {
    const bytes = formatNpy(rows, 3);
    expect([...bytes.slice(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const view = new DataView(bytes.buffer);
    const start = 10 + view.getUint16(8, true);
    expect(start % 64).toBe(0);
    const header = Buffer.from(bytes.slice(10, start)).toString("ascii");
    expect(header.trimEnd()).toBe("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }");
    expect(header.endsWith("\n")).toBe(true);
    expect(bytes.length).toBe(start + 8 * 6);
    const values = [0, 1, 2, 3, 4, 5].map((index) => view.getFloat64(start + 8 * index, true));
    expect(values).toEqual([0.1, -2, 5e-324, 1, 0, 255]);
  });

  test("has no rows where there are none", () => {
    expect(formatNpy([], 784).length % 64).toBe(0);
  });

  test("refuses rows of another length, by number", () => {
    expect(() => formatNpy([rows[0], Float64Array.of(1)], 3)).toThrow(ShapeError);
    expect(() => formatNpy([rows[0], Float64Array.of(1)], 3)).toThrow(/row 1 has 1 values/);
  });

  const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
  (hasNumpy ? test : test.skip)("is read by NumPy to the last bit (needs numpy)", () => {
    const program =
      "import sys, io, numpy; a = numpy.load(io.BytesIO(sys.stdin.buffer.read())); " +
      "print(a.shape, a.dtype, [x.hex() for x in a.ravel()])";
    const { stdout } = spawnSync("python3", ["-c", program], { input: formatNpy(rows, 3) });
    expect(stdout.toString()).toContain("(2, 3) float64");
    expect(stdout.toString()).toContain((0.1).toString() === "0.1" ? "0x1.999999999999ap-4" : "");
  });
});
