import { crc32, deflateSync } from "node:zlib";
import { PALETTE } from "../../src/present/figure/theme";

type Point = readonly [x: number, y: number];

/** The logo in the unit square: a line, and the staircase that rounding makes of it. */
const CORNER = 0.18;
const LINE: readonly Point[] = [
  [0.2, 0.8],
  [0.8, 0.2],
];
const STAIRCASE: readonly Point[] = [
  [0.2, 0.8],
  [0.35, 0.8],
  [0.35, 0.6],
  [0.5, 0.6],
  [0.5, 0.4],
  [0.65, 0.4],
  [0.65, 0.2],
  [0.8, 0.2],
];
const LINE_WIDTH = 0.05;
const STAIRCASE_WIDTH = 0.085;
const WHITE = "#FFFFFF";

/** The logo as a vector graphic. */
export function logoSvg(): string {
  const path = (points: readonly Point[], colour: string, width: number): string =>
    `<polyline points="${points.map((point) => point.map((each) => 64 * each).join(",")).join(" ")}" ` +
    `fill="none" stroke="${colour}" stroke-width="${64 * width}" stroke-linejoin="round" stroke-linecap="round"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">`,
    `<rect width="64" height="64" rx="${64 * CORNER}" fill="${PALETTE.blue}"/>`,
    path(LINE, PALETTE.yellow, LINE_WIDTH),
    path(STAIRCASE, WHITE, STAIRCASE_WIDTH),
    `</svg>`,
    "",
  ].join("\n");
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - nearest * (bx - ax), y - ay - nearest * (by - ay));
}

function isOnPath(point: Point, points: readonly Point[], width: number): boolean {
  return points.some(
    (start, index) =>
      index + 1 < points.length && distanceToSegment(point, start, points[index + 1]) <= width / 2,
  );
}

function isInSquare([x, y]: Point): boolean {
  const overshoot = (value: number): number => Math.max(0, Math.abs(value - 0.5) - (0.5 - CORNER));
  return Math.hypot(overshoot(x), overshoot(y)) <= CORNER;
}

function colourAt(point: Point): string | undefined {
  if (!isInSquare(point)) return undefined;
  if (isOnPath(point, STAIRCASE, STAIRCASE_WIDTH)) return WHITE;
  return isOnPath(point, LINE, LINE_WIDTH) ? PALETTE.yellow : PALETTE.blue;
}

/** Red, green, blue and opacity of a pixel: the mean over points spread within it. */
function pixelAt(row: number, column: number, size: number): number[] {
  const samples = 4;
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < samples * samples; i++) {
    const x = (column + ((i % samples) + 0.5) / samples) / size;
    const y = (row + (Math.floor(i / samples) + 0.5) / samples) / size;
    const colour = colourAt([x, y]);
    if (colour === undefined) continue;
    for (let part = 0; part < 3; part++)
      sum[part] += parseInt(colour.slice(1 + 2 * part, 3 + 2 * part), 16);
    sum[3]++;
  }
  const opaque = Math.max(1, sum[3]);
  return [sum[0] / opaque, sum[1] / opaque, sum[2] / opaque, (255 * sum[3]) / samples ** 2];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The logo as a PNG of size x size pixels, in colour on transparent ground. */
export function logoPng(size: number): Buffer {
  const stride = 4 * size + 1;
  const rows = Buffer.alloc(stride * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      rows.set(pixelAt(row, column, size).map(Math.round), row * stride + 1 + 4 * column);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, colour with opacity.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
