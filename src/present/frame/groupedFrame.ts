import type { DataFrame, GroupedFrame } from "./frameType";
import {
  aggregate,
  aggregateAll,
  chooseColumns,
  edgeOf,
  groupOf,
  sizes,
  type Groups,
} from "./group";
import type { FrameParts } from "./parts";

/** Statistics that groups have as methods. */
const REDUCTIONS = ["count", "sum", "mean", "std", "var", "min", "max"] as const;

/** Groups as the methods that a cell calls; every frame among the results is made by `make`. */
export function groupedFrame(groups: Groups, make: (parts: FrameParts) => DataFrame): GroupedFrame {
  const reductions = REDUCTIONS.map((name): [string, () => DataFrame] => {
    return [name, () => make(aggregateAll(name)(groups))];
  });
  const grouped = {
    ...Object.fromEntries(reductions),
    ngroups: groups.rows.length,
    col: (columns: readonly string[]) => groupedFrame(chooseColumns(groups, columns), make),
    first: () => make(edgeOf("first")(groups)),
    last: () => make(edgeOf("last")(groups)),
    size: () => make(sizes(groups)),
    getGroup: (keys: unknown) => make(groupOf(groups, keys)),
    agg: (operations: { readonly [column: string]: string | readonly string[] }) =>
      make(aggregate(groups, operations)),
  };
  // The statistics come from a list, which the compiler cannot count; the test of members does.
  return grouped as unknown as GroupedFrame;
}
