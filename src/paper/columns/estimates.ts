import { describeDomain, PIXEL_DOMAIN } from "../../analyse/domain";
import { declareColumns, factsOf } from "../../claim/column";
import { SUMMARY_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { StoredSides } from "../../experiment/variant/storedSides";
import type { AppMaxRow } from "../../experiment/variant/runAppMax";
import { summarise } from "../../experiment/variant/summary";
import type { PrintedErrors } from "../printed";
import { ESTIMATE_WORDS, type Estimate } from "../printedNumbers";
import { countsOfProof, PROOF_LABEL } from "../rowSource";
import { asPrinted } from "./asPrinted";

/** For which inputs the bounds of these columns are proved. */
export const INPUTS_OF_BOUNDS = `every input in ${describeDomain(PIXEL_DOMAIN)}`;

/** What Tables 3 and 4 show of a sample, and what the paper prints in its place. */
export interface Estimates {
  readonly points: number;
  readonly proved: string;
  readonly E_T: number;
  readonly E_Xi: number;
  readonly mean_E_T: number;
  readonly mean_E_Xi: number;
  readonly ratio: number;
  readonly printed?: PrintedErrors;
  /** Over the whole box, where it is stored. */
  readonly found?: number;
  readonly bound?: number;
}

/** Our estimates beside those that the paper prints of its own network, where it does. */
export function estimatesOf(
  rows: readonly AppMaxRow[],
  printed: PrintedErrors | undefined,
  { found, bound }: Partial<StoredSides> = {},
): Estimates {
  const { points, E_T, E_Xi, mean_E_T, mean_E_Xi } = summarise(rows);
  const ours = { points, E_T, E_Xi, mean_E_T, mean_E_Xi, ratio: E_Xi / E_T };
  return {
    ...ours,
    proved: countsOfProof(rows),
    ...(printed === undefined ? {} : { printed }),
    ...(found === undefined ? {} : { found: found.value }),
    ...(bound === undefined ? {} : { bound: bound.upper }),
  };
}

type Derived = `${Estimate | "ratio"}_printed`;

const estimate = (name: Estimate) => ({ ...factsOf(SUMMARY_COLUMNS, name), digits: 4 });

const printed = (name: Estimate) =>
  asPrinted<Estimates>(ESTIMATE_WORDS[name], estimate(name), (row) => row.printed?.[name]);

const RATIO = { type: "number", heading: "E_Ξ / E_T", digits: 3 } as const;

const FACTS = {
  points: { type: "integer", meaning: "points of the sample" },
  proved: {
    type: "text",
    heading: PROOF_LABEL,
    meaning: "maxima certified, those of them by the fallback solver, maxima not certified",
  },
  E_T: estimate("E_T"),
  E_T_printed: printed("E_T"),
  E_Xi: estimate("E_Xi"),
  E_Xi_printed: printed("E_Xi"),
  mean_E_T: estimate("mean_E_T"),
  mean_E_T_printed: printed("mean_E_T"),
  mean_E_Xi: estimate("mean_E_Xi"),
  mean_E_Xi_printed: printed("mean_E_Xi"),
  ratio: { ...RATIO, meaning: "how much larger errors get on polytopes than at the points" },
  ratio_printed: {
    ...RATIO,
    heading: `${RATIO.heading}, paper`,
    meaning: "the same of the numbers that the paper prints",
    isOptional: true,
    read: ({ printed: theirs }: Estimates) => (theirs ? theirs.E_Xi / theirs.E_T : null),
  },
  found: {
    type: "number",
    unit: "logits, L1",
    kind: "attained",
    heading: "worst found",
    digits: 4,
    meaning: "the largest E that a stored search found for inputs in [0, 1], at its witness",
    isOptional: true,
    read: ({ found }: Estimates) => found ?? null,
  },
  bound: {
    type: "number",
    unit: "logits, L1",
    kind: "bound",
    end: "upper",
    heading: "at most",
    digits: 4,
    meaning: "no input in [0, 1] has a larger E; stored",
    isOptional: true,
    read: ({ bound }: Estimates) => bound ?? null,
  },
} as const;

/** A line of Table 3. */
export interface Table3Line extends Estimates {
  readonly network: string;
}

/** The columns of Table 3. */
export const TABLE_3_COLUMNS = declareColumns<Table3Line, Derived, "printed">({
  network: { type: "text", meaning: "N" },
  ...FACTS,
});

/** A line of Table 4. */
export interface Table4Line extends Estimates {
  readonly bits: number;
}

/** The columns of Table 4. */
export const TABLE_4_COLUMNS = declareColumns<Table4Line, Derived, "printed">({
  bits: { type: "integer", meaning: "of each weight" },
  ...FACTS,
});
