import { boundErrors } from "../errorBounds";
import type { Intervals } from "../intervals";
import { stepRules } from "../rules/stepRules";
import { pairedSteps } from "../sameArchitecture";
import { eachChange, type ChangedParameter } from "../source/eachChange";
import type { Site } from "../source/rules";
import { sourceRules, type ErrorSource } from "../source/source";
import { sumOf } from "../source/sumOf";
import { WEIGHTS } from "../source/weights";
import type { Twins } from "../twin";
import { createEnds, carryEnds, type Ends } from "./boundPassage";

/** What makes a bound: the sources of errors, and what rounding of the bound's own sums allows. */
export type BoundSource = ErrorSource["kind"] | "rounding";

/** The ends that a source gives to the differences of one value. */
export interface BoundPart {
  readonly source: BoundSource;
  /** 0 is the input, n what the n-th layer yields. */
  readonly value: number;
  readonly local: Intervals;
  /** Of weights, where they act: what goes in there, and the two steps. */
  readonly site?: Site;
}

/**
 * What each changed number of a layer has in an end's part: those of a neuron add up to its part.
 * Over a box a weight w meets all values y of an interval, so what its change adds runs from
 * min Δw y to max Δw y; the ends of the layer's sums are the sums of these.
 */
export function eachWeightOver(
  { local, site }: BoundPart,
  form: Ends,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  if (site === undefined) return;
  eachChange(
    site,
    {
      factor(term, change, output, from) {
        const { lower, upper } = site.values[term];
        const [least, most] = change > 0 ? [lower, upper] : [upper, lower];
        return form.lower[output] * least[from] + form.upper[output] * most[from];
      },
      constant: (place) => form.lower[place] + form.upper[place],
      moved: (place) =>
        form.lower[place] * local.lower[place] + form.upper[place] * local.upper[place],
    },
    see,
  );
}

/**
 * The ends of `boundErrors`, each as a sum over all that makes it:
 *
 *     upper_k = Σ_parts ⟨onUpper, local.upper⟩ + ⟨onLower, local.lower⟩
 *
 * Propagation through affine layers is additive. Where a step has pieces, an end becomes a share of
 * itself, the one that it became: what came so far is split in that share. So the parts add up to
 * the bound, and not one of them bounds what its source does alone or together with others.
 */
export interface BoundAttribution {
  readonly ends: Intervals;
  readonly parts: readonly BoundPart[];
  /** How an output's lower or upper end follows the ends of each value. */
  readonly forms: (output: number, end: "lower" | "upper") => readonly Ends[];
}

/**
 * Splits the ends of the differential bound by what makes them.
 *
 * @throws what `boundErrors` throws
 */
export function attributeBound(twins: Twins, box: Intervals): BoundAttribution {
  const { values, errors } = boundErrors(twins, box);
  const pairs = pairedSteps(twins, "parts of a bound");
  const sources: readonly ErrorSource[] = [WEIGHTS, ...(twins.sources ?? [])];
  const parts: BoundPart[] = [];
  const none = box.lower.map(() => 0);
  parts.push(...yieldedParts(sources, 0, box, { lower: none, upper: none }, errors[0]));
  const layers = pairs.map(({ step, approximatedStep, from }, layer) => {
    const site: Site = {
      layer,
      step,
      approximatedStep,
      values: from.map((value) => values[value]),
      errors: from.map((value) => errors[value]),
    };
    const sums = sources.flatMap((source) => sumAt(source, site));
    const moved = stepRules(step).boundError(site, sums, "exact");
    const passage = carryEnds(site, moved);
    const own = sums.map(({ kind, lower, upper }) =>
      partOf(kind, layer + 1, { lower, upper }, site),
    );
    if (passage.local !== undefined) own.push(partOf("weights", layer + 1, passage.local, site));
    own.push(partOf("rounding", layer + 1, leftOf(moved, passage.carried, own)));
    parts.push(
      ...own,
      ...yieldedParts(sources, layer + 1, values[layer + 1], moved, errors[layer + 1]),
    );
    return { from, passage };
  });
  const forms = (output: number, end: "lower" | "upper"): readonly Ends[] => {
    const found = values.map(({ lower }) => createEnds(lower.length));
    found[layers.length][end][output] = 1;
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const { from, passage } = layers[layer];
      const outs = from.map((value) => found[value]);
      passage.carryBack(found[layer + 1], outs);
    }
    return found;
  };
  return { ends: errors[errors.length - 1], parts, forms };
}

/** @param site  where it acts, if it acts within a layer: told of weights alone */
function partOf(source: BoundSource, value: number, local: Intervals, site?: Site): BoundPart {
  return { source, value, local, ...(source === "weights" && site !== undefined ? { site } : {}) };
}

function sumAt(source: ErrorSource, site: Site) {
  const { step, approximatedStep } = site;
  if (step.form !== "affine" || approximatedStep.form !== "affine") return [];
  const sum = sourceRules(source).localSum(source, { ...site, step, approximatedStep });
  return sum === undefined ? [] : [{ ...sum, kind: source.kind }];
}

/** What sources do to a value as it is yielded, and what adding it up allows for rounding. */
function yieldedParts(
  sources: readonly ErrorSource[],
  value: number,
  yielded: Intervals,
  moved: Intervals,
  errors: Intervals,
): BoundPart[] {
  const parts: BoundPart[] = [];
  let known = moved;
  for (const source of sources) {
    const local = sourceRules(source).localError(source, value, sumOf(yielded, known));
    if (local === undefined) continue;
    parts.push(partOf(source.kind, value, local));
    known = sumOf(known, local);
  }
  return parts.length === 0
    ? []
    : [...parts, partOf("rounding", value, leftOf(errors, moved, parts))];
}

/** What is left of ends when what is carried and what sources add are taken off. */
function leftOf(ends: Intervals, carried: Intervals, parts: readonly BoundPart[]): Intervals {
  const left = (end: "lower" | "upper"): Float64Array =>
    ends[end].map((value, place) =>
      parts.reduce((rest, { local }) => rest - local[end][place], value - carried[end][place]),
    );
  return { lower: left("lower"), upper: left("upper") };
}
