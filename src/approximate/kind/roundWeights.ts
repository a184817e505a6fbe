import { mapValues } from "../../numeric/mapValues";
import type { Parameter } from "../../network/layer/layerRules";
import type { Rounding } from "./rules";

/** Weights become what `round` makes of them; biases stay as they are. */
export function roundWeights(round: Rounding): Rounding {
  return (parameter, place) =>
    parameter.name === "bias" ? parameter.values.slice() : round(parameter, place);
}

/** Every parameter, biases included, number by number. */
export function roundEach(round: (value: number) => number): Rounding {
  return ({ values }: Parameter) => mapValues(values, round);
}
