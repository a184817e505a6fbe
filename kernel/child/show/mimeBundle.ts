import { inspect } from "node:util";
import type * as Brief from "../../../src/present/briefValue";
import type * as Values from "../../../src/lab/displayValue";
import type { MimeBundle } from "../../protocol/cellProtocol";
import { membersOf } from "../../../src/unknownValue";

/** The method by which a value says how it is shown (Deno's convention). */
export const DISPLAY_SYMBOL = Symbol.for("Jupyter.display");

/** How plain values are written: short enough for a page, deep enough for a table's row. */
const INSPECT_OPTIONS = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 96 };

function hasDisplay(value: unknown): value is Record<symbol, () => unknown> {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return typeof membersOf<Record<symbol, unknown>>(value)[DISPLAY_SYMBOL] === "function";
}

/** Bytes have no JSON: images travel as base64. */
function encodeBytes(value: unknown): unknown {
  return ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
    : value;
}

/** Whether a message can hold it: one format that JSON does not know must not cost the others. */
function isWritable(data: unknown): boolean {
  if (typeof data === "string") return true;
  try {
    return JSON.stringify(data) !== undefined;
  } catch {
    return false;
  }
}

/** What a value says of itself, made ready for a message. */
function completeBundle(value: unknown, own: unknown): MimeBundle {
  if (typeof own !== "object" || own === null)
    return { "text/plain": inspect(value, INSPECT_OPTIONS) };
  const bundle: MimeBundle = {};
  const lost: string[] = [];
  for (const [type, data] of Object.entries(own)) {
    const encoded = encodeBytes(data);
    if (isWritable(encoded)) bundle[type] = encoded;
    else lost.push(`(its ${type} is left out: it is no JSON)`);
  }
  // A bundle without any data means that there is nothing to show.
  if (Object.keys(bundle).length > 0 && !("text/plain" in bundle))
    bundle["text/plain"] = inspect(value, INSPECT_OPTIONS);
  if (lost.length > 0)
    bundle["text/plain"] = [bundle["text/plain"] ?? inspect(value, INSPECT_OPTIONS), ...lost].join(
      "\n",
    );
  return bundle;
}

/**
 * How a value is shown that does not show itself: tables, matrices and arrays as RoundLab shows
 * them.
 */
function renderPlain(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    return { "text/plain": inspect(value, INSPECT_OPTIONS) };
  // Loaded for the first value that may need it: a kernel must start fast.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const values = require("../../../src/lab/displayValue") as typeof Values;
  return values.displayValue(value) ?? { "text/plain": inspectBriefly(value, values) };
}

/**
 * The text of a value in which long arrays of numbers stand as their ends only; of a value with
 * very many parts, only so deep that they fill a page or two.
 */
function inspectBriefly(value: object, { abbreviateArray }: typeof Values): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded with the file above
  const { readableDepth } = require("../../../src/present/briefValue") as typeof Brief;
  // Node asks a value's own method how it is to be shown; these have none, but for this moment.
  const arrays = Object.getPrototypeOf(Float64Array.prototype) as object;
  Object.defineProperty(arrays, inspect.custom, {
    configurable: true,
    value(this: unknown) {
      return abbreviateArray(this) ?? this;
    },
  });
  try {
    return inspect(value, {
      ...INSPECT_OPTIONS,
      depth: readableDepth(value, INSPECT_OPTIONS.depth),
    });
  } finally {
    Reflect.deleteProperty(arrays, inspect.custom);
  }
}

/** How a value is shown: as it says itself, at once if it can; else as Node would print it. */
export function renderNow(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (!hasDisplay(value)) return renderPlain(value);
  const own = value[DISPLAY_SYMBOL]();
  if (own instanceof Promise) return own.then((bundle) => completeBundle(value, bundle));
  return completeBundle(value, own);
}

/** How a value is shown; see `renderNow`. */
export async function renderValue(value: unknown): Promise<MimeBundle> {
  return renderNow(value);
}
