import { InvariantError } from "../../errors";
import {
  addConvolution,
  addProduct,
  addTransposedConvolution,
  addTransposedProduct,
  affine,
  convolve,
  type ConvolutionSizes,
} from "../../numeric/layerKernels";
import { mapValues } from "../../numeric/mapValues";
import type { Matrix } from "../../numeric/matrix";
import { atValue, ofValue, type PerChannel } from "./perChannel";

/*
 * The maps that affine steps are sums of. A term is data; what can be done with one stands in the
 * table below, which has a rule for every kind or does not compile.
 */

/** x ↦ weights · x. */
export interface DenseTerm {
  readonly kind: "dense";
  readonly weights: Matrix;
}

/** The cross-correlation with weights out × in / groups × kernel. */
export interface ConvolutionTerm {
  readonly kind: "convolution";
  readonly sizes: ConvolutionSizes;
  readonly weights: Float64Array;
}

/** x_i ↦ factor · x_i. */
export interface ScaleTerm {
  readonly kind: "scale";
  readonly size: number;
  readonly pixels: number;
  readonly factors: PerChannel;
}

/**
 * x_i ↦ (x_i − offset) / divisor, each operation rounded once; one offset and divisor for all
 * values, or one for each.
 */
export interface QuotientTerm {
  readonly kind: "quotient";
  readonly size: number;
  readonly offset: PerChannel;
  readonly divisor: PerChannel;
}

/** y_i = x at indices[i], 0 where that is −1: no arithmetic at all. */
export interface PickTerm {
  readonly kind: "pick";
  readonly inputSize: number;
  readonly indices: Int32Array;
}

export type Term = DenseTerm | ConvolutionTerm | ScaleTerm | QuotientTerm | PickTerm;

type TermKind = Term["kind"];

/** What every kind of term can do. */
interface TermRules<T extends Term> {
  outputSize(term: T): number;
  /** How many products one output value sums, at most. */
  termCount(term: T): number;
  /** out = the term of x, plus a bias for each run of equally many values. */
  write(term: T, bias: Readonly<Float64Array>, x: Readonly<Float64Array>, out: Float64Array): void;
  /** out += the term of x. */
  add(term: T, x: Readonly<Float64Array>, out: Float64Array): void;
  /** out += the form on the input that a form on the output is: what each input gets back. */
  addAdjoint(term: T, gradient: Readonly<Float64Array>, out: Float64Array): void;
  /** The term's own array of weights. */
  weightsOf(term: T): Readonly<Float64Array>;
  /**
   * The term with other weights.
   *
   * @throws InvariantError where a kind has no such weights
   */
  withWeights(term: T, change: (weights: Readonly<Float64Array>) => Float64Array): Term;
  /** Visits the inputs that one output value depends on, with their factors. */
  visit(term: T, output: number, see: (input: number, factor: number) => void): void;
}

/** out[i] = value + bias of i: what terms without a kernel of their own do. */
function writeEach(
  bias: Readonly<Float64Array>,
  out: Float64Array,
  valueAt: (index: number) => number,
): void {
  const pixels = out.length / bias.length;
  for (let index = 0; index < out.length; index++) {
    out[index] = valueAt(index) + bias[Math.floor(index / pixels)];
  }
}

function refuseWeights(): never {
  throw new InvariantError("a normalisation has no weights; it is a step of its own");
}

