import { ShapeError } from "../../errors";
import { given } from "../../network/layer/applyStep";
import type { MaxStep } from "../../network/layer/step";
import { poolMembers, poolPairs } from "../../network/layer/windows";
import type { PairRows } from "../blockRows";
import { move } from "../magnified";
import { addEntry } from "../sparseForm";
import type { StepRules } from "./rule";

/** Maxima over windows; the pattern is each window's winner. */
export const maxRules: StepRules<MaxStep> = {
  bound({ windows }, [input]) {
    const members = poolMembers(windows);
    return {
      lower: Float64Array.from(members, largest(input.lower)),
      upper: Float64Array.from(members, largest(input.upper)),
    };
  },
  boundError({ step: { windows }, approximatedStep, errors: [errors] }) {
    if (JSON.stringify(windows) !== JSON.stringify(approximatedStep.windows)) {
      throw new ShapeError(
        "error intervals need twins of one architecture, but a pooling stands against another one",
      );
    }
    const members = poolMembers(windows);
    return {
      lower: Float64Array.from(members, (window) =>
        window.reduce((least, member) => Math.min(least, errors.lower[member]), Infinity),
      ),
      upper: Float64Array.from(members, largest(errors.upper)),
    };
  },
  rows({ windows }, switches, isAtFloor): PairRows {
    const { winners, losers } = poolPairs(windows, given(switches));
    // That the winner is no less than a value at the floor is what the winner's own row says.
    let count = 0;
    for (let pair = 0; pair < losers.length; pair++) {
      if (isAtFloor(losers[pair])) continue;
      winners[count] = winners[pair];
      losers[count++] = losers[pair];
    }
    return {
      kind: "pairs",
      winners: winners.subarray(0, count),
      losers: losers.subarray(0, count),
    };
  },
  carrySparse(_, switches, { touched, values, count }, [out]) {
    const winners = given(switches);
    for (let index = 0; index < count; index++) {
      addEntry(out, winners[touched[index]], values[touched[index]]);
    }
  },
  carry({ windows }, switches, form, [out]) {
    const winners = given(switches);
    form.magnitude.forEach((_, place) => move(form, place, out, winners[place]));
    // One value wins in no more windows than a window has places.
    return windows.windowHeight * windows.windowWidth;
  },
};

function largest(values: Readonly<Float64Array>): (window: Int32Array) => number {
  return (window) => window.reduce((most, member) => Math.max(most, values[member]), -Infinity);
}
