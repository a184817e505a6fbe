import { ArgumentError } from "../../errors";
import { runsOf } from "./granularity";
import { roundWeights } from "./roundWeights";
import { WHOLE, type ApproximationRules } from "./rules";

/**
 * Of every `of` weights of an output, the `zeros` smallest by magnitude set to zero, as sparse
 * matrix units want it (2 of 4); biases stay.
 */
export interface PruneRunsApproximation {
  readonly kind: "pruneRuns";
  readonly zeros: number;
  readonly of: number;
}

const NAME = /^prune-(\d{1,3})of(\d{1,3})$/;

export const pruneRunsRules: ApproximationRules<PruneRunsApproximation> = {
  forms: [
    {
      text: "prune-NofM (the N smallest of every M weights of an output, such as prune-2of4)",
      names: (zeros) => [`prune-${zeros}of4`, "prune-2of4"],
    },
  ],
  read(name) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    const approximation = {
      kind: "pruneRuns",
      zeros: Number(found[1]),
      of: Number(found[2]),
    } as const;
    checkRuns(approximation);
    return approximation;
  },
  name: ({ zeros, of }) => `prune-${zeros}of${of}`,
  describe: ({ zeros, of }) =>
    `the ${zeros} smallest of every ${of} weights of an output set to zero; biases kept`,
  rounding(_, approximation) {
    checkRuns(approximation);
    const { zeros, of } = approximation;
    return roundWeights(({ values, channels }) => {
      const kept = values.slice();
      for (const { start, end } of runsOf(values.length, channels, `block${of}`)) {
        const places = Array.from({ length: end - start }, (_unused, at) => start + at);
        places.sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]) || a - b);
        // A last run that is shorter loses the same part, rounded down.
        const count = Math.floor((zeros * places.length) / of);
        for (const place of places.slice(0, count)) kept[place] = 0;
      }
      return kept;
    });
  },
  // What is left, and a bit for each weight that says whether it is.
  storedBits:
    (_, { zeros, of }) =>
    ({ name, values }) =>
      name === "bias"
        ? WHOLE * values.length
        : values.length + Math.ceil(WHOLE * values.length * (1 - zeros / of)),
};

function checkRuns({ zeros, of }: PruneRunsApproximation): void {
  if (Number.isInteger(zeros) && Number.isInteger(of) && zeros >= 0 && zeros < of) return;
  throw new ArgumentError(
    `approximation "prune-${zeros}of${of}": fewer weights than there are can be pruned, such as prune-2of4`,
  );
}
