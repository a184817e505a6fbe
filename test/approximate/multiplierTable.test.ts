import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMultiplier } from "../../src/approximate/loadMultiplier";
import {
  createMultiplier,
  multiplierError,
  parseMultiplier,
} from "../../src/approximate/multiplierTable";
import { ArgumentError, FormatError } from "../../src/errors";

const folder = mkdtempSync(join(tmpdir(), "roundlab-multiplier-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file of a rule, as bytes. */
function bytesOf(product: (a: number, b: number) => number): Buffer {
  const bytes = Buffer.alloc(131_072);
  for (let index = 0; index < 65_536; index++) {
    bytes.writeUInt16LE(product(index >> 8, index & 255) & 0xffff, 2 * index);
  }
  return bytes;
}

const signedByte = (byte: number): number => (byte > 127 ? byte - 256 : byte);

describe("a multiplier's table", () => {
  test("of a file has the first operand in the upper byte, and the sign that is said", () => {
    const unsigned = parseMultiplier(
      bytesOf((a, b) => a * b + a),
      "u",
      false,
    );
    expect(multiplierError(unsigned, 200, 100)).toBe(200);
    const signed = parseMultiplier(
      bytesOf((a, b) => signedByte(a) * signedByte(b) - 3),
      "s",
      true,
    );
    expect(multiplierError(signed, -128, 127)).toBe(-3);
    expect(multiplierError(signed, 127, -1)).toBe(-3);
  });

  test("of a rule is what the rule says", () => {
    const rule = (a: number, b: number): number => a * b - (a & 1);
    const made = createMultiplier("m", true, rule);
    expect(multiplierError(made, -3, 5)).toBe(-1);
    expect(createMultiplier("m", true, made.products)).toEqual(made);
  });

  test("needs all products, whole ones", () => {
    expect(() => createMultiplier("m", false, [1, 2])).toThrow(/needs 65536 products, found 2/);
    expect(() => createMultiplier("m", false, (a, b) => (a * b) / 2)).toThrow(ArgumentError);
    expect(() => parseMultiplier(new Uint8Array(10), "m.bin", false)).toThrow(FormatError);
  });

  test("of a file whose name does not say whether it is signed asks for that", async () => {
    const [known, unknown] = ["mul8u_X.bin", "mine.bin"].map((name) => join(folder, name));
    for (const file of [known, unknown])
      writeFileSync(
        file,
        bytesOf((a, b) => a * b),
      );
    expect(await loadMultiplier(known)).toMatchObject({ name: "mul8u_X", signed: false });
    await expect(loadMultiplier(unknown)).rejects.toThrow("give { signed: true }");
    expect(await loadMultiplier(unknown, { signed: true })).toMatchObject({ signed: true });
  });
});
