import { inspect } from "node:util";
import type { Danfojs } from "./danfojs";
import { renderCsv } from "../table/csv";
import { DISPLAY } from "../display";
import type { DataFrame, Series } from "./frameType";
import { isFrame, readTable, type TableLike } from "../table/readTable";
import { displayTable, renderText } from "../table/showTable";
import { addColumn } from "./addColumn";
import { groupRows } from "./group";
import { groupedFrame } from "./groupedFrame";
import { adoptParts, makeFrame } from "./makeFrame";
import { FRAME_METHODS, SERIES_METHODS, type PartsMethod, type PartsMethods } from "./methods";
import { bareNotes } from "./notes";
import { readParts, type FrameParts } from "./parts";
import { columnSeries, transpose } from "./reshape";
import { membersOf } from "../../unknownValue";

type Prototype = Record<string | symbol, unknown>;

/** Marks a copy of danfojs whose methods have been replaced. */
const INSTALLED: unique symbol = Symbol.for("roundlab.framesInstalled");

/** Members that are no business of a table's values. */
const LEFT_ALONE = ["constructor", "print", "plot"];

/**
 * Replaces the methods of a copy of danfojs's frames and series by ours (decision 022), so that
 * they hold also for frames that danfojs makes. Doing it twice does no harm.
 *
 * @param writeText  stores a text under a path, for `frame.toCSV({ filePath })`
 */
export function installFrames(
  library: Danfojs,
  writeText: (path: string, text: string) => void,
): void {
  // The classes of danfojs-node extend those of danfojs-base, which its own methods return.
  const frames: Prototype = Object.getPrototypeOf(library.DataFrame.prototype);
  const series: Prototype = Object.getPrototypeOf(library.Series.prototype);
  if (frames[INSTALLED] === true) return;
  dropNotesElsewhere(frames, FRAME_METHODS);
  dropNotesElsewhere(series, SERIES_METHODS);
  installMethods(library, frames, FRAME_METHODS);
  installMethods(library, series, SERIES_METHODS);
  installDisplay(frames);
  installDisplay(series);
  installTranspose(library, frames);
  installGroupby(library, frames);
  installColumns(library, frames);
  for (const { prototype } of [library.DataFrame, library.Series]) {
    installCsv(Object.getPrototypeOf(prototype), writeText);
    installCsv(prototype, writeText);
  }
  define(frames, INSTALLED, true);
}

function define(prototype: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

function installMethods(library: Danfojs, prototype: Prototype, methods: PartsMethods): void {
  for (const [name, method] of Object.entries(methods)) {
    define(prototype, name, function (this: DataFrame | Series, ...given: unknown[]) {
      return callMethod(library, this, method, given);
    });
  }
}

/**
 * Calls a method on a frame's parts; danfojs's option `inplace` changes the frame itself instead.
 */
function callMethod(
  library: Danfojs,
  frame: DataFrame | Series,
  method: PartsMethod,
  given: readonly unknown[],
): unknown {
  // The methods check what they are given: cells are compiled, but their values may come from
  // anywhere.
  const result = method(readParts(frame), ...(given as never[]));
  if (isParts(result)) {
    if (!isInPlace(given)) return makeFrame(library, result);
    adoptParts(frame, result);
    return undefined;
  }
  if (result instanceof Promise) {
    return result.then((parts: FrameParts) => makeFrame(library, parts));
  }
  return result;
}

function isParts(value: unknown): value is FrameParts {
  return value !== null && typeof value === "object" && "isSeries" in value && "dtypes" in value;
}

function isInPlace(given: readonly unknown[]): boolean {
  const last = given[given.length - 1];
  return typeof last === "object" && membersOf<{ inplace: boolean }>(last).inplace === true;
}

/** Lets frames show themselves: in a notebook, on the console, as text. */
function installDisplay(prototype: Prototype): void {
  define(prototype, DISPLAY, function (this: TableLike) {
    return displayTable(this);
  });
  const text = function (this: TableLike): string {
    return renderText(this);
  };
  define(prototype, "toString", text);
  define(prototype, inspect.custom, text);
}

/**
 * Takes captions, kinds and units off what other methods of danfojs return: what they compute is
 * not known to be what was claimed.
 */
function dropNotesElsewhere(prototype: Prototype, ours: PartsMethods): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    if (typeof value !== "function" || Object.hasOwn(ours, name)) continue;
    if (LEFT_ALONE.includes(name) || name.startsWith("$")) continue;
    define(prototype, name, function (this: unknown, ...given: unknown[]) {
      const result: unknown = Reflect.apply(value, this, given);
      if (isFrame(result) && result !== this) {
        const parts = readParts(result);
        adoptParts(result, { ...parts, notes: bareNotes(parts.notes) });
      }
      return result;
    });
  }
}

