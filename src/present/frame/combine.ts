import { ArgumentError, ShapeError } from "../../errors";
import type { RowLabel } from "./frameType";
import { isFrame } from "../table/readTable";
import { alignLabels, isCounted } from "./labels";
import { newColumn } from "./missing";
import { bareNotes } from "./notes";
import { operatorOf } from "./operators";
import { columnsOf, readParts, type FrameParts } from "./parts";
import { quote } from "./quote";
import { checkAxis } from "./rows";

/** The right side of an operation: what meets the cell at a row and a column. */
interface Operand {
  readonly at: (row: number, column: number) => unknown;
  readonly isFloat: boolean;
}

/**
 * A frame combined with a single value, an array, a series or another frame. Series and frames are
 * matched by their labels, arrays by position; axis 0 has one value a row, axis 1 (danfojs's
 * default) one a column.
 *
 * @throws ShapeError if the sides do not fit; ArgumentError if a cell is of a kind that cannot be
 *   combined
 */
export function combineFrame(name: string) {
  return (
    parts: FrameParts,
    other: unknown,
    options: { readonly axis?: 0 | 1 } = {},
  ): FrameParts => {
    const axis = checkAxis(options.axis ?? 1);
    return combine(name, parts, operandOf(parts, other, axis));
  };
}

/** A series combined with a single value, an array or another series. */
export function combineSeries(name: string) {
  return (parts: FrameParts, other: unknown): FrameParts => {
    if (isFrame(other) && !readParts(other).isSeries) {
      throw new ArgumentError(
        `a series is combined with a single value, an array or a Series, found a DataFrame; ` +
          `name one of its columns: .${name}(frame.column("..."))`,
      );
    }
    return combine(name, parts, operandOf(parts, other, 0));
  };
}

function combine(name: string, parts: FrameParts, { at, isFloat }: Operand): FrameParts {
  const operator = operatorOf(name);
  const results = columnsOf(parts).map((column, position) => {
    const where = (): string => `${name} of column ${quote(column.name)}`;
    const values = column.values.map((value, row) => operator(value, at(row, position), where));
    return newColumn(column.name, values, { isFloat: isFloat || column.dtype === "float32" });
  });
  return {
    ...parts,
    columns: results.map(({ values }) => values),
    dtypes: results.map(({ dtype }) => dtype),
    notes: bareNotes(parts.notes),
  };
}

function operandOf(parts: FrameParts, other: unknown, axis: 0 | 1): Operand {
  if (isFrame(other)) {
    const right = readParts(other);
    return right.isSeries ? seriesOperand(parts, right, axis) : frameOperand(parts, right);
  }
  if (Array.isArray(other) || ArrayBuffer.isView(other)) {
    // Views of numbers have a length and members, as arrays have.
    return arrayOperand(parts, other as unknown as ArrayLike<unknown>, axis);
  }
  if (other === undefined || typeof other === "function") {
    throw new ArgumentError(
      `a frame is combined with a single value, an array, a Series or a DataFrame, found ${typeof other}`,
    );
  }
  return { at: () => other, isFloat: typeof other === "number" && !Number.isSafeInteger(other) };
}

function arrayOperand(parts: FrameParts, values: ArrayLike<unknown>, axis: 0 | 1): Operand {
  const [rows, columns] = [parts.index.length, parts.names.length];
  const expected = axis === 0 ? rows : columns;
  if (values.length !== expected) {
    throw new ShapeError(
      parts.isSeries
        ? `a series of ${rows} values cannot be combined with an array of ${values.length}`
        : `axis ${axis} of a frame of ${rows} × ${columns} needs ${expected} values, found ${values.length}`,
    );
  }
  const isFloat = Array.from(values).some(
    (value) => typeof value === "number" && !Number.isSafeInteger(value),
  );
  return { at: axis === 0 ? (row) => values[row] : (_, column) => values[column], isFloat };
}

function seriesOperand(parts: FrameParts, right: FrameParts, axis: 0 | 1): Operand {
  const values = right.columns[0] ?? [];
  const isFloat = right.dtypes[0] === "float32";
  const labels: readonly RowLabel[] = axis === 0 ? parts.index : parts.names;
  // Labels that merely count name no column: such a series is a list of one value a column.
  if (axis === 1 && isCounted(right.index) && !parts.names.includes("0")) {
    return { ...arrayOperand(parts, values, 1), isFloat };
  }
  const order = alignLabels(right.index, labels, {
    from: "the series",
    to: axis === 0 ? (parts.isSeries ? "the other series" : "the frame") : "the frame's columns",
  });
  const place = (position: number): number => order?.[position] ?? position;
  return {
    at: axis === 0 ? (row) => values[place(row)] : (_, column) => values[place(column)],
    isFloat,
  };
}

function frameOperand(parts: FrameParts, right: FrameParts): Operand {
  const what = { from: "the other frame", to: "the frame" };
  const rows = alignLabels(right.index, parts.index, what);
  const columns = alignLabels(right.names, parts.names, {
    from: "the other frame's columns",
    to: "the frame's columns",
  });
  return {
    at: (row, column) => right.columns[columns?.[column] ?? column]?.[rows?.[row] ?? row],
    isFloat: right.dtypes.includes("float32"),
  };
}
