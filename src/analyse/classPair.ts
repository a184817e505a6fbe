import { largestIndex } from "./accuracy";

/** The probabilities that a network gives classes c and g at one input. */
export interface ClassPair {
  readonly c: number;
  readonly g: number;
}

/** The softmax of two classes. (paper, Eq. 3) */
export function classPair(logits: Readonly<Float64Array>, c: number, g: number): ClassPair {
  const largest = logits[largestIndex(logits)];
  const total = logits.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  return { c: Math.exp(logits[c] - largest) / total, g: Math.exp(logits[g] - largest) / total };
}
