import { BFLOAT16 } from "../../numeric/bfloat16";
import { floatingRules } from "./floating";

/** Weights and biases rounded to bfloat16. */
export interface Bfloat16Approximation {
  readonly kind: "bfloat16";
}

export const bfloat16Rules = floatingRules({
  kind: "bfloat16",
  format: BFLOAT16,
  form: "bfloat16",
  names: ["bfloat16", "bf16"],
  described: "weights rounded to bfloat16 (16 bits)",
  bits: 16,
});
