import { operandsOf, type MultiplierTable } from "../../approximate/multiplierTable";
import { ArgumentError } from "../../errors";
import { sidesOf } from "../../network/layer/extent";
import type { AffineStep, Step } from "../../network/layer/step";
import { mapWeights, termRules, type Term } from "../../network/layer/term";
import type { Network } from "../../network/network";
import { sourcesOf, stepsOf } from "../../network/walk";
import { UNIT_ROUNDOFF } from "../../numeric/rounding";
import { sumOf } from "./sumOf";
import { checkGrid, type Grid } from "./grid";
import {
  codeError,
  codeOf,
  codeRange,
  createErrorRange,
  type OperandOrder,
} from "./multiplierCodes";
import type { LocalSum, PointSite, RoundingSource, Site, SourceRules } from "./rules";

/** A dense or convolutional layer whose products come out of a table. */
export interface MultipliedLayer {
  /** Counted from 1. */
  readonly layer: number;
  readonly table: MultiplierTable;
  /** Which factor of the table is the activation. */
  readonly operands: OperandOrder;
  /** The grid that a source of activations rounds to what the layer reads: codes are factors. */
  readonly grid: Grid;
  /** Ñ's weights are whole multiples of it: those are the other factors. */
  readonly weightStep: number;
}

/**
 * Ñ multiplies approximately: what a layer sums is grid.step · weightStep times what the table has
 * for the codes of each activation and weight. Biases are added exactly.
 *
 *     Σ_k s T(a_k, w_k)  =  Σ_k x_k W_k  +  s Σ_k e(a_k, w_k),     e(a, w) = T(a, w) − a w
 *
 * Over a box e lies between its extremes over the codes that the activation can have.
 */
export interface MultiplierSource {
  readonly kind: "multiplier";
  readonly layers: readonly MultipliedLayer[];
}

export const multiplierRules: SourceRules<MultiplierSource> = {
  name: "products of an approximate multiplier",
  isPiecewiseAffine: false,
  check({ layers }, approximated, sources) {
    const seen = new Set<number>();
    for (const one of layers) {
      if (seen.has(one.layer)) throw new ArgumentError(`layer ${one.layer} has two multipliers`);
      seen.add(one.layer);
      checkLayer(one, approximated, sources);
    }
  },
  localSum(source, site) {
    const own = layerOf(source, site.layer);
    return own === undefined ? undefined : sumOver(own, site);
  },
  localError: () => undefined,
  localAt(source, site) {
    const own = layerOf(source, site.layer);
    return own === undefined ? undefined : sumAt(own, site);
  },
};

function layerOf({ layers }: MultiplierSource, index: number): MultipliedLayer | undefined {
  return layers.find(({ layer }) => layer === index + 1);
}

/** The one term of a layer that multiplies. */
function termOf(step: Step): Term {
  if (step.form === "affine" && step.terms.length === 1) return step.terms[0];
  throw new ArgumentError("a multiplier belongs to a dense or convolutional layer");
}

function sumOver(
  own: MultipliedLayer,
  { approximatedStep, values, errors }: Site<AffineStep>,
): LocalSum {
  const { grid, weightStep } = own;
  const term = termOf(approximatedStep);
  const theirs = sumOf(values[0], errors[0]);
  const ranges = Array.from(theirs.lower, (_, place) => codeRange(grid, theirs, place));
  const rangeOf = createErrorRange(own.table, own.operands);
  const scale = grid.step * weightStep;
  const lower = new Float64Array(approximatedStep.size);
  const upper = new Float64Array(approximatedStep.size);
  for (let output = 0; output < approximatedStep.size; output++) {
    // Whole numbers far below 2⁵³: the sums are exact.
    let [low, high] = [0, 0];
    termRules(term).visit(term, output, (input, weight) => {
      const [from, to] = ranges[input];
      const { least, most } = rangeOf(Math.round(weight / weightStep), from, to);
      low += least;
      high += most;
    });
    lower[output] = outwards(scale * low, -1);
    upper[output] = outwards(scale * high, 1);
  }
  const reach = lower.map((low, output) => Math.max(Math.abs(low), Math.abs(upper[output])));
  return { lower, upper, magnitudes: [reach] };
}

