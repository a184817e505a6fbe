import { constants, deflateSync } from "node:zlib";
import { ShapeError } from "../../errors";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GREY = 0;
const RED_GREEN_BLUE_ALPHA = 6;
const FILTER_UP = 2;
const INCHES_PER_METRE = 1 / 0.0254;

/**
 * A grey picture as a PNG file: 8 bits a pixel, each row written as its difference to the row
 * above, so that enlarged pixels cost nothing. Equal pixels give equal bytes; runs alone are
 * compressed, which every version of zlib does alike.
 *
 * @param pixels  rows × columns bytes, row-major, 0 black
 * @throws ShapeError if the count of pixels does not fit
 */
export function encodePng(pixels: ArrayLike<number>, rows: number, columns: number): Buffer {
  return encode(pixels, rows, columns, 1);
}

/**
 * A picture in colours as a PNG file, like `encodePng`.
 *
 * @param pixels  rows × columns × 4 bytes, row-major: red, green, blue, opacity
 * @throws ShapeError if the count of bytes does not fit
 */
export function encodeColourPng(pixels: ArrayLike<number>, rows: number, columns: number): Buffer {
  return encode(pixels, rows, columns, 4);
}

function encode(bytes: ArrayLike<number>, rows: number, columns: number, channels: 1 | 4): Buffer {
  if (bytes.length !== rows * columns * channels || rows < 1 || columns < 1) {
    throw new ShapeError(
      `a picture of ${rows} × ${columns} cannot have ${bytes.length / channels} pixels`,
    );
  }
  const width = columns * channels;
  const lines = Buffer.alloc(rows * (width + 1));
  for (let row = 0; row < rows; row++) {
    const start = row * (width + 1);
    lines[start] = FILTER_UP;
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const above = row === 0 ? 0 : (bytes[at - width] ?? 0);
      lines[start + 1 + column] = (bytes[at] ?? 0) - above;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  header.set([8, channels === 1 ? GREY : RED_GREEN_BLUE_ALPHA, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines, { level: 9, strategy: constants.Z_RLE })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A PNG file that says how large it is on paper, so that programs place it at its true size. */
export function withResolution(png: Uint8Array, dotsPerInch: number): Buffer {
  const perMetre = Math.round(dotsPerInch * INCHES_PER_METRE);
  const data = Buffer.alloc(9);
  data.writeUInt32BE(perMetre, 0);
  data.writeUInt32BE(perMetre, 4);
  // The unit: metres.
  data[8] = 1;
  // Behind the header, which has 13 bytes between its frame of 12.
  const headerEnd = SIGNATURE.length + 25;
  const bytes = Buffer.from(png);
  return Buffer.concat([
    bytes.subarray(0, headerEnd),
    chunk("pHYs", data),
    bytes.subarray(headerEnd),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The checksum of PNG (ISO 3309), bit by bit: pictures here are small. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
