/**
 * What a number that RoundLab shows claims. The four are never mixed in one column or one series:
 *
 *     sample, attained  ≤  true maximum  ≤  bound          an estimate may lie on either side
 */
export type KindOfNumber = "bound" | "attained" | "estimate" | "sample";

/** The four kinds, from the strongest claim to the weakest. */
export const KINDS_OF_NUMBER: readonly KindOfNumber[] = ["bound", "attained", "estimate", "sample"];

const MEANINGS: Readonly<Record<KindOfNumber, string>> = {
  bound: "proved for every input it speaks of",
  attained: "reached at an input that is kept with the result",
  estimate: "what a model says, not proved",
  sample: "seen on data",
};

/** What a kind claims, as the end of a sentence: `proved for every input it speaks of`. */
export function meaningOfKind(kind: KindOfNumber): string {
  return MEANINGS[kind];
}

/** A name with its kind behind it, as a legend or a sentence shows it: `E_T (sample)`. */
export function labelWithKind(label: string, kind: KindOfNumber | undefined): string {
  return kind === undefined ? label : `${label} (${kind})`;
}

/**
 * The second line of a column's header: kind, then unit, whichever are there.
 *
 * @returns an empty text when neither is given
 */
export function kindAndUnit(kind: KindOfNumber | undefined, unit: string | undefined): string {
  return [kind, unit].filter((part) => part !== undefined && part !== "").join(", ");
}

/**
 * The sentence under a table or a figure that says what its kinds of number claim.
 *
 * @param kinds  in any order, repeats and gaps allowed
 * @returns `bound: proved for every input it speaks of; sample: seen on data`, empty without kinds
 */
export function explainKinds(kinds: Iterable<KindOfNumber | undefined>): string {
  const present = new Set(kinds);
  return KINDS_OF_NUMBER.filter((kind) => present.has(kind))
    .map((kind) => `${kind}: ${MEANINGS[kind]}`)
    .join("; ");
}
