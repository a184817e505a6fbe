import { inflateSync } from "node:zlib";

/** Reads a PNG of one data chunk whose rows are written as differences, grey or with opacity. */
export function decodePng(png: Buffer): { rows: number; columns: number; pixels: number[] } {
  const columns = png.readUInt32BE(16);
  const rows = png.readUInt32BE(20);
  const width = columns * (png[25] === 6 ? 4 : 1);
  const length = png.readUInt32BE(33);
  const lines = inflateSync(png.subarray(41, 41 + length));
  const pixels: number[] = [];
  for (let row = 0; row < rows; row++) {
    expect(lines[row * (width + 1)]).toBe(2);
    for (let column = 0; column < width; column++) {
      const above = row === 0 ? 0 : (pixels[(row - 1) * width + column] ?? 0);
      pixels.push(((lines[row * (width + 1) + 1 + column] ?? 0) + above) & 255);
    }
  }
  return { rows, columns, pixels };
}
