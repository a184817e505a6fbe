import { reachOf } from "../../intervals";
import { rectifierChord } from "../symbolic/planes";
import {
  boundForm,
  OPEN,
  reachAt,
  type Decisions,
  type MaskRelaxation,
  type Work,
} from "./maskBound";
import type { MaskProblem } from "./maskProblem";

/**
 * What the relaxation of a mask problem needs: conditions of the masks by the twins' own intervals,
 * and the intervals that δ has under any masks, place after place.
 */
export function relaxMasks(problem: MaskProblem): MaskRelaxation {
  const { count, outputs, differences } = problem;
  const numbers = (): Float64Array => new Float64Array(count);
  const relaxation: MaskRelaxation = {
    ...problem,
    // δ of the twins is at most β: a mask above 0 needs ξ > 0 or ξ > −δ ≥ −β; one below 1 likewise.
    least: differences.upper.map((high) => Math.min(0, -high)),
    most: differences.lower.map((low) => Math.max(0, -low)),
    free: { lower: numbers(), upper: numbers() },
    over: { slope: numbers(), constant: numbers() },
    under: { slope: numbers(), constant: numbers() },
    scale: new Float64Array(2 * count + outputs),
    work: createWork(problem),
  };
  const open: Decisions = { masks: new Uint8Array(count).fill(OPEN), multipliers: numbers() };
  const addScale = scalesOf(relaxation);
  for (let place = 0; place < count; place++) {
    addScale(place);
    addScale(count + place);
    const most = (sign: number): number => {
      relaxation.work.factors.fill(0);
      relaxation.work.factors[count + place] = sign;
      return boundForm(relaxation, open);
    };
    relaxation.free.upper[place] = most(1);
    relaxation.free.lower[place] = 0 - most(-1);
    addChords(relaxation, place);
  }
  for (let output = 0; output < outputs; output++) addScale(2 * count + output);
  return relaxation;
}

/** Writes how large the sum of the magnitudes of a row can be, once earlier places are known. */
function scalesOf(problem: MaskRelaxation): (row: number) => void {
  const { count, inputs, onInputs, onValues, onDifferences, constant, scale } = problem;
  const reach = reachOf(problem.values);
  const corner = inputs.middle.map((middle, input) => Math.abs(middle) + inputs.spread[input]);
  return (row) => {
    let sum = Math.abs(constant[row]);
    const start = row * corner.length;
    for (let input = 0; input < corner.length; input++) {
      sum += Math.abs(onInputs.data[start + input]) * corner[input];
    }
    for (let place = 0; place < count; place++) {
      sum += Math.abs(onValues.data[row * count + place]) * reach[place];
      sum += Math.abs(onDifferences.data[row * count + place]) * reachAt(problem.free, place);
    }
    scale[row] = sum;
  };
}

/** The chord over max(0, δ), and that under min(0, δ) = −R(−δ). */
function addChords({ free, over, under }: MaskRelaxation, place: number): void {
  const [alpha, beta] = [free.lower[place], free.upper[place]];
  if (alpha >= 0) over.slope[place] = 1;
  else if (beta <= 0) under.slope[place] = 1;
  else {
    const [above, below] = [rectifierChord(alpha, beta), rectifierChord(-beta, -alpha)];
    [over.slope[place], over.constant[place]] = [above.slope, above.constant];
    [under.slope[place], under.constant[place]] = [below.slope, -below.constant];
  }
}

function createWork({ count, outputs, inputs }: MaskProblem): Work {
  const numbers = (size: number): Float64Array => new Float64Array(size);
  const size = inputs.middle.length;
  return {
    factors: numbers(2 * count + outputs),
    ...{ onValue: numbers(count), onDifference: numbers(count), onInput: numbers(size) },
    ...{ input: numbers(size), value: numbers(count), relaxed: numbers(count) },
    ...{ slopes: numbers(count), shifts: numbers(count) },
  };
}
