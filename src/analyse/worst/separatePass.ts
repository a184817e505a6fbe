import { patternOfFlows, type ActivationPattern } from "../../network/activationPattern";
import type { LinearForm } from "../linearForm";
import { outputOf, type PatternPasses } from "../patternPasses";
import type { TwinPass } from "./twinPass";

/**
 * Twins of any two architectures, input after input and each network by itself: the gradient is
 * that of the goal, since no switch of one stands against one of the other that could be smoothed.
 */
export function createSeparatePass(sides: readonly PatternPasses[], capacity: number): TwinPass {
  let patterns: ActivationPattern[][] = [];
  return {
    capacity,
    measureSpread: () => undefined,
    forward(inputs) {
      patterns = [];
      return inputs.map((x) => {
        const [network, approximated] = sides.map((side) => {
          side.forward(x);
          return Float64Array.from(outputOf(side));
        });
        patterns.push(sides.map((side) => patternOfFlows(side.network, side.flows)));
        const smoothed = approximated.map((value, output) => value - network[output]);
        return { network, approximated, smoothed };
      });
    },
    backward: (forms) =>
      forms.map(({ network, difference }, k) => {
        // ξ̃ = ξ + δ: what stands with δ is Ñ's, and N has the rest.
        const factors = [network.map((factor, o) => factor - difference[o]), difference];
        const [one, other] = sides.map((side, index) => {
          const last = side.network.layers.length;
          return Float64Array.from(side.pullBack(patterns[k][index], last, formOf(factors[index])));
        });
        return one.map((value, input) => value + other[input]);
      }),
  };
}

function formOf(factors: Readonly<Float64Array>): LinearForm {
  const places = Array.from(factors.keys()).filter((output) => factors[output] !== 0);
  return { places, factors: places.map((output) => factors[output]) };
}
