import { ArgumentError, ShapeError } from "../../errors";
import type { RowLabel } from "./frameType";
import { quote, quoteAll } from "./quote";

/** Where each label stands. */
export function positionsByLabel(index: readonly RowLabel[]): Map<RowLabel, number> {
  return new Map(index.map((label, position) => [label, position]));
}

/**
 * Values as row labels: numbers and texts, each once.
 *
 * @throws ArgumentError naming the first value that cannot be one, or that repeats
 */
export function checkLabels(values: readonly unknown[]): RowLabel[] {
  const seen = new Set<unknown>();
  return values.map((value, row) => {
    const isNumber = typeof value === "number" && !Number.isNaN(value);
    if (!isNumber && typeof value !== "string") {
      throw new ArgumentError(
        `row ${row} would be labelled ${quote(value)}; row labels are numbers and texts`,
      );
    }
    if (seen.has(value)) {
      throw new ArgumentError(
        `two rows would be labelled ${quote(value)}; the row labels of a DataFrame must differ: ` +
          "leave `index` out to count, or call resetIndex() first",
      );
    }
    seen.add(value);
    // The two checks above leave numbers and texts.
    return value;
  });
}

/** Whether both sides have equal labels in equal order. */
export function sameLabels(left: readonly RowLabel[], right: readonly RowLabel[]): boolean {
  return left.length === right.length && left.every((label, row) => label === right[row]);
}

/** Whether labels are 0, 1, 2, ...: such labels name nothing, they count. */
export function isCounted(index: readonly RowLabel[]): boolean {
  return index.every((label, position) => label === position);
}

/**
 * For each label of `to` its position in `from`: values of the one side for the rows of the other.
 *
 * @param what  names the two sides in messages: `the condition`, `the frame`
 * @throws ShapeError if the sides have different labels
 */
export function alignLabels(
  from: readonly RowLabel[],
  to: readonly RowLabel[],
  what: { readonly from: string; readonly to: string },
): readonly number[] | undefined {
  if (sameLabels(from, to)) return undefined;
  const places = positionsByLabel(from);
  const absent = to.filter((label) => !places.has(label));
  if (absent.length > 0 || from.length !== to.length) {
    const known = new Set(to);
    const surplus = from.filter((label) => !known.has(label));
    throw new ShapeError(
      `${what.from} (${from.length} labels) and ${what.to} (${to.length} labels) are matched by ` +
        `their labels, and these differ: ${differences(absent, surplus, what)}; select the same on ` +
        "both sides first, join them with merge, or give `.values` to go by position",
    );
  }
  // Every label of `to` was found.
  return to.map((label) => places.get(label) as number);
}

function differences(
  absent: readonly RowLabel[],
  surplus: readonly RowLabel[],
  what: { readonly from: string; readonly to: string },
): string {
  const said: string[] = [];
  if (absent.length > 0) said.push(`${what.from} lacks ${quoteAll(absent)}`);
  if (surplus.length > 0) said.push(`${what.to} lacks ${quoteAll(surplus)}`);
  return said.join(", ");
}
