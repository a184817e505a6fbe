import { assertNever, InvariantError } from "../../../errors";
import type { Step } from "../../../network/layer/step";
import type { Gemm } from "../../../numeric/gemm";
import { summationError } from "../../../numeric/rounding";
import { checkBox } from "../../intervalBounds";
import { widen, type Intervals } from "../../intervals";
import { isSameFunction } from "../../rules/piecesError";
import { stepRules } from "../../rules/stepRules";
import { pairedSteps } from "../../sameArchitecture";
import { addLocalErrors, localSums } from "../../source/localErrors";
import type { Site } from "../../source/rules";
import { sourceRules, type ErrorSource } from "../../source/source";
import { sumOf } from "../../source/sumOf";
import type { Twins } from "../../twin";
import { affineFacts } from "./affineFacts";
import { maxFacts } from "./maxFacts";
import { piecesFacts, relativeErrors, type Facts, type Model } from "./model";
import { relaxPieces } from "./piecesPlanes";

/** A node's facts, and intervals of what it yields before sources other than weights. */
interface Yielded {
  readonly facts: Facts;
  readonly values: Intervals;
  readonly differences: Intervals;
}

/**
 * Walks through twins layer by layer. Intervals of each layer come from those of the ones before,
 * and `refine` may make them narrower before anything is built on them.
 *
 * @throws ShapeError if the twins are of two architectures or the box has another size,
 *   ArgumentError if it is none
 */
export function buildModel(
  twins: Twins,
  box: Intervals,
  gemm: Gemm,
  refine: (model: Model, value: number, readers: readonly Step[]) => void,
): Model {
  checkBox(box, twins.network);
  const pairs = pairedSteps(twins, "bounds of differences");
  const sources: readonly ErrorSource[] = twins.sources ?? [];
  const none = new Float64Array(box.lower.length);
  const model: Model = {
    ...{ gemm, nodes: [], values: [box], middles: new WeakMap() },
    differences: [addLocalErrors(sources, 0, box, { lower: none, upper: none })],
    relative: relativeErrors(
      pairs.length + 1,
      pairs.map(({ step, from }) => ({ size: step.size, from })),
    ),
  };
  pairs.forEach(({ step, approximatedStep, from }, layer) => {
    const site = {
      ...{ layer, step, approximatedStep },
      values: from.map((value) => model.values[value]),
      errors: from.map((value) => model.differences[value]),
    };
    const { facts, values, differences } = yieldOf(site);
    const charge = chargeOf(sources, site, values, differences);
    model.nodes.push({ step, from, facts, ...(charge === undefined ? {} : { charge }) });
    model.values.push(values);
    model.differences.push(charge === undefined ? differences : sumOf(differences, charge));
    const value = layer + 1;
    const readers = pairs.filter((pair) => pair.from.includes(value)).map((pair) => pair.step);
    refine(model, value, readers);
  });
  return model;
}

function yieldOf(site: Site): Yielded {
  const { step, approximatedStep } = site;
  const pair = { ...site, approximatedStep };
  switch (step.form) {
    case "affine":
      if (approximatedStep.form !== "affine") return otherForms(step, approximatedStep);
      return affineFacts({ ...pair, step, approximatedStep });
    case "pieces": {
      if (approximatedStep.form !== "pieces") return otherForms(step, approximatedStep);
      const relaxation = relaxPieces(step, approximatedStep, site.values[0], site.errors[0]);
      const { values, differences } = intervalsOf(site);
      const isShared = isSameFunction(step, approximatedStep);
      const moved = isShared ? withoutStill(differences, site.errors[0]) : differences;
      return { facts: piecesFacts(relaxation), values, differences: moved };
    }
    case "max":
      return { facts: maxFacts(step, site.values[0], site.errors[0]), ...intervalsOf(site) };
    default:
      return assertNever(step);
  }
}

function intervalsOf(site: Site): Pick<Yielded, "values" | "differences"> {
  const rules = stepRules(site.step);
  return {
    values: rules.bound(site.step, site.values),
    differences: rules.boundError(site, [], "exact"),
  };
}

/** A value that is the same in both networks stays so in the same function, without rounding. */
function withoutStill({ lower, upper }: Intervals, errors: Intervals): Intervals {
  const unlessStill = (end: number, place: number): number =>
    errors.lower[place] === 0 && errors.upper[place] === 0 ? 0 : end;
  return { lower: lower.map(unlessStill), upper: upper.map(unlessStill) };
}

function otherForms(step: Step, approximatedStep: Step): never {
  throw new InvariantError(
    `a ${step.form} step stands against a ${approximatedStep.form} step, which pairing refuses`,
  );
}

/** What sources other than weights add to the differences of a node; undefined for nothing. */
function chargeOf(
  sources: readonly ErrorSource[],
  site: Site,
  values: Intervals,
  differences: Intervals,
): Intervals | undefined {
  if (sources.length === 0) return undefined;
  const charges = localSums(sources, site).map(({ lower, upper, magnitudes }) =>
    widen(lower, upper, (_, place) => {
      const scale = magnitudes.reduce((sum, numbers) => sum + numbers[place], 0);
      return summationError(4 * site.values[0].lower.length + 8) * scale;
    }),
  );
  let moved = charges.reduce(sumOf, differences);
  for (const source of sources) {
    const local = sourceRules(source).localError(source, site.layer + 1, sumOf(values, moved));
    if (local === undefined) continue;
    charges.push(local);
    moved = sumOf(moved, local);
  }
  return charges.length === 0 ? undefined : charges.reduce(sumOf);
}
