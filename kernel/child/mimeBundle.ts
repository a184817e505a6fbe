import { inspect } from "node:util";
import type { MimeBundle } from "../protocol/cellProtocol";

/** The method by which a value says how it is shown (Deno's convention). */
export const displaySymbol = Symbol.for("Jupyter.display");

/** How plain values are written: short enough for a page, deep enough for a table's row. */
const inspectOptions = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 96 };

function hasDisplay(value: unknown): value is Record<symbol, () => unknown> {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return typeof (value as Record<symbol, unknown>)[displaySymbol] === "function";
}

/** Bytes have no JSON: images travel as base64. */
function encodeBytes(value: unknown): unknown {
  return ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
    : value;
}

/** How a value is shown: as it says itself, else as Node would print it. */
export async function renderValue(value: unknown): Promise<MimeBundle> {
  if (!hasDisplay(value)) return { "text/plain": inspect(value, inspectOptions) };
  const own = await value[displaySymbol]();
  if (typeof own !== "object" || own === null)
    return { "text/plain": inspect(value, inspectOptions) };
  const bundle: MimeBundle = {};
  for (const [type, data] of Object.entries(own)) bundle[type] = encodeBytes(data);
  if (!("text/plain" in bundle)) bundle["text/plain"] = inspect(value, inspectOptions);
  return bundle;
}
