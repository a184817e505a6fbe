import { WHOLE, type ApproximationRules } from "./rules";

/** No change: the twin of a network that equals it. */
export interface NoApproximation {
  readonly kind: "none";
}

export const noneRules: ApproximationRules<NoApproximation> = {
  forms: [{ text: "none", names: () => ["none"] }],
  read: (name) => (name === "none" ? { kind: "none" } : undefined),
  name: () => "none",
  describe: () => "weights unchanged",
  rounding:
    () =>
    ({ values }) =>
      values.slice(),
  storedBits:
    () =>
    ({ values }) =>
      WHOLE * values.length,
};
