import { isMissing, missingOf, newColumn } from "./missing";
import { bareNotes } from "./notes";
import { numberOf } from "./numbers";
import { compareValues } from "./order";
import { columnsOf, frameParts, seriesParts, type ColumnParts, type FrameParts } from "./parts";
import { quote } from "./quote";
import { checkAxis } from "./rows";

/** What a running result becomes with one more value. */
type Step = (running: unknown, value: unknown, where: () => string) => unknown;

const STEPS: Readonly<Record<"sum" | "prod" | "min" | "max", Step>> = {
  sum: (running, value, where) => numberOf(running, where) + numberOf(value, where),
  prod: (running, value, where) => numberOf(running, where) * numberOf(value, where),
  min: (running, value) => (compareValues(value, running) < 0 ? value : running),
  max: (running, value) => (compareValues(value, running) > 0 ? value : running),
};

/**
 * The running sum, product, minimum or maximum down each column (axis 0) or along each row (axis 1,
 * danfojs's default). A missing value stays missing and is passed over.
 */
export function cumulateFrame(name: keyof typeof STEPS) {
  return (parts: FrameParts, options: { readonly axis?: 0 | 1 } = {}): FrameParts => {
    const columns = columnsOf(parts);
    const isDown = checkAxis(options.axis ?? 1) === 0;
    const results = isDown ? columns.map((column) => run(name, column)) : alongRows(name, columns);
    // Running extremes down a column are values of that column; along a row they come from several.
    const keepsClaims = isDown && (name === "min" || name === "max");
    return frameParts(results, parts.index, keepsClaims ? parts.notes : bareNotes(parts.notes));
  };
}

/** The same for a series. */
export function cumulateSeries(name: keyof typeof STEPS) {
  const cumulate = cumulateFrame(name);
  return (parts: FrameParts): FrameParts => {
    const { columns, dtypes, notes } = cumulate(parts, { axis: 0 });
    const column = { name: parts.names[0] ?? "", values: columns[0] ?? [] };
    return seriesParts({ ...column, dtype: dtypes[0] ?? "undefined" }, parts.index, notes);
  };
}

function run(step: keyof typeof STEPS, { name, values, dtype }: ColumnParts): ColumnParts {
  const where = (): string => `the running ${step} of column ${quote(name)}`;
  const results = runningValues(step, values, missingOf(dtype), where);
  return newColumn(name, results, { isFloat: dtype === "float32" });
}

function alongRows(step: keyof typeof STEPS, columns: readonly ColumnParts[]): ColumnParts[] {
  const rowCount = columns[0]?.values.length ?? 0;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    runningValues(
      step,
      columns.map(({ values }) => values[row]),
      NaN,
      () => `the running ${step} of row ${row}`,
    ),
  );
  const isFloat = columns.some(({ dtype }) => dtype === "float32");
  return columns.map(({ name }, column) =>
    newColumn(
      name,
      rows.map((row) => row[column]),
      { isFloat },
    ),
  );
}

function runningValues(
  step: keyof typeof STEPS,
  values: readonly unknown[],
  missing: unknown,
  where: () => string,
): unknown[] {
  let running: unknown;
  let isStarted = false;
  const isSum = step === "sum" || step === "prod";
  return values.map((value) => {
    if (isMissing(value)) return missing;
    if (isStarted) running = STEPS[step](running, value, where);
    else running = isSum ? numberOf(value, where) : value;
    isStarted = true;
    return running;
  });
}
