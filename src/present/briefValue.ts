import { inspect } from "node:util";
import { formatCount, formatSeconds } from "./numberFormat";

/** Names of a library that its text shows. */
const SHOWN_NAMES = 12;
/** Members beyond which an object is called a collection of them. */
const MANY_MEMBERS = 100;
/** Bytes of a buffer that its text shows. */
const SHOWN_BYTES = 16;

/**
 * A value in a line or two that would otherwise be shown as pages of its inside: bytes, promises,
 * timers, libraries, objects with many members.
 *
 * @returns `undefined` for every other value
 */
export function describeBriefly(value: object): string | undefined {
  if (Buffer.isBuffer(value)) return describeBytes(value);
  if (kindOf(value) === "Promise") return describePromise(value);
  if (isTimer(value)) return describeTimer(value);
  return describeMembers(value);
}

/** By name, for values of notebook cells belong to another realm. */
function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function describeBytes(bytes: Buffer): string {
  const shown = bytes
    .subarray(0, SHOWN_BYTES)
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
  const gap = bytes.length > SHOWN_BYTES ? " …" : "";
  return `Buffer of ${formatCount(bytes.length)} bytes\n<${shown}${gap}>`;
}

/** What Node hangs on promises while something follows asynchronous calls, such as a tracer. */
const TRACKING =
  /,\s*\[Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)\]: (?:\[\w+\]|[^,}\s]+)/g;

function describePromise(promise: object): string {
  const options = { depth: 0, maxArrayLength: 3, breakLength: Infinity };
  const text = inspect(promise, options).replace(TRACKING, "");
  const hint = text.includes("<rejected>") ? "" : ": await shows its value";
  return `${text}${hint}`;
}

interface Timer {
  readonly _idleTimeout?: number;
  readonly _repeat?: number | null;
  readonly _destroyed?: boolean;
}

/** What `setTimeout`, `setInterval` and `setImmediate` return in Node. */
function isTimer(value: object): value is Timer {
  return /^(Timeout|Immediate)$/.test(value.constructor?.name ?? "") && "_destroyed" in value;
}

function describeTimer({ _idleTimeout: wait = -1, _repeat, _destroyed }: Timer): string {
  if (_destroyed === true) return "timer, over";
  if (typeof _repeat === "number")
    return `timer, every ${formatSeconds(_repeat / 1000)} (clearInterval ends it)`;
  return wait < 0 ? "timer, at the next turn" : `timer, once after ${formatSeconds(wait / 1000)}`;
}

/**
 * A plain object with so many members that they would fill pages: how many, and the first names.
 */
function describeMembers(value: object): string | undefined {
  const prototype: object | null = Object.getPrototypeOf(value);
  const isPlain =
    prototype === null || Object.getPrototypeOf(prototype) === null || kindOf(value) === "Module";
  if (!isPlain || Array.isArray(value)) return undefined;
  const names = Object.keys(value);
  if (names.length <= MANY_MEMBERS) return undefined;
  const first = names.slice(0, SHOWN_NAMES).map((name) => name.slice(0, 60));
  const isLibrary = Object.hasOwn(value, "__esModule") || kindOf(value) === "Module";
  const [whole, hint] = isLibrary
    ? ["library", "; Tab behind its name and a dot lists them"]
    : ["object", ""];
  return `${whole} with ${formatCount(names.length)} members${hint}\n${first.join(", ")}, …`;
}

/** Parts of a value, and of its parts, that its text may have. */
const MANY_PARTS = 20_000;

/**
 * How deep a value can be shown so that its text stays short, and is made soon: nested lists of
 * hundreds are millions of numbers three levels down.
 *
 * @param deepest  shown of a value with few parts
 */
export function readableDepth(value: object, deepest: number): number {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 0; depth <= deepest; depth++) {
    const next: unknown[] = [];
    for (const each of level) {
      const parts = partsOf(each);
      count += parts.length;
      if (count > MANY_PARTS) return Math.max(0, depth - 1);
      next.push(...parts);
    }
    level = next;
  }
  return deepest;
}

/** As many members of a value as its text shows. */
function partsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.slice(0, MANY_MEMBERS);
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return [];
  // Own data alone: a getter may do anything.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(
    (each) => each.value as unknown,
  );
}
