import { GEMM_TILE } from "../../numeric/gemmKernels";
import type { Box } from "../box";
import { goalForm, goalValue, type WorstGoal } from "./goal";
import type { Switching } from "./passStep";
import type { LogitForm, Logits, TwinPass } from "./twinPass";

/*
 * Ascent by the signs of a gradient, from many starts at once:
 *
 *     x ← clip(x + a (upper − lower) sign(∇))
 *
 * with steps a that shrink from round to round. E itself shows too little: most of it comes about
 * where neurons are on in both networks, and where one is off nothing says that turning it on would
 * help. So the gradient is that of differences with smooth switches, which sharpen while steps
 * shrink. What counts, and decides which starts go on, is the goal itself.
 */

/** From where to where something goes, by the same factor from step to step. */
export type Decay = readonly [number, number];

/** How an ascent goes. */
export interface AscentPlan {
  readonly steps: number;
  /** In parts of the box. */
  readonly reach: Decay;
  /** Of the smooth switches, in spreads of their values; none for Ñ's own. */
  readonly width: Decay | undefined;
  /** Into how many parts the way falls; from one to the next half of the starts go on. */
  readonly stages: number;
  /** The part of its time that is gone, where time may run out before all steps are made. */
  readonly timeGone?: () => number;
}

/** Where one step of an ascent stands. */
export interface AscentStep {
  readonly step: number;
  /** The part of the way that is behind, 1 at the last step. */
  readonly share: number;
  /** The inputs and what the goal comes to there, up to the order in which sums are formed. */
  readonly inputs: readonly Float64Array[];
  readonly values: readonly number[];
}

/**
 * Climbs from some starts, as many as the pass takes; every step is one value of the generator.
 * Where time runs short, the way is the same in fewer steps.
 */
export function* ascend(
  pass: TwinPass,
  goal: WorstGoal,
  box: Box,
  starts: readonly Float64Array[],
  plan: AscentPlan,
): Generator<AscentStep, void> {
  let inputs: readonly Float64Array[] = starts;
  let last: readonly number[] = [];
  for (let step = 0; step < plan.steps; step++) {
    const made = step / Math.max(1, plan.steps - 1);
    const share = Math.min(1, Math.max(made, shareAt(plan, starts.length)));
    inputs = foremost(inputs, last, countAt(starts.length, share, plan.stages));
    const logits = pass.forward(inputs, switchingAt(plan, share));
    last = logits.map(({ network, approximated }) => goalValue(goal, network, approximated));
    yield { step, share, inputs, values: last };
    if (share === 1) return;
    const gradients = pass.backward(logits.map((each) => differenceForm(goal, each)));
    const reach = decayed(plan.reach, share);
    inputs = inputs.map((x, k) => stepped(x, gradients[k], reach, box));
  }
}

function switchingAt({ width }: AscentPlan, share: number): Switching {
  return width === undefined ? { kind: "own" } : { kind: "smooth", width: decayed(width, share) };
}

function decayed([from, to]: Decay, share: number): number {
  return from * (to / from) ** share;
}

/**
 * The part of the way that is to be behind by now, so that its stages have as many steps as ever:
 * where many starts climb a step takes longer.
 */
function shareAt({ stages, timeGone }: AscentPlan, starts: number): number {
  const gone = timeGone?.() ?? 0;
  if (!(gone > 0)) return 0;
  const costs = Array.from({ length: stages }, (_, stage) =>
    stepCost(countAt(starts, stage / stages, stages)),
  );
  let left = Math.min(1, gone) * costs.reduce((sum, cost) => sum + cost, 0);
  const stage = costs.findIndex((cost) => (left -= cost) < 0);
  return stage === -1 ? 1 : (stage + 1 + left / costs[stage]) / stages;
}

/** What a step takes, in parts of what it would for one start: products take rows by tiles. */
function stepCost(starts: number): number {
  return Math.ceil(starts / GEMM_TILE) * GEMM_TILE;
}

/** How many starts are left at a part of the way. */
function countAt(starts: number, share: number, stages: number): number {
  const stage = Math.min(stages - 1, Math.floor(share * stages));
  return Math.ceil(starts / 2 ** stage);
}

/** Those inputs that came furthest in the last step, in their order. */
function foremost(
  inputs: readonly Float64Array[],
  values: readonly number[],
  count: number,
): readonly Float64Array[] {
  if (inputs.length <= count) return inputs;
  const order = inputs.map((_, k) => k).sort((one, other) => values[other] - values[one]);
  const kept = new Set(order.slice(0, count));
  return inputs.filter((_, k) => kept.has(k));
}

/** The goal's form in N's logits and the differences: ξ̃ = ξ + δ. */
function differenceForm(goal: WorstGoal, { network, approximated }: Logits): LogitForm {
  const form = goalForm(goal, network, approximated);
  return {
    network: form.network.map((factor, output) => factor + form.approximated[output]),
    difference: form.approximated,
  };
}

function stepped(
  x: Readonly<Float64Array>,
  gradient: Readonly<Float64Array>,
  reach: number,
  { lower, upper }: Box,
): Float64Array {
  return x.map((value, input) => {
    const [low, high] = [lower[input], upper[input]];
    const moved = value + reach * (high - low) * Math.sign(gradient[input]);
    return Math.min(high, Math.max(low, moved));
  });
}
