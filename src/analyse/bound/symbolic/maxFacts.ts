import type { MaxStep } from "../../../network/layer/step";
import { poolMembers } from "../../../network/layer/windows";
import type { Intervals } from "../../intervals";
import { sumOf } from "../../source/sumOf";

/**
 * What holds of the maxima over windows: where one member is the largest of N and of Ñ for certain,
 * its value and difference; elsewhere y is no less than the member with the largest lower end and
 * no more than the largest upper end, and Δ lies between those of members that can be largest.
 */
export interface MaxFacts {
  readonly form: "max";
  /** For each window a member that y is no less than. */
  readonly winners: Int32Array;
  /** Whether the winner is the largest in both for certain. */
  readonly isSure: Uint8Array;
  /** Of y above, of Δ above and below; unused where a winner is sure. */
  readonly most: Float64Array;
  readonly differences: Intervals;
}

export function maxFacts(
  { windows }: MaxStep,
  values: Intervals,
  differences: Intervals,
): MaxFacts {
  const twins = sumOf(values, differences);
  const members = poolMembers(windows);
  const facts = {
    form: "max",
    winners: new Int32Array(members.length),
    isSure: new Uint8Array(members.length),
    most: new Float64Array(members.length),
    differences: {
      lower: new Float64Array(members.length),
      upper: new Float64Array(members.length),
    },
  } as const;
  members.forEach((window, place) => {
    const [ours, theirs] = [candidates(window, values), candidates(window, twins)];
    const winner = ours.reduce((best, next) =>
      values.lower[next] > values.lower[best] ? next : best,
    );
    facts.winners[place] = winner;
    facts.isSure[place] = ours.length === 1 && theirs.length === 1 && theirs[0] === winner ? 1 : 0;
    facts.most[place] = Math.max(...ours.map((member) => values.upper[member]));
    // Ñ's maximum less N's is at most Δ where Ñ's is, and at least Δ where N's is.
    facts.differences.upper[place] = Math.max(...theirs.map((member) => differences.upper[member]));
    facts.differences.lower[place] = Math.min(...ours.map((member) => differences.lower[member]));
  });
  return facts;
}

/** The members that can be the largest. */
function candidates(window: Int32Array, { lower, upper }: Intervals): number[] {
  const least = window.reduce((most, member) => Math.max(most, lower[member]), -Infinity);
  const able = Array.from(window).filter((member) => upper[member] > least);
  // All ends equal: any member will do.
  return able.length > 0 ? able : [window[0]];
}
