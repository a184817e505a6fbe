import { nearestFirst } from "../nearestNames";

/** A form that names of approximations have. */
interface Form {
  /** As the grammar writes it. */
  readonly text: string;
  /** Names of this form with a number in it, to hold a mistyped name against. */
  readonly names: (number: string) => readonly string[];
}

const FORMS: readonly Form[] = [
  { text: "none", names: () => ["none"] },
  { text: "half (binary16)", names: () => ["half", "float16", "binary16", "fp16"] },
  { text: "bfloat16", names: () => ["bfloat16", "bf16"] },
  {
    text: "paper-BITS or just BITS (the paper's quantiser, one grid for the whole network, such as 8)",
    names: (bits) => [`paper-${bits}`, bits],
  },
  {
    text: "corrected-BITS (the same, errors within half a step)",
    names: (bits) => [`corrected-${bits}`],
  },
  {
    text: "intBITS (symmetric, one grid per layer, biases kept, such as int8)",
    names: (bits) => [`int${bits}`, `int${bits}:tensor`],
  },
  { text: "intBITS:channel (one grid per output)", names: (bits) => [`int${bits}:channel`] },
  { text: "prune-PERCENT (such as prune-50)", names: (percent) => [`prune-${percent}`] },
];

/** The grammar of `parseApproximation`, for messages and for the command line's help. */
export const APPROXIMATION_GRAMMAR = FORMS.map(({ text }) => text).join(", ");

/** The grammar with those forms first that a mistyped name is nearest to. */
export function approximationsNearest(typed: string): string {
  const name = typed.trim().toLowerCase();
  const number = /\d+/.exec(name)?.[0] ?? "8";
  const forms = FORMS.flatMap(({ text, names }) =>
    names(number).map((known) => [known, text] as const),
  );
  const formOf = new Map(forms);
  const nearest = nearestFirst(name, [...formOf.keys()]);
  return [...new Set(nearest.map((known) => formOf.get(known) ?? known))].join(", ");
}
