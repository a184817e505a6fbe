/**
 * What a number that RoundLab shows claims. Kinds are never mixed in one column or one series:
 *
 *     sample, attained  ≤  true maximum  ≤  bound          an estimate may lie on either side
 *
 * A printed number is none of them: somebody else's, of other networks, which nothing here proves
 * or reaches. It stands beside ours to be compared with.
 */
export type KindOfNumber = "bound" | "attained" | "estimate" | "sample" | "printed";

/** The kinds, from the strongest claim to the weakest; last what is not ours. */
export const KINDS_OF_NUMBER: readonly KindOfNumber[] = [
  "bound",
  "attained",
  "estimate",
  "sample",
  "printed",
];

const MEANINGS: Readonly<Record<KindOfNumber, string>> = {
  bound: "proved for the inputs that stand with it",
  attained: "reached at an input, which is kept or which the same computation finds again",
  estimate: "what a model says, not proved",
  sample: "seen on data",
  printed: "as the paper prints it of its own networks",
};

/** What a kind claims, as the end of a sentence: `seen on data`. */
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
 * What a column or a series claims: its kind and, for a bound, the inputs for which it is proved.
 */
export interface Claim {
  readonly kind?: KindOfNumber;
  /** As the end of "proved for", such as `every input in [0, 1] (pixels)`. */
  readonly inputs?: string;
}

/**
 * The sentence under a table or a figure that says what its kinds of number claim.
 *
 * @param claims  kinds or claims in any order, repeats and gaps allowed
 * @returns `bound: proved for every input in [0, 1]; sample: seen on data`, empty without kinds
 */
export function explainKinds(claims: Iterable<KindOfNumber | Claim | undefined>): string {
  const inputs = new Map<KindOfNumber, Set<string>>();
  for (const claim of claims) {
    const { kind, inputs: ofWhich }: Claim =
      typeof claim === "string" ? { kind: claim } : (claim ?? {});
    if (kind === undefined) continue;
    const known = inputs.get(kind) ?? new Set();
    if (ofWhich !== undefined) known.add(ofWhich);
    inputs.set(kind, known);
  }
  return KINDS_OF_NUMBER.flatMap((kind) => {
    const known = inputs.get(kind);
    if (known === undefined) return [];
    // The inputs of a bound are part of what it says; those of other kinds are in their meaning.
    const isNamed = kind === "bound" && known.size > 0;
    return [`${kind}: ${isNamed ? `proved for ${[...known].join(" or ")}` : MEANINGS[kind]}`];
  }).join("; ");
}
