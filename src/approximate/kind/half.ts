import { BINARY16 } from "../../numeric/half";
import { floatingRules } from "./floating";

/** Weights and biases rounded to IEEE binary16. (the paper's 16 bits) */
export interface HalfApproximation {
  readonly kind: "half";
}

export const halfRules = floatingRules({
  kind: "half",
  format: BINARY16,
  form: "half (binary16)",
  names: ["half", "float16", "binary16", "fp16"],
  described: "weights rounded to IEEE binary16 (16 bits)",
  bits: 16,
});
