import { ArgumentError } from "../../errors";
import { DESCRIPTION_ROWS, describeValues } from "../table/describeColumns";
import { noteOf, type TableNotes } from "../table/table";
import { isMissing, newColumn } from "./missing";
import { bareNotes, claimOf, commonNote, setNote, withoutHeading } from "./notes";
import { numbersOf } from "./numbers";
import { compareValues } from "./order";
import { columnAt, columnsOf, countedLabels, seriesParts, type FrameParts } from "./parts";
import { checkAxis } from "./rows";
import { SELECTING_STATISTICS, statisticOf, valueKey } from "./statistics";

/** The name that danfojs gives to a series without one. */
const UNNAMED = "0";

/** A statistic of every column (axis 0) or every row (axis 1, danfojs's default), as a series. */
export function reduceFrame(statistic: string) {
  return (parts: FrameParts, options: { readonly axis?: 0 | 1 } = {}): FrameParts =>
    reduceAlong(parts, statistic, checkAxis(options.axis ?? 1));
}

/** How many different values there are in each column or row; missing ones are not counted. */
export function nUniqueFrame(parts: FrameParts, axis: 0 | 1 = 1): FrameParts {
  return reduceAlong(parts, "nUnique", checkAxis(axis));
}

function reduceAlong(parts: FrameParts, statistic: string, axis: 0 | 1): FrameParts {
  const columns = columnsOf(parts);
  const results =
    axis === 0
      ? columns.map((column) => statisticOf(statistic, column))
      : parts.index.map((label, row) =>
          statisticOf(statistic, {
            name: `row ${label}`,
            values: columns.map(({ values }) => values[row]),
            dtype: "undefined",
          }),
        );
  const index = axis === 0 ? parts.names : parts.index;
  const isFloat = parts.dtypes.includes("float32") && !/^(count|nUnique)$/.test(statistic);
  const notes = axis === 0 ? {} : bareNotes(parts.notes);
  return seriesParts(
    newColumn(UNNAMED, results, { isFloat }),
    index,
    SELECTING_STATISTICS.includes(statistic) ? withCommonNote(notes, parts) : notes,
  );
}

/** The claim that all columns share, for a series of some of their values. */
function withCommonNote(notes: TableNotes, parts: FrameParts): TableNotes {
  const note = commonNote(parts.names.map((name) => claimOf(parts.notes, name)));
  return setNote(notes, UNNAMED, note);
}

/** A statistic of a series: a number, or one of its values. */
export function reduceSeries(statistic: string) {
  return (parts: FrameParts): unknown => statisticOf(statistic, columnAt(parts, 0));
}

/**
 * The position of the first largest (sign 1) or smallest (sign −1) value.
 *
 * @throws ArgumentError if there is no value
 */
export function positionOfExtreme(sign: 1 | -1) {
  return (parts: FrameParts): number => {
    const { values } = columnAt(parts, 0);
    let best = -1;
    values.forEach((value, row) => {
      if (isMissing(value)) return;
      if (best < 0 || sign * compareValues(value, values[best]) > 0) best = row;
    });
    if (best >= 0) return best;
    throw new ArgumentError(
      `argM${sign > 0 ? "ax" : "in"} needs a value, but the series has none that is there`,
    );
  };
}

/** Different values in the order in which they first appear, a missing one among them. */
export function unique(parts: FrameParts): FrameParts {
  const column = columnAt(parts, 0);
  const seen = new Set<unknown>();
  const values = column.values.filter((value) => {
    const key = isMissing(value) ? undefined : valueKey(value);
    return !seen.has(key) && seen.add(key);
  });
  const notes = { ...parts.notes, indexName: undefined };
  return seriesParts({ ...column, values }, countedLabels(values.length), notes);
}

/** How often each value occurs, the most frequent first; its labels are the values. */
export function valueCounts(parts: FrameParts): FrameParts {
  const { name, values } = columnAt(parts, 0);
  const counts = new Map<string | number, number>();
  for (const value of values) {
    if (isMissing(value)) continue;
    const label = typeof value === "number" ? value : String(value);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const sorted = [...counts].sort((left, right) => right[1] - left[1]);
  const column = {
    name: "count",
    values: sorted.map(([, count]) => count),
    dtype: "int32",
  } as const;
  const note = withoutHeading(noteOf(parts.notes, name));
  return seriesParts(
    column,
    sorted.map(([value]) => value),
    setNote({ indexName: name === UNNAMED ? undefined : name }, name, note),
  );
}

/** Count, mean, spread and quartiles of a series. */
export function describeSeries(parts: FrameParts): FrameParts {
  const column = columnAt(parts, 0);
  const numbers = numbersOf(column, "describe").filter((value) => !Number.isNaN(value));
  return seriesParts(
    { name: column.name, values: describeValues(numbers), dtype: "float32" },
    DESCRIPTION_ROWS,
  );
}
