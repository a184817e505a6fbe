import { ShapeError } from "../../errors";
import { newColumn } from "./missing";
import { bareNotes } from "./notes";
import { countedLabels, frameParts, seriesParts, type FrameParts } from "./parts";
import { checkAxis } from "./rows";

/**
 * A function of each row (axis 1, danfojs's default) or each column (axis 0), with missing values
 * among what it gets. Single results make a series; arrays make a frame, a row or a column each.
 */
export function apply(
  parts: FrameParts,
  function_: (values: unknown[]) => unknown,
  options: { readonly axis?: 0 | 1 } = {},
): FrameParts {
  const isAlongRows = checkAxis(options.axis ?? 1) === 1;
  const given = isAlongRows
    ? parts.index.map((_, row) => parts.columns.map((column) => column[row]))
    : parts.columns.map((column) => [...column]);
  const results = given.map((values) => function_(values));
  const lists = results.filter((result): result is unknown[] => Array.isArray(result));
  if (lists.length === 0 || lists.length < results.length) {
    const index = isAlongRows ? parts.index : parts.names;
    return seriesParts(newColumn("0", results), index, isAlongRows ? bareNotes(parts.notes) : {});
  }
  return isAlongRows ? rowsOfLists(parts, lists) : columnsOfLists(parts, lists);
}

function commonLength(lists: readonly (readonly unknown[])[]): number {
  const length = lists[0]?.length ?? 0;
  const odd = lists.findIndex((list) => list.length !== length);
  if (odd < 0) return length;
  throw new ShapeError(
    `apply's function returned ${length} values first, but ${lists[odd]?.length} at position ${odd}; ` +
      "return as many every time",
  );
}

function rowsOfLists(parts: FrameParts, rows: readonly (readonly unknown[])[]): FrameParts {
  const width = commonLength(rows);
  const names = width === parts.names.length ? parts.names : countedLabels(width).map(String);
  const columns = names.map((name, column) =>
    newColumn(
      name,
      rows.map((row) => row[column]),
    ),
  );
  return frameParts(columns, parts.index, bareNotes(parts.notes));
}

function columnsOfLists(parts: FrameParts, lists: readonly (readonly unknown[])[]): FrameParts {
  const height = commonLength(lists);
  const columns = lists.map((list, column) => newColumn(parts.names[column] ?? "", list));
  const isSameHeight = height === parts.index.length;
  return frameParts(
    columns,
    isSameHeight ? parts.index : countedLabels(height),
    isSameHeight ? bareNotes(parts.notes) : {},
  );
}
