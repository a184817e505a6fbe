import type { AgreementSummary } from "../experiment/variant/agreementSummary";
import { secondPassName } from "../experiment/namedRuns";
import { isSettled } from "../experiment/variant/agreementSummary";
import type { AgreementRow } from "../experiment/variant/runAgreement";
import type { Network } from "../network/network";
import type { AgreementSource } from "./agreementSource";

/** What Table 5 is made of: the same points at every bit width. */
export interface Table5 {
  readonly network: string;
  readonly widths: readonly AgreementWidth[];
  readonly sample: string;
}

/** The rows of one bit width and what they come to. */
export interface AgreementWidth {
  readonly bits: number;
  /** Regions that the first run left open are as its second pass found them, where it has them. */
  readonly rows: readonly AgreementRow[];
  /** How many of them are of the second pass. */
  readonly secondPass: number;
  readonly summary: AgreementSummary;
}

/** The bit widths of Table 5. */
export const TABLE_5_WIDTHS = [16, 12, 8, 6, 4] as const;

/** The stored run of a width, whose second pass is named after it. */
export function table5Run(network: string, bits: number): string {
  return `${network}-classify-${bits === 16 ? "half" : `paper-${bits}`}`;
}

/** The networks that have runs behind Table 5; the paper's is Net1. */
export const TABLE_5_NETWORKS = ["net1", "net2"] as const;

/** All runs behind Table 5, both passes. */
export const TABLE_5_RUNS: readonly string[] = TABLE_5_NETWORKS.flatMap((network) =>
  TABLE_5_WIDTHS.map((bits) => table5Run(network, bits)).flatMap((run) => [
    run,
    secondPassName(run),
  ]),
);

/**
 * The rows of a width: those of its first run, and in the place of each that is open the row of the
 * second pass, where there is one.
 */
export function bothPasses(
  network: Network,
  bits: number,
  source: AgreementSource,
): Pick<AgreementWidth, "bits" | "rows"> & { readonly ofSecondPass: ReadonlySet<AgreementRow> } {
  const run = table5Run(network.name, bits);
  const first = source(run, network);
  const isOpen = first.some((row) => !isSettled(row));
  const again = isOpen ? source(secondPassName(run), network) : [];
  const byPoint = new Map(again.map((row) => [row.point, row]));
  const rows = first.map((row) => (isSettled(row) ? row : (byPoint.get(row.point) ?? row)));
  return { bits, rows, ofSecondPass: new Set(again) };
}

/** Said where there are no rows of classes. */
export const noClassRows = (network: string): string =>
  `No rows of Table 5 are stored yet of ${network}; \`roundlab run ${table5Run(network, 16)}\` and its like compute them`;
