import { declareColumns, factsOf } from "../../claim/column";
import { APPMAX_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { AppMaxRow } from "../../experiment/variant/runAppMax";

/** One point, with pooling as winners' regions and as the paper's ReLUs. */
export interface PoolingTwiceRow {
  readonly point: number;
  readonly error: number;
  /** E over the region where every window keeps its winner. */
  readonly winners: AppMaxRow;
  /** E over the region where the paper's ReLUs keep their pattern, which is part of the other. */
  readonly relus: AppMaxRow;
}

type Way = "winners" | "relus";

const maximum = (way: Way, heading: string) => ({
  ...factsOf(APPMAX_COLUMNS, "maximum"),
  heading: `maximum, ${heading}`,
  digits: 6,
  read: (row: PoolingTwiceRow): number => row[way].maximum,
});

/** The columns of pooling handled twice. */
export const POOLING_COLUMNS = declareColumns<PoolingTwiceRow, Way | "ratio" | "status", Way>({
  point: factsOf(APPMAX_COLUMNS, "point"),
  error: { ...factsOf(APPMAX_COLUMNS, "error"), digits: 6 },
  winners: maximum("winners", "winners"),
  relus: maximum("relus", "ReLUs"),
  ratio: {
    type: "number",
    heading: "ReLUs / winners",
    digits: 6,
    meaning: "the second maximum / the first",
    read: ({ winners, relus }) => relus.maximum / winners.maximum,
  },
  status: {
    type: "text",
    meaning: "of both maxima, winners first",
    read: ({ winners, relus }) => `${winners.status}, ${relus.status}`,
  },
});
