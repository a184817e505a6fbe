import { buildFrame, type Danfojs } from "./buildFrame";
import { renderCsv } from "./csv";
import { DESCRIPTION_ROWS, describeColumns } from "./describeColumns";
import { DISPLAY } from "./display";
import { ARITHMETIC, combineCells, COMPARISONS, operandOf, type Operand } from "./frameArithmetic";
import type { DataFrame, Series } from "./frameType";
import { isFrame, readTable, type TableLike } from "./readTable";
import { displayTable, renderText } from "./showTable";
import { arrangeColumns, inferDtype } from "./table";

/** Members of danfojs's frames that are not part of its documented face. */
interface InnerFrame extends DataFrame {
  readonly config: object;
  $setValues(values: unknown[]): void;
  $getColumnData(column: string): Series;
  $setColumnData(column: string, values: unknown): void;
}

type FramePrototype = InnerFrame & Record<string | symbol, unknown>;

/** Marks a copy of danfojs whose faults have been mended. */
const MENDED: unique symbol = Symbol.for("roundlab.mended");

/**
 * Lets the frames and series of a copy of danfojs show themselves, and cures the faults that
 * decision 020 lists. Doing it twice does no harm.
 *
 * @param writeText  stores a text under a path, for `frame.toCSV({ filePath })`
 */
export function mendDanfojs(
  library: Danfojs,
  writeText: (path: string, text: string) => void,
): void {
  // The classes of danfojs-node extend those of danfojs-base, which its own methods return.
  const frames = Object.getPrototypeOf(library.DataFrame.prototype) as FramePrototype;
  const series = Object.getPrototypeOf(library.Series.prototype) as FramePrototype;
  if (frames[MENDED] === true) return;
  for (const prototype of [frames, series]) {
    define(prototype, DISPLAY, function (this: TableLike) {
      return displayTable(this);
    });
    define(prototype, "toString", function (this: TableLike) {
      return renderText(this);
    });
  }
  define(frames, "describe", function (this: DataFrame) {
    const table = readTable(this);
    const options = { index: DESCRIPTION_ROWS, caption: table.caption };
    return buildFrame(library, arrangeColumns(describeColumns(table)), options);
  });
  mendCsv([frames, series, library.DataFrame.prototype, library.Series.prototype], writeText);
  mendColumnProperties(frames);
  mendArithmetic(library, frames);
  define(frames, MENDED, true);
}

function define(prototype: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

/** Gives `frame.toCSV(...)` quoted fields, under danfojs's own options. */
function mendCsv(
  prototypes: readonly object[],
  writeText: (path: string, text: string) => void,
): void {
  for (const prototype of prototypes) {
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
}

/**
 * Lets a column share its name with a member of frames: danfojs defines `frame[name]` for every
 * column, so that a column called `count` hides the method and one called `columns` recurses
 * without end. Such a column is reached by `frame.column(name)` alone.
 */
function mendColumnProperties(frames: FramePrototype): void {
  define(frames, "$setInternalColumnDataProperty", function (this: InnerFrame, column?: string) {
    for (const name of column === undefined ? this.columns : [column]) {
      if (name in frames || name.startsWith("$")) continue;
      Object.defineProperty(this, name, {
        configurable: true,
        get: () => this.$getColumnData(name),
        set: (values: unknown) => this.$setColumnData(name, values),
      });
    }
  });
}

/**
 * Makes frames compute in binary64: danfojs sends their cells through float32 tensors, where 0.1 +
 * 0.2 is 0.30000001192. `diff` and `pctChange` between rows stay as they are.
 */
function mendArithmetic(library: Danfojs, frames: FramePrototype): void {
  const onTensors = { math: frames.$MathOps, logical: frames.$logicalOps } as Record<
    "math" | "logical",
    (this: InnerFrame, pair: unknown[], operation: string, inplace?: boolean) => unknown
  >;
  define(
    frames,
    "$getTensorsForArithmeticOperationByAxis",
    function (this: InnerFrame, other: unknown, axis: 0 | 1) {
      return [this, operandOf(other, axis, this.shape)];
    },
  );
  define(
    frames,
    "$MathOps",
    function (this: InnerFrame, pair: unknown[], operation: string, inplace?: boolean) {
      const compute = ARITHMETIC[operation];
      if (!isFrame(pair[0]) || compute === undefined) {
        return onTensors.math.call(this, pair, operation, inplace);
      }
      const values = combineCells(this.values, pair[1] as Operand, compute);
      if (inplace === true) return this.$setValues(values);
      return sameFrame(library, this, values);
    },
  );
  define(frames, "$logicalOps", function (this: InnerFrame, pair: unknown[], operation: string) {
    const compare = COMPARISONS[operation];
    if (!isFrame(pair[0]) || compare === undefined) {
      return onTensors.logical.call(this, pair, operation);
    }
    return sameFrame(library, this, combineCells(this.values, pair[1] as Operand, compare));
  });
}

/** A frame of other values under the same labels. */
function sameFrame(
  { DataFrame }: Danfojs,
  frame: InnerFrame,
  values: readonly (readonly unknown[])[],
): DataFrame {
  const dtypes = frame.columns.map((_, column) => inferDtype(values.map((row) => row[column])));
  return new DataFrame(values, {
    columns: [...frame.columns],
    index: [...frame.index],
    dtypes,
    config: { ...frame.config },
  });
}
