/** An exhibit of the paper and the notebook that reproduces it, both under one name. */
export interface Exhibit {
  /** The notebook's name without its ending. */
  readonly name: string;
  readonly title: string;
}

/** The exhibits in the paper's order. */
export const EXHIBITS: readonly Exhibit[] = [
  { name: "table-1", title: "Table 1: error intervals" },
  { name: "table-2", title: "Table 2: accuracy" },
  { name: "table-3", title: "Table 3: worst-case error estimates at 16 bits" },
  { name: "figure-1", title: "Figure 1: histograms of errors" },
  { name: "figure-2", title: "Figure 2: data points and worst inputs" },
  { name: "figure-3", title: "Figure 3: estimates by sample size" },
  { name: "table-4", title: "Table 4: estimates by bit width" },
  { name: "figure-4", title: "Figure 4: spread by bit width" },
  { name: "table-5", title: "Table 5: polytopes with misclassified points" },
];

/**
 * Names of notebooks in the order of a reading: what is numbered from 00 on, then the exhibits in
 * the paper's order, then the rest.
 */
export function orderNotebooks(names: readonly string[]): string[] {
  const rankOf = (name: string): number => {
    if (/^0/.test(name)) return -1;
    const rank = EXHIBITS.findIndex((exhibit) => exhibit.name === name);
    return rank < 0 ? EXHIBITS.length : rank;
  };
  return [...names].sort(
    (one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : one > other ? 1 : 0),
  );
}
