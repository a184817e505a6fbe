import { declareColumns, factsOf } from "../../claim/column";
import { AGREEMENT_COLUMNS } from "../../experiment/variant/agreementColumns";
import { APPMAX_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { AgreementRow } from "../../experiment/variant/runAgreement";

const DIGITS = 10;
const RUN = { type: "text", meaning: "the stored run" } as const;
const DIFFERENCE = { type: "number", style: "powerOfTen", digits: 2 } as const;

/** A stored maximum beside the same one computed now. */
export interface RecheckedRow {
  readonly run: string;
  /** None of the worst input found, which is of no data set. */
  readonly point: number | null;
  readonly stored: number;
  readonly now: number;
  /** |now − stored| / stored. */
  readonly difference: number;
}

const maximum = { ...factsOf(APPMAX_COLUMNS, "maximum"), digits: DIGITS };

/** The columns of maxima computed anew. */
export const RECHECKED_COLUMNS = declareColumns<RecheckedRow>({
  run: RUN,
  point: factsOf(APPMAX_COLUMNS, "point"),
  stored: { ...maximum, heading: "stored", meaning: "the maximum that is stored" },
  now: { ...maximum, heading: "now", meaning: "the same, computed now" },
  difference: {
    ...DIFFERENCE,
    heading: "relative difference",
    meaning: "|now − stored| / stored",
  },
});

/** A stored verdict and bound beside the same computed now. */
export interface RecheckedAgreement {
  readonly run: string;
  readonly point: number;
  readonly verdict: AgreementRow["verdict"];
  readonly stored: number;
  readonly now: number;
  /** |now − stored| / max(1, |stored|). */
  readonly difference: number;
}

const bound = { ...factsOf(AGREEMENT_COLUMNS, "marginBound"), digits: DIGITS };

/** The columns of verdicts computed anew. */
export const RECHECKED_AGREEMENT_COLUMNS = declareColumns<RecheckedAgreement>({
  run: RUN,
  point: factsOf(AGREEMENT_COLUMNS, "point"),
  verdict: factsOf(AGREEMENT_COLUMNS, "verdict"),
  stored: { ...bound, heading: "bound, stored", meaning: "the bound of margins that is stored" },
  now: { ...bound, heading: "bound, now", meaning: "the same, computed now" },
  difference: { ...DIFFERENCE, meaning: "|now − stored| / max(1, |stored|), the largest of all" },
});

/** Stored classes beside the same ones computed now. */
export interface RecheckedClasses {
  readonly network: string;
  readonly approximation: string;
  readonly images: number;
  /** Images whose class now is another one than the stored. */
  readonly changed: number;
}

/** The columns of classes computed anew. */
export const RECHECKED_CLASSES_COLUMNS = declareColumns<RecheckedClasses>({
  network: { type: "text", meaning: "N" },
  approximation: { type: "text", meaning: "what makes Ñ of it" },
  images: { type: "integer", meaning: "images that were classified again" },
  changed: {
    type: "integer",
    heading: "other class now",
    meaning: "images whose class now is another one than the stored",
  },
});