function installTranspose(library: Danfojs, frames: Prototype): void {
  Object.defineProperty(frames, "T", {
    configurable: true,
    get(this: DataFrame) {
      return makeFrame(library, transpose(readParts(this)));
    },
  });
}

/** Groups of our own; what they do not have is asked of danfojs's, which are made when it is. */
function installGroupby(library: Danfojs, frames: Prototype): void {
  // danfojs's own method, which is replaced below.
  const original = frames.groupby as (this: DataFrame, keys: string[]) => object;
  define(frames, "groupby", function (this: DataFrame, by: string | readonly string[]) {
    const groups = groupRows(readParts(this), by);
    // A frame's parts make a frame.
    const ours = groupedFrame(groups, (parts) => makeFrame(library, parts) as DataFrame);
    let theirs: object | undefined;
    return new Proxy(ours, {
      get: (target, name, receiver) => {
        if (Reflect.has(target, name) || typeof name === "symbol") {
          return Reflect.get(target, name, receiver) as unknown;
        }
        theirs ??= Reflect.apply(original, this, [[...groups.keys]]);
        const member: unknown = Reflect.get(theirs, name);
        return typeof member === "function" ? member.bind(theirs) : member;
      },
    });
  });
}

/**
 * Lets a column share its name with a member of frames: danfojs defines `frame[name]` for every
 * column, so that a column called `count` would hide the method and one called `columns` recurse
 * without end. Such a column is reached by `frame.column(name)` alone.
 */
function installColumns(library: Danfojs, frames: Prototype): void {
  define(
    frames,
    "$getColumnData",
    function (this: DataFrame, column: string, isSeries: boolean = true) {
      const parts = columnSeries(readParts(this), column);
      return isSeries ? makeFrame(library, parts) : [...(parts.columns[0] ?? [])];
    },
  );
  define(frames, "$setColumnData", function (this: DataFrame, column: string, values: unknown) {
    adoptParts(this, addColumn(readParts(this), column, values));
  });
  define(frames, "$setInternalColumnDataProperty", function (this: DataFrame) {
    // Methods that danfojs keeps to itself, both replaced above.
    const inner = this as unknown as Record<string, (...given: unknown[]) => unknown>;
    for (const name of this.columns) {
      if (name in frames || name.startsWith("$")) continue;
      Object.defineProperty(this, name, {
        configurable: true,
        get: () => inner.$getColumnData?.(name),
        set: (values: unknown) => inner.$setColumnData?.(name, values),
      });
    }
  });
}

/** Gives `frame.toCSV(...)` quoted fields and named labels, under danfojs's own options. */
function installCsv(prototype: object, writeText: (path: string, text: string) => void): void {
  define(
    prototype,
    "toCSV",
    function (
      this: TableLike,
      options: { filePath?: string; sep?: string; header?: boolean } = {},
    ): string | void {
      const { filePath, sep = ",", header = true } = options;
      const text = renderCsv(readTable(this), { separator: sep, header });
      if (filePath === undefined || filePath === "") return text;
      writeText(filePath, text);
    },
  );
}
