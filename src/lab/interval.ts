import { boxOver } from "../analyse/box";
import type { Bound, BoundMethod } from "../analyse/bound/bound";
import { bisect, MOST_BISECTED } from "../analyse/bound/bisect";
import { branchTwins, isBranchable } from "../analyse/bound/masks/branchTwins";
import { boundMethodOf, DEFAULT_METHOD, type BoundMethodName } from "../analyse/bound/methods";
import {
  domainName,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "../analyse/domain";
import { absoluteError, roundingError } from "../analyse/roundingError";
import type { Twins } from "../analyse/twin";
import { cellSignal } from "../cellSignal";
import { createEnclosure } from "../claim/enclosure";
import { ArgumentError } from "../errors";
import { evaluateInto } from "../network/evaluate";
import { createFlows } from "../network/flows";
import { loadKernels } from "../numeric/loadKernels";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import type { PointLike } from "./appMax";
import { heedingCell } from "./bound";
import { intervalTable, type IntervalFound, type LayerInterval } from "./intervalTable";
import { findWorst } from "./worst";

/** Options of `interval`. */
export interface IntervalOptions {
  /** Seconds for both sides together: 10 unless it is said. The first bound is always finished. */
  readonly time?: number;
  /** What bounds from above: `tightest` by default, as `bound` takes it. */
  readonly method?: BoundMethodName | BoundMethod;
  /** Of the search's random starts; 0 by default. */
  readonly seed?: number;
  /** Inputs from which the search starts, before random corners. */
  readonly from?: readonly PointLike[];
}

/** Seconds that are taken where nothing is said. */
const TIME = 10;

/** Ends that agree to this share are not brought closer. */
const CLOSE = 1e-6;

/**
 * How bad it can get, at least and at most: the largest E over a box, attained at an input from
 * below and proved from above, for each output too. The bound is that of `bound`; the rest of the
 * time goes to `worst`, and to halving the box (up to 20 inputs) or to deciding, ReLU by ReLU,
 * whether a difference passes (up to 600 that may switch).
 *
 * @param twins  N and Ñ of one architecture, as `twins` or `createTwins` makes them
 * @param box  where inputs may lie: a name, `LOWER:UPPER` or `{lower, upper}` with a number for all
 *   inputs or one for each; [0, 1] for every input by default
 * @returns both ends of the largest E with the witness, outputs and layers
 * @throws ShapeError if the networks differ in architecture, ArgumentError if the box is none or
 *   there is no such method
 * @example
 * const { total, gap } = await rl.interval(twins, "0:1", { time: 2 });
 */
export async function interval(
  twins: Twins,
  box: DomainChoice = PIXEL_DOMAIN,
  options: IntervalOptions = {},
): Promise<IntervalFound & Displayable> {
  const domain = toDomain(box);
  const found = await findInterval(twins, domain, options);
  return withDisplay(found, () => displayTable(intervalTable(twins, found, domain)));
}

/** What `interval` does, without a way of showing it; ends early once `isEnough`. */
export async function findInterval(
  twins: Twins,
  domain: Domain,
  { time = TIME, method = DEFAULT_METHOD, seed = 0, from = [] }: IntervalOptions = {},
  isEnough: (lower: number, upper: number) => boolean = () => false,
): Promise<IntervalFound> {
  if (!(time > 0)) throw new ArgumentError(`time is ${time}, expected seconds above 0`);
  const began = performance.now();
  const left = (): number => time - (performance.now() - began) / 1000;
  const box = boxOver(domain, twins.network.inputSize);
  const run = typeof method === "string" ? boundMethodOf(method) : method;
  const kernels = loadKernels();
  const options = { kernels, ...heedingCell() };
  const found = run(twins, box, options);
  const tried: Readonly<Float64Array>[] = [witnessOf(found)];
  let { lower, upper } = found.total;
  const isDone = (): boolean => isEnough(lower, upper) || upper - lower <= CLOSE * upper;
  const take = (witness: Readonly<Float64Array>): void => {
    tried.push(witness);
    lower = Math.max(lower, absoluteError(twins, witness));
  };
  const isSmall = box.lower.length <= MOST_BISECTED;
  const isSplit = isSmall || isBranchable(twins, found);
  if (!isDone()) {
    // However long the bound took, the other side gets its part.
    const share = Math.max(time / 5, left() / (isSmall ? 4 : isSplit ? 2 : 1));
    const ended = new AbortController();
    const onProgress = ({ value }: { readonly value: number }): void => {
      if (isEnough(value, upper) || cellSignal()?.aborted === true) ended.abort();
    };
    const search = { time: share, seed, from, onProgress, signal: ended.signal };
    take((await findWorst(twins, domain, search)).witness);
    cellSignal()?.throwIfAborted();
  }
  if (!isDone() && left() > 0 && isSplit) {
    const states = isSmall
      ? bisect(twins, box, run, upper, options)
      : branchTwins(twins, box, upper, lower, options);
    for (const state of states) {
      upper = Math.min(upper, state.upper);
      if (state.lower > lower) take(state.witness);
      if (isDone() || left() <= 0) break;
      cellSignal()?.throwIfAborted();
    }
  }
  const bound = { ...found, total: { ...found.total, upper } };
  return described(twins, bound, domain, tried, performance.now() - began);
}

function witnessOf({ total: { witness = new Float64Array(0) } }: Bound): Readonly<Float64Array> {
  return witness;
}

/** What was proved and what was tried, output by output and layer by layer. */
function described(
  twins: Twins,
  { differences, total, method }: Bound,
  domain: Domain,
  tried: readonly Readonly<Float64Array>[],
  milliseconds: number,
): IntervalFound {
  const ends = differences[differences.length - 1];
  const errors = tried.map((x) => roundingError(twins, x));
  const outputs = Array.from(ends.lower, (low, output) => {
    const attained = errors.map((error) => error[output]);
    const [attainedMin, attainedMax] = [Math.min(...attained), Math.max(...attained)];
    // Evaluation rounds: what it finds may lie a few last bits beyond what is proved.
    const lower = Math.min(low, attainedMin);
    return {
      output,
      lower,
      attainedMin,
      attainedMax,
      upper: Math.max(ends.upper[output], attainedMax),
    };
  });
  const proof = { proof: "real" as const };
  const witness = largestOf(tried, (x) => absoluteError(twins, x));
  const lower = Math.min(total.upper, absoluteError(twins, witness));
  const single = largestOf(tried, (x) => Math.max(...roundingError(twins, x).map(Math.abs)));
  const largestUpper = Math.min(
    total.upper,
    Math.max(...outputs.map((one) => Math.max(-one.lower, one.upper))),
  );
  const largestLower = Math.max(...roundingError(twins, single).map(Math.abs));
  return {
    total: createEnclosure({ lower, upper: total.upper, witness, ...proof }),
    largest: createEnclosure({
      ...{ lower: Math.min(largestUpper, largestLower), upper: largestUpper },
      ...{ witness: single, ...proof },
    }),
    gap: total.upper - lower,
    outputs,
    layers: layersOf(twins, differences, witness),
    ...{ method, domain: domainName(domain), milliseconds },
  };
}

function largestOf<T>(items: readonly T[], size: (item: T) => number): T {
  return items.reduce((best, next) => (size(next) > size(best) ? next : best));
}

function layersOf(
  { network, approximated, sources }: Twins,
  differences: Bound["differences"],
  witness: Readonly<Float64Array>,
): LayerInterval[] {
  const [ours, theirs] = [network, approximated].map((one) => {
    const flows = createFlows(one);
    evaluateInto(one, witness, flows);
    return flows;
  });
  const most = (values: Float64Array): number =>
    values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return network.layers.map(({ kind }, layer) => {
    const { lower, upper } = differences[layer + 1];
    const moved = ours[layer + 1].map((value, at) => theirs[layer + 1][at] - value);
    const attained = sources === undefined ? most(moved) : null;
    return {
      layer: layer + 1,
      kind,
      attained,
      upper: Math.max(most(lower), most(upper), attained ?? 0),
    };
  });
}
