import { describeDomain, type Domain } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import type { Enclosure } from "../claim/enclosure";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { formatEnd, formatUpperBound } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import type { Table } from "../present/table/table";

/** One output's difference: proved ends, and the least and largest that was attained. */
export interface OutputInterval {
  readonly output: number;
  readonly lower: number;
  readonly attainedMin: number;
  readonly attainedMax: number;
  readonly upper: number;
}

/** The largest difference of a number that a layer yields. */
export interface LayerInterval {
  readonly layer: number;
  readonly kind: string;
  /** Attained at the witness of `total`; null where Ñ does more than have other weights. */
  readonly attained: number | null;
  readonly upper: number;
}

/** How bad it can get, at least and at most. */
export interface IntervalFound {
  /** The largest E: attained at its witness, and a bound. */
  readonly total: Enclosure;
  /** The largest difference of a single output, in the same way. */
  readonly largest: Enclosure;
  /** How far apart the ends of `total` are. */
  readonly gap: number;
  readonly outputs: readonly OutputInterval[];
  readonly layers: readonly LayerInterval[];
  /** What the bound was proved by. */
  readonly method: string;
  /** The name of the box. */
  readonly domain: string;
  readonly milliseconds: number;
}

/** The columns of an interval's table: both sides of every output. */
export const INTERVAL_COLUMNS = declareColumns<OutputInterval>({
  output: { type: "integer", style: "count", meaning: "counted from 0" },
  lower: {
    type: "number",
    unit: "logits",
    kind: "bound",
    end: "lower",
    meaning: "no input moves it further down",
  },
  attainedMin: {
    type: "number",
    unit: "logits",
    kind: "attained",
    meaning: "the least that was found",
  },
  attainedMax: {
    type: "number",
    unit: "logits",
    kind: "attained",
    meaning: "the most that was found",
  },
  upper: { type: "number", unit: "logits", kind: "bound", meaning: "no input moves it further up" },
});

/** Both sides of every output, as a table that names the box; E in its caption. */
export function intervalTable(
  { network, approximated }: Twins,
  { outputs, total, method }: IntervalFound,
  domain: Domain,
): Table {
  const inputs = `every input in ${describeDomain(domain)}`;
  return declaredTable(INTERVAL_COLUMNS, outputs, {
    inputs,
    caption:
      `${approximated.name} − ${network.name} (${method}) for ${inputs}; the largest E there is at ` +
      `least ${formatEnd(total.lower, "lower")}, attained, and at most ${formatUpperBound(total.upper)}` +
      assumedOf(assumptionsOf([network, approximated])),
  });
}