/** A product that was rounded once, and is moved so that the exact one lies on this side of it. */
function outwards(product: number, side: 1 | -1): number {
  return product + side * 2 * UNIT_ROUNDOFF * Math.abs(product);
}

function sumAt(
  own: MultipliedLayer,
  { approximatedStep, approximatedValues: [values] }: PointSite,
): Float64Array {
  const { grid, weightStep, table, operands } = own;
  const term = termOf(approximatedStep);
  const codes = Int32Array.from(values, (value) => codeOf(grid, value));
  return Float64Array.from({ length: approximatedStep.size }, (_, output) => {
    let sum = 0;
    termRules(term).visit(term, output, (input, weight) => {
      sum += codeError(table, operands, codes[input], Math.round(weight / weightStep));
    });
    return grid.step * weightStep * sum;
  });
}

/** @throws ArgumentError saying why this layer cannot be multiplied so */
function checkLayer(
  own: MultipliedLayer,
  network: Network,
  sources: readonly RoundingSource[],
): void {
  const { layer, table, grid } = own;
  const given = network.layers.at(layer - 1);
  if (!Number.isSafeInteger(layer) || layer < 1 || given === undefined) {
    throw new ArgumentError(
      `there is no layer ${layer} to multiply in; they are 1 to ${network.layers.length}`,
    );
  }
  const where = `layer ${layer} (${given.kind}) of ${network.name}`;
  if (given.kind !== "dense" && given.kind !== "conv2d") {
    throw new ArgumentError(`${where} multiplies nothing; dense and conv2d layers do`);
  }
  checkGrid(grid);
  const [value] = sourcesOf(network, layer - 1);
  const isOnGrid = sources.some(({ rounded = [] }) =>
    rounded.some((one) => one.value === value && isSame(one.grid, grid)),
  );
  if (!isOnGrid) {
    throw new ArgumentError(
      `${where} reads value ${value}, which no source of activations rounds to its grid of ` +
        `step ${grid.step} from ${grid.min} to ${grid.max}; a table multiplies codes alone`,
    );
  }
  const [first, last] = operandsOf(table);
  const codes = [codeOf(grid, grid.min), codeOf(grid, grid.max)];
  if (codes[0] < first || codes[1] > last) {
    throw new ArgumentError(
      `the grid of ${where} has codes ${codes[0]} to ${codes[1]}, but ${table.name} multiplies ${first} to ${last}`,
    );
  }
  // An unsigned table takes sizes of weights.
  checkWeights(own, stepsOf(network)[layer - 1], [table.signed ? first : -last, last], where);
  if (given.kind === "conv2d" && sidesOf(given.padding).some((side) => side > 0)) {
    checkPadding(own, given.weights, where);
  }
}

function isSame(one: Grid, other: Grid): boolean {
  return one.step === other.step && one.min === other.min && one.max === other.max;
}

function checkWeights(
  { weightStep, table }: MultipliedLayer,
  step: Step,
  [first, last]: readonly [number, number],
  where: string,
): void {
  if (!(weightStep > 0 && weightStep < Infinity)) {
    throw new ArgumentError(
      `the step of the weights of ${where} is ${weightStep}, expected one above 0`,
    );
  }
  const term = termOf(step);
  mapWeights(term, (weight) => {
    const code = Math.round(weight / weightStep);
    const isMultiple = Math.abs(weightStep * code - weight) <= 4 * UNIT_ROUNDOFF * Math.abs(weight);
    if (isMultiple && code >= first && code <= last) return weight;
    throw new ArgumentError(
      `weight ${weight} of ${where} is none of ${first} to ${last} times ${weightStep}, the operands of ` +
        `${table.name}; round the weights to that step first`,
    );
  });
}

/** Hardware may multiply zeros around an image, or not: only where that is the same is it known. */
function checkPadding(
  { table, operands, weightStep }: MultipliedLayer,
  weights: Float64Array,
  where: string,
): void {
  const odd = weights.find(
    (weight) => codeError(table, operands, 0, Math.round(weight / weightStep)) !== 0,
  );
  if (odd === undefined) return;
  throw new ArgumentError(
    `${where} is padded with zeros, and ${table.name} makes another number than 0 of 0 and ${odd}: what ` +
      "hardware does there is not known; pad by a layer before it",
  );
}
