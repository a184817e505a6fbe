import { declareColumns } from "../../claim/column";

/** The narrowest and the widest error interval of one weighted layer, by one procedure. */
export interface Table1Row {
  readonly layer: number;
  readonly procedure:
    "paper's, ours computed" | "paper's, printed" | "sound, Eq. 12" | "sound, exact";
  readonly smallest: readonly [number, number];
  readonly widest: readonly [number, number];
}

type Ends = "smallestLower" | "smallestUpper" | "widestLower" | "widestUpper";

/** What the ends of each procedure claim; the paper's of its own network are printed numbers. */
const CLAIMS: Readonly<Record<Table1Row["procedure"], string>> = {
  "paper's, printed": "printed: not sound",
  "paper's, ours computed": "none: not sound",
  "sound, Eq. 12": "bound",
  "sound, exact": "bound",
};

/** An end claims what its row says: one column holds ends that are proved and ends that are not. */
const end = (which: "smallest" | "widest", place: 0 | 1) => ({
  type: "number" as const,
  heading: `${which} ${place === 0 ? "α" : "β"}`,
  meaning: `${place === 0 ? "lower" : "upper"} end of the layer's ${which} error interval; what it claims stands in \`claim\``,
  // The paper prints four.
  decimals: 4,
  end: place === 0 ? ("lower" as const) : ("upper" as const),
  read: (row: Table1Row): number => row[which][place],
});

/** The columns of Table 1. */
export const TABLE_1_COLUMNS = declareColumns<Table1Row, "claim" | Ends, "smallest" | "widest">({
  layer: { type: "integer", meaning: "weighted layer, from 1" },
  procedure: { type: "text", meaning: "how the intervals were found, and whose they are" },
  claim: {
    type: "text",
    meaning: "what the row's ends claim: the paper's procedure is not sound",
    read: ({ procedure }) => CLAIMS[procedure],
  },
  smallestLower: end("smallest", 0),
  smallestUpper: end("smallest", 1),
  widestLower: end("widest", 0),
  widestUpper: end("widest", 1),
});
