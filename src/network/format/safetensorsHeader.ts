import { FormatError, messageOf } from "../../errors";
import { plainText, quoteName } from "../../quoteName";
import { isObject } from "../../unknownValue";
import { brief } from "./fields";
import type { TensorShape } from "./tensorNames";
import { countOf, elementSize, refuseType } from "./tensorTypes";

/** Where one tensor's data lie, as its header entry says. */
export interface TensorEntry extends TensorShape {
  readonly begin: number;
  readonly end: number;
}

/** What stands before the data: all of it is known and checked before any value is read. */
export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly dataStart: number;
}

/** A longer header is no list of tensors; the format's own library draws the line here too. */
const LARGEST_HEADER = 1e8;

/**
 * How many bytes of header follow the first 8.
 *
 * @param start  the file's first bytes, 8 or more
 * @throws FormatError if the file is not as long as that, or the header is absurdly large
 */
export function safetensorsHeaderSize(start: Uint8Array, fileSize: number, source: string): number {
  if (fileSize < 8) {
    throw new FormatError(
      `${source}: expected a safetensors file of at least 8 bytes, found ${fileSize}`,
    );
  }
  const size = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (size > BigInt(fileSize - 8)) {
    throw new FormatError(
      `${source}: the header is ${size} bytes long by its first 8 bytes, but only ` +
        `${fileSize - 8} follow; is this a whole safetensors file?`,
    );
  }
  if (size > BigInt(LARGEST_HEADER)) {
    throw new FormatError(
      `${source}: the header is ${size} bytes long, more than any list of tensors; ` +
        "is this a safetensors file?",
    );
  }
  return Number(size);
}

/**
 * The header of a safetensors file, checked against the size of the file.
 *
 * @param start  the first 8 bytes and the header
 * @throws FormatError saying what is wrong, at which byte or tensor, expected against found
 */
export function parseSafetensorsHeader(
  start: Uint8Array,
  fileSize: number,
  source: string,
): SafetensorsHeader {
  const dataSize = fileSize - start.length;
  let metadata: Record<string, string> = {};
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(readHeader(start, source))) {
    if (name === "__metadata__") metadata = readMetadata(value, source);
    else entries.push(readEntry(name, value, dataSize, source));
  }
  checkLayout(entries, dataSize, source);
  return { entries, metadata, dataStart: start.length };
}

function readHeader(start: Uint8Array, source: string): Record<string, unknown> {
  let header: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(decoder.decode(start.subarray(8)));
  } catch (cause) {
    const reason = plainText(messageOf(cause), 120);
    throw new FormatError(`${source}: bytes 8 to ${start.length} are no JSON header (${reason})`, {
      cause,
    });
  }
  if (!isObject(header)) {
    throw new FormatError(`${source}: the header must be a JSON object of tensors`);
  }
  return header;
}

function readMetadata(value: unknown, source: string): Record<string, string> {
  if (!isTexts(value)) throw new FormatError(`${source}: __metadata__ must hold texts only`);
  return value;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function readEntry(name: string, value: unknown, dataSize: number, source: string): TensorEntry {
  const where = `${source}: tensor ${quoteName(name)}`;
  const fields = isObject(value) ? value : {};
  const { dtype } = fields;
  const size = typeof dtype === "string" ? elementSize(dtype) : undefined;
  if (typeof dtype !== "string" || size === undefined) return refuseType(where, dtype);
  if (!isSizes(fields.shape)) {
    throw new FormatError(`${where} has shape ${brief(fields.shape)}, expected whole sizes`);
  }
  const offsets = fields.data_offsets;
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new FormatError(`${where} has data_offsets ${brief(offsets)}, expected [begin, end]`);
  }
  const [begin, end] = offsets;
  if (begin > end || end > dataSize) {
    throw new FormatError(
      `${where} lies at data bytes ${begin} to ${end}, but there are ${dataSize}; is the file cut short?`,
    );
  }
  const expected = countOf(fields.shape) * size;
  if (end - begin !== expected) {
    throw new FormatError(
      `${where} of shape ${brief(fields.shape)} needs ${expected} bytes, found ${end - begin}`,
    );
  }
  return { name, dtype, shape: fields.shape, begin, end };
}

/** Sorts entries by their data and refuses overlaps, gaps and bytes after the last one. */
function checkLayout(entries: TensorEntry[], dataSize: number, source: string): void {
  entries.sort((one, other) => one.begin - other.begin || one.end - other.end);
  let end = 0;
  let last = "the header";
  for (const entry of entries) {
    if (entry.begin !== end) {
      const problem = entry.begin < end ? "overlaps" : "leaves a gap after";
      throw new FormatError(
        `${source}: tensor ${quoteName(entry.name)} ${problem} ${last}: expected to begin at data byte ${end}, ` +
          `found ${entry.begin}`,
      );
    }
    end = entry.end;
    last = `tensor ${quoteName(entry.name)}`;
  }
  if (end !== dataSize) {
    throw new FormatError(
      `${source}: ${dataSize - end} trailing bytes after ${last}, which ends at data byte ${end}`,
    );
  }
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
