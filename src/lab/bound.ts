import { boxOver } from "../analyse/box";
import type { Bound, BoundMethod, BoundOptions } from "../analyse/bound/bound";
import { boundMethodOf, DEFAULT_METHOD, type BoundMethodName } from "../analyse/bound/methods";
import {
  describeDomain,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { cellSignal } from "../cellSignal";
import { declareColumns } from "../claim/column";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { withDisplay, type Displayable } from "../present/display";
import { formatUpperBound } from "../present/numberFormat";
import { displayTable } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import type { Table } from "../present/table/table";

export interface BoundChoice {
  /**
   * `tightest` (default) takes of each number what all methods allow. `symbolic` carries linear
   * forms back to the inputs, `norm` bounds whole layers by Euclidean norms (dense chains, large
   * boxes), `differential` carries intervals of differences from layer to layer (at once, and
   * wide), `interval` bounds N and Ñ each on its own, `both` is the last two; or a method of one's
   * own.
   */
  readonly method?: BoundMethodName | BoundMethod;
}

/**
 * How far Ñ's outputs, and all that flows before them, can lie from N's over a box: proved, beside
 * what is attained at its centre. Unlike `appMax` it takes twins that round activations too.
 *                                                                          (paper, Eqs. 8–17)
 *
 * @param twins  N and Ñ, as `twins` or `createTwins` makes them
 * @param box  where inputs may lie: a name, `LOWER:UPPER` or `{lower, upper}` with a number for all
 *   inputs or one for each; [0, 1] for every input by default
 * @returns the ends of every value and difference, and `total`, an enclosure of the largest E
 * @throws ShapeError if the networks differ in architecture, ArgumentError if the box is none or
 *   there is no such method
 * @example
 * const { total } = rl.bound(twins, "0:1", { method: "both" });
 */
export function bound(
  twins: Twins,
  box: DomainChoice = PIXEL_DOMAIN,
  { method = DEFAULT_METHOD }: BoundChoice = {},
): Bound & Displayable {
  const domain = toDomain(box);
  const run = typeof method === "string" ? boundMethodOf(method) : method;
  const found = run(twins, boxOver(domain, twins.network.inputSize), heedingCell());
  return withDisplay(found, () => displayTable(boundTable(twins, found, domain)));
}

/** Lets an interrupt of the notebook cells at work end a bound that takes long. */
export function heedingCell(): BoundOptions {
  const signal = cellSignal();
  return signal === undefined ? {} : { signal };
}

const END = { type: "number", unit: "logits", kind: "bound" } as const;

/** The ends between which the difference of one output lies. */
interface OutputEnds {
  readonly lower: number;
  readonly upper: number;
}

/** The columns of what was proved of each output. */
export const OUTPUT_COLUMNS = declareColumns<OutputEnds>({
  lower: { ...END, end: "lower", meaning: "Ñ − N of the output is at least this" },
  upper: { ...END, end: "upper", meaning: "Ñ − N of the output is at most this" },
});

/** The ends of each output's difference, output by output. */
export function endsOfOutputs(
  lower: Readonly<Float64Array>,
  upper: Readonly<Float64Array>,
): OutputEnds[] {
  return Array.from(lower, (end, output) => ({ lower: end, upper: upper[output] }));
}

/** What was proved of each output, as a table that names the box; E in its caption. */
export function boundTable(
  { network, approximated }: Twins,
  { differences, method, total }: Bound,
  domain: Domain,
): Table {
  const { lower, upper } = differences[differences.length - 1];
  const inputs = `every input in ${describeDomain(domain)}`;
  const caption =
    `${approximated.name} − ${network.name} at each output (${method}), for ${inputs}; ` +
    `E ≤ ${formatUpperBound(total.upper)} there${assumedOf(assumptionsOf([network, approximated]))}`;
  return declaredTable(OUTPUT_COLUMNS, endsOfOutputs(lower, upper), {
    caption,
    indexName: "output",
    inputs,
  });
}
