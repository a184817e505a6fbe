import { declareColumns } from "../../claim/column";

/** One precision of one network. */
export interface Table2Row {
  readonly network: string;
  readonly bits: number;
  readonly correct: number;
  readonly points: number;
  /** correct / points: a sample. */
  readonly accuracy: number;
  /** What the paper prints for its own network, as a fraction; NaN where it prints nothing. */
  readonly printed: number;
}

const SHARE = { type: "number", kind: "sample", style: "percent" } as const;

/** The columns of Table 2. */
export const TABLE_2_COLUMNS = declareColumns<Table2Row>({
  network: { type: "text", meaning: "N" },
  bits: { type: "integer", meaning: "of each weight; 32 is the network itself" },
  correct: { type: "integer", meaning: "images put into the class of their label" },
  points: { type: "integer", meaning: "images that were classified" },
  accuracy: { ...SHARE, heading: "accuracy", meaning: "correct / points" },
  printed: {
    ...SHARE,
    kind: "printed",
    heading: "paper",
    meaning: "what the paper prints of its own network",
  },
});
