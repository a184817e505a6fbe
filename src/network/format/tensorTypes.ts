import { FormatError } from "../../errors";
import { fromBfloat16 } from "../../numeric/bfloat16";
import { fromHalf } from "../../numeric/half";
import { brief } from "./fields";

/** A number format of weights. */
export interface ElementType {
  readonly size: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** Number formats of weights, by their names in safetensors files. */
const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["F64", { size: 8, read: (view, offset) => view.getFloat64(offset, true) }],
  ["F32", { size: 4, read: (view, offset) => view.getFloat32(offset, true) }],
  ["F16", { size: 2, read: (view, offset) => fromHalf(view.getUint16(offset, true)) }],
  ["BF16", { size: 2, read: (view, offset) => fromBfloat16(view.getUint16(offset, true)) }],
]);

/** Number formats of safetensors that are no weights here: counters, masks, narrow floats. */
const OTHER_TYPES: ReadonlyMap<string, number> = new Map([
  ["I64", 8],
  ["U64", 8],
  ["I32", 4],
  ["U32", 4],
  ["I16", 2],
  ["U16", 2],
  ["I8", 1],
  ["U8", 1],
  ["BOOL", 1],
  ["F8_E4M3", 1],
  ["F8_E5M2", 1],
]);

/** The number format of that name, undefined if it is none of weights. */
export function elementType(dtype: string): ElementType | undefined {
  return ELEMENT_TYPES.get(dtype);
}

/** How many bytes a number takes, of weights or not; undefined for a name that is none. */
export function elementSize(dtype: string): number | undefined {
  return ELEMENT_TYPES.get(dtype)?.size ?? OTHER_TYPES.get(dtype);
}

/** @throws FormatError naming the formats that weights may have */
export function refuseType(where: string, dtype: unknown): never {
  const known = [...ELEMENT_TYPES.keys()].join(", ");
  throw new FormatError(
    `${where} has dtype ${brief(dtype)}, expected one of ${known}; convert it first`,
  );
}

/** How many numbers a shape holds. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