const TERM_RULES: { readonly [K in TermKind]: TermRules<Extract<Term, { kind: K }>> } = {
  dense: {
    weightsOf: ({ weights }) => weights.data,
    withWeights: (term, change) => ({
      ...term,
      weights: { ...term.weights, data: change(term.weights.data) },
    }),
    outputSize: ({ weights }) => weights.rows,
    termCount: ({ weights }) => weights.columns,
    write: ({ weights: { data, rows, columns } }, bias, x, out) =>
      affine(data, bias, rows, columns, x, out),
    add: ({ weights: { data, rows, columns } }, x, out) => addProduct(data, rows, columns, x, out),
    addAdjoint: ({ weights: { data, rows, columns } }, gradient, out) =>
      addTransposedProduct(data, rows, columns, gradient, out),
    visit: ({ weights: { data, columns } }, output, see) => {
      for (let column = 0; column < columns; column++) see(column, data[output * columns + column]);
    },
  },
  convolution: {
    weightsOf: ({ weights }) => weights,
    withWeights: (term, change) => ({ ...term, weights: change(term.weights) }),
    outputSize: ({ sizes }) => sizes.outChannels * sizes.outHeight * sizes.outWidth,
    termCount: ({ sizes }) =>
      (sizes.inChannels / sizes.groups) * sizes.kernelHeight * sizes.kernelWidth,
    write: ({ sizes, weights }, bias, x, out) => convolve(sizes, weights, bias, x, out),
    add: ({ sizes, weights }, x, out) => addConvolution(sizes, weights, x, out),
    addAdjoint: ({ sizes, weights }, gradient, out) =>
      addTransposedConvolution(sizes, weights, gradient, out),
    visit: visitReceptiveField,
  },
  scale: {
    weightsOf: ({ factors }) => (typeof factors === "number" ? Float64Array.of(factors) : factors),
    withWeights: (term, change) => {
      const changed = change(termRules(term).weightsOf(term));
      return { ...term, factors: typeof term.factors === "number" ? changed[0] : changed };
    },
    outputSize: ({ size }) => size,
    termCount: () => 1,
    write: ({ factors, pixels }, bias, x, out) =>
      writeEach(bias, out, (index) => atValue(factors, pixels, index) * x[index]),
    add: ({ factors, pixels }, x, out) => {
      for (let i = 0; i < out.length; i++) out[i] += atValue(factors, pixels, i) * x[i];
    },
    addAdjoint: ({ factors, pixels }, gradient, out) => {
      for (let i = 0; i < out.length; i++) out[i] += atValue(factors, pixels, i) * gradient[i];
    },
    visit: ({ factors, pixels }, output, see) => see(output, atValue(factors, pixels, output)),
  },
  quotient: {
    weightsOf: refuseWeights,
    withWeights: refuseWeights,
    outputSize: ({ size }) => size,
    termCount: () => 1,
    write: ({ offset, divisor }, bias, x, out) =>
      writeEach(
        bias,
        out,
        (index) => (x[index] - ofValue(offset, index)) / ofValue(divisor, index),
      ),
    add: ({ offset, divisor }, x, out) => {
      for (let i = 0; i < out.length; i++) {
        out[i] += (x[i] - ofValue(offset, i)) / ofValue(divisor, i);
      }
    },
    addAdjoint: ({ divisor }, gradient, out) => {
      for (let i = 0; i < out.length; i++) out[i] += gradient[i] / ofValue(divisor, i);
    },
    visit: ({ divisor }, output, see) => see(output, 1 / ofValue(divisor, output)),
  },
  pick: {
    weightsOf: () => Float64Array.of(1),
    withWeights: (term, change) => {
      const [weight] = change(Float64Array.of(1));
      if (weight === 1) return term;
      if (weight === 0) return { ...term, indices: new Int32Array(term.indices.length).fill(-1) };
      throw new InvariantError(`values are picked or left out, not taken ${weight} times`);
    },
    outputSize: ({ indices }) => indices.length,
    termCount: () => 1,
    write: ({ indices }, bias, x, out) =>
      writeEach(bias, out, (index) => (indices[index] === -1 ? 0 : x[indices[index]])),
    add: ({ indices }, x, out) => {
      indices.forEach((from, to) => (out[to] += from === -1 ? 0 : x[from]));
    },
    addAdjoint: ({ indices }, gradient, out) => {
      indices.forEach((to, from) => {
        if (to !== -1) out[to] += gradient[from];
      });
    },
    visit: ({ indices }, output, see) => {
      if (indices[output] !== -1) see(indices[output], 1);
    },
  },
};

/** The rules of a term's kind. */
export function termRules(term: Term): TermRules<Term> {
  // The table pairs every kind with its rules.
  return TERM_RULES[term.kind];
}

/** Source channel after source channel, tap after tap: the order in which sums are formed. */
function visitReceptiveField(
  { sizes, weights }: ConvolutionTerm,
  output: number,
  see: (input: number, factor: number) => void,
): void {
  const { height, width, kernelHeight, kernelWidth, outHeight, outWidth } = sizes;
  const planeSize = outHeight * outWidth;
  const channel = Math.floor(output / planeSize);
  const place = output % planeSize;
  const top = Math.floor(place / outWidth) * sizes.strideDown - sizes.top;
  const left = (place % outWidth) * sizes.strideAcross - sizes.left;
  const sources = sizes.inChannels / sizes.groups;
  const firstSource = Math.floor(channel / (sizes.outChannels / sizes.groups)) * sources;
  for (let source = 0; source < sources; source++) {
    const taps = (channel * sources + source) * kernelHeight * kernelWidth;
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = top + ky * sizes.dilationDown;
      if (y < 0 || y >= height) continue;
      const start = ((firstSource + source) * height + y) * width;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = left + kx * sizes.dilationAcross;
        if (x >= 0 && x < width) see(start + x, weights[taps + ky * kernelWidth + kx]);
      }
    }
  }
}

/** The term of x, as a fresh array. */
export function applyTerm(term: Term, x: Readonly<Float64Array>): Float64Array {
  const rules = termRules(term);
  const out = new Float64Array(rules.outputSize(term));
  rules.add(term, x, out);
  return out;
}

/** A term with other weights, each made of the one in its place. */
export function mapWeights(term: Term, change: (weight: number, index: number) => number): Term {
  return termRules(term).withWeights(term, (weights) => mapValues(weights, change));
}
