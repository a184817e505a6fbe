import { assertNever, InvariantError } from "../../errors";
import { atValue } from "../../network/layer/perChannel";
import type { AffineStep, MaxStep, PiecesStep, Step } from "../../network/layer/step";
import { applyTerm, termRules, type Term } from "../../network/layer/term";
import { poolMembers } from "../../network/layer/windows";
import { addAll, type Intervals } from "../intervals";
import { negative, positive } from "../rules/affineParts";
import { boundPiecesError, isSameFunction } from "../rules/piecesError";
import type { Site } from "../source/rules";

/** A form on the ends of intervals: a coefficient for each lower and each upper one. */
export interface Ends {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export function createEnds(size: number): Ends {
  return { lower: new Float64Array(size), upper: new Float64Array(size) };
}

/** How the ends of what a layer reads became ends of what it yields. */
export interface BoundPassage {
  /** What became of them: the yielded ends without what the layer adds of its own. */
  readonly carried: Intervals;
  /** What a step with another function than N's adds whatever came; of sums, sources say it. */
  readonly local?: Intervals;
  /** Adds to forms on the ends it reads what a form on the ends it yields is there. */
  readonly carryBack: (form: Ends, outs: readonly Ends[]) => void;
}

/** @param moved  the ends of the layer's differences, before what acts on values it has yielded */
export function carryEnds(site: Site, moved: Intervals): BoundPassage {
  const { step, approximatedStep, errors } = site;
  switch (step.form) {
    case "affine":
      return throughSum(formed(approximatedStep, step.form), errors);
    case "pieces":
      return throughPieces(step, formed(approximatedStep, step.form), site, moved);
    case "max":
      return throughMaxima(step, errors[0]);
    default:
      return assertNever(step);
  }
}

/** Ñ's step, which has the form of N's. */
function formed<F extends Step["form"]>(step: Step, form: F): Extract<Step, { form: F }> {
  if (isOf(step, form)) return step;
  throw new InvariantError(`a step of ${form} stands against one of ${step.form}`);
}

function isOf<F extends Step["form"]>(step: Step, form: F): step is Extract<Step, { form: F }> {
  return step.form === form;
}

/** upper' = W̃⁺ upper + W̃⁻ lower, lower' = W̃⁺ lower + W̃⁻ upper. */
function throughSum({ terms, size }: AffineStep, errors: readonly Intervals[]): BoundPassage {
  const halves = terms.map((term) => halvesOf(term));
  const sums = (end: "lower" | "upper", other: "lower" | "upper"): Float64Array =>
    addAll(
      new Float64Array(size),
      ...halves.flatMap(({ plus, minus }, source) => [
        applyWeights(plus, errors[source][end]),
        ...(minus === undefined ? [] : [applyWeights(minus, errors[source][other])]),
      ]),
    );
  return {
    carried: { lower: sums("lower", "upper"), upper: sums("upper", "lower") },
    carryBack(form, outs) {
      halves.forEach(({ plus, minus }, source) => {
        const out = outs[source];
        termRules(plus).addAdjoint(plus, form.upper, out.upper);
        termRules(plus).addAdjoint(plus, form.lower, out.lower);
        if (minus === undefined) return;
        termRules(minus).addAdjoint(minus, form.upper, out.lower);
        termRules(minus).addAdjoint(minus, form.lower, out.upper);
      });
    },
  };
}

/** A normalisation divides by a number above 0 and has no weights to tell apart. */
function halvesOf(term: Term): { readonly plus: Term; readonly minus?: Term } {
  if (term.kind === "quotient") return { plus: term };
  return { plus: positive(term), minus: negative(term) };
}

/** The term without the constant that a normalisation has. */
function applyWeights(term: Term, x: Readonly<Float64Array>): Float64Array {
  return applyTerm(term.kind === "quotient" ? { ...term, offset: 0 } : term, x);
}

/**
 * Of what f̃ makes of what came, an end is the share of the same end where f̃ never falls, and of
 * the interval's width where it may.
 */
function throughPieces(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  { values: [values], errors: [errors] }: Site,
  moved: Intervals,
): BoundPassage {
  const size = step.size;
  const nothing = { lower: new Float64Array(size), upper: new Float64Array(size) };
  const isShared = isSameFunction(step, approximatedStep);
  const local = isShared
    ? nothing
    : boundPiecesError(step, approximatedStep, values, nothing, "exact");
  const shares = createEnds(size);
  const rising = new Uint8Array(size);
  const carried = createEnds(size);
  for (let place = 0; place < size; place++) {
    const slopes = approximatedStep.slopes.map((slope) =>
      atValue(slope, approximatedStep.pixels, place),
    );
    rising[place] = slopes.every((slope) => slope >= 0) ? 1 : 0;
    const most = Math.max(...slopes.map(Math.abs));
    const width = errors.upper[place] - errors.lower[place];
    for (const end of ["lower", "upper"] as const) {
      const sign = end === "upper" ? 1 : -1;
      const came = rising[place] === 1 ? errors[end][place] : sign * width;
      const share = (moved[end][place] - local[end][place]) / came;
      // What is no share of what came, such as an allowance for rounding, came from elsewhere.
      shares[end][place] = came === 0 ? 0 : Math.min(most, Math.max(0, share));
      carried[end][place] = shares[end][place] * came;
    }
  }
  return {
    carried,
    ...(isShared ? {} : { local }),
    carryBack({ lower, upper }, [out]) {
      for (let place = 0; place < size; place++) {
        const [down, up] = [lower[place] * shares.lower[place], upper[place] * shares.upper[place]];
        // sign · width: the upper end less the lower one, or the other way round.
        const isOwn = rising[place] === 1;
        out.upper[place] += isOwn ? up : up - down;
        out.lower[place] += isOwn ? down : down - up;
      }
    },
  };
}

/** The ends of a maximum are those of one member each. */
function throughMaxima({ windows }: MaxStep, { lower, upper }: Intervals): BoundPassage {
  const members = poolMembers(windows);
  const least = members.map((each) => each.reduce((a, b) => (lower[b] < lower[a] ? b : a)));
  const most = members.map((each) => each.reduce((a, b) => (upper[b] > upper[a] ? b : a)));
  return {
    carried: {
      lower: Float64Array.from(least, (member) => lower[member]),
      upper: Float64Array.from(most, (member) => upper[member]),
    },
    carryBack(form, [out]) {
      least.forEach((member, window) => (out.lower[member] += form.lower[window]));
      most.forEach((member, window) => (out.upper[member] += form.upper[window]));
    },
  };
}
