import { InvariantError } from "../errors";
import type { Multiplier, RowEntries, RowOracle } from "../lp/program";
import { gatherEntries } from "../lp/rowEntries";
import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import { alikeRows } from "./alikeRows";
import { combineRows } from "./combineRows";
import { addWrittenRows, heaviest, part } from "./writtenRows";
import type { KeptRows } from "./keptRows";
import { nearestRows, type RowRun } from "./nearestRows";
import { valueOf, type OutputForm } from "./outputForm";
import { frameOffer, type NetworkFrames } from "./networkFrames";
import type { PatternPasses } from "./patternPasses";
import { isSamePoint, PolytopeSlacks } from "./polytopeSlacks";
import { formOf, type RowBlock } from "./rowBlocks";

/** The rows of a polytope and those of some forms on the outputs. */
export interface PolytopeRows extends RowOracle {
  /** The value of each form at y = 0. */
  readonly constants: Float64Array;
}

/** What the rows are made of. */
export interface PolytopeParts {
  readonly sides: readonly [PatternPasses, PatternPasses];
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  readonly blocks: readonly RowBlock[];
  readonly gradientOf: (form: OutputForm) => Float64Array;
  readonly x: Readonly<Float64Array>;
  /** What the networks yield at x, and the slacks of the blocks' rows there. */
  readonly network: Readonly<Float64Array>;
  readonly approximated: Readonly<Float64Array>;
  readonly slacksAtPoint: Readonly<Float64Array>;
  /** The blocks' rows generated so far. */
  readonly kept: KeptRows;
  /** Where both networks begin with convolutions. */
  readonly frames?: NetworkFrames;
}

/**
 * Layers up to which a network must be local for its rows to count as sparse: past a normalisation
 * and a layer.
 */
const FIRST_WEIGHTS = 2;

/**
 * Of the nearest rows wanted, the share that may come from one block: all from the first layer,
 * fewer from behind it, and very few from behind a dense layer, where rows are far away and costly.
 */
const FIRST_SHARE = 1;
const LOCAL_SHARE = 1 / 4;
const DENSE_SHARE = 1 / 1024;

/**
 * The polytope's rows block by block, then one per form; entries are offered where the first layers
 * are local.
 */
export function createPolytopeRows(
  parts: PolytopeParts,
  forms: readonly OutputForm[],
): PolytopeRows {
  const { sides, patterns, blocks, gradientOf, x, kept } = parts;
  const last = blocks[blocks.length - 1];
  const hiddenRows = last === undefined ? 0 : last.start + last.count;
  const rowCount = hiddenRows + forms.length;

  const slacksAtPoint = new Float64Array(rowCount);
  slacksAtPoint.set(parts.slacksAtPoint);
  forms.forEach((form, index) => {
    slacksAtPoint[hiddenRows + index] = valueOf(form, parts.network, parts.approximated);
  });
  const known = new PolytopeSlacks({ sides, patterns, blocks, forms, end: hiddenRows });
  const slacksAtZero = known.of(new Float64Array(x.length)).slice();
  const slacksAt = (y: Readonly<Float64Array>): Readonly<Float64Array> =>
    isSamePoint(x, y) ? slacksAtPoint : known.of(y);
  const slacks = (y: Readonly<Float64Array>, out: Float64Array): void => out.set(slacksAt(y));
  const blockOf = (index: number): RowBlock => {
    const block = blocks.find(({ start, count }) => index < start + count);
    if (block === undefined) throw new InvariantError(`row ${index} belongs to no layer`);
    return block;
  };

  const generate = (index: number, out: Float64Array): void => {
    const block = blockOf(index);
    const { side, value, start } = block;
    writeNegated(sides[side].pullBack(patterns[side], value, formOf(block, index - start)), out);
  };
  const row = (index: number, out: Float64Array): number => {
    if (index < hiddenRows) kept.write(index, out, generate);
    else writeNegated(gradientOf(forms[index - hiddenRows]), out);
    return slacksAtZero[index];
  };
  const constants = slacksAtZero.slice(hiddenRows);
  const combine: RowOracle["combine"] = (multipliers, y, apart) => {
    const found = slacksAt(y);
    const isForm = ({ row: index }: Multiplier): boolean => index >= hiddenRows;
    if (apart === undefined) return combineRows({ polytope: parts, forms }, multipliers, y, found);
    const isDeep = (each: Multiplier): boolean => {
      if (isForm(each)) return true;
      const block = blockOf(each.row);
      return !isLocal(sides[block.side].network, block.value);
    };
    // Without a form it is heavy rows that make the difference.
    const isFew = apart === "few" && multipliers.some(isForm);
    const parted = isFew ? part(multipliers, isForm) : heaviest(multipliers, isDeep);
    const combined = combineRows({ polytope: parts, forms }, parted.others, y, found);
    return addWrittenRows(combined, row, parted.apart, y);
  };
  let alikes: Int32Array | undefined;
  const alike = (index: number): number => (alikes ??= alikeRows(blocks))[index] ?? -1;
  const rows = { rowCount, slacks, row, constants, combine, alike };
  if (!isLocal(sides[0].network, FIRST_WEIGHTS)) return rows;

  const entries = createEntries(parts, row, slacksAtZero, { hiddenRows, blockOf });
  const first = (count: number, shouldStop?: () => boolean): number[] => {
    const runs = blocks.map(({ side, value, start, count: length }): RowRun => {
      const wanted = Math.ceil(count * shareOf(sides[side].network, value));
      return { start, count: length, wanted };
    });
    return nearestRows(entries, slacksAtPoint, runs, count, shouldStop);
  };
  const frames = parts.frames && frameOffer(parts.frames, blocks, patterns, forms);
  return { ...rows, entries, first, frames };
}

/** A slack is b − A·y, so a row is the slack's gradient turned round. */
function writeNegated(gradient: Readonly<Float64Array>, out: Float64Array): void {
  for (let input = 0; input < out.length; input++) out[input] = -gradient[input];
}

/** Rows by their entries: directly where the side can, else gathered from the whole row. */
function createEntries(
  { sides, patterns, x }: PolytopeParts,
  row: RowOracle["row"],
  bounds: Readonly<Float64Array>,
  { hiddenRows, blockOf }: { hiddenRows: number; blockOf: (index: number) => RowBlock },
): (index: number) => RowEntries {
  const whole = new Float64Array(x.length);
  const columns = new Int32Array(x.length);
  const values = new Float64Array(x.length);
  const found = { columns, values, count: 0, bound: 0 };
  return (index) => {
    found.bound = bounds[index];
    const block = index < hiddenRows ? blockOf(index) : undefined;
    const pullBack = block === undefined ? undefined : sides[block.side].pullBackSparse;
    if (block === undefined || pullBack === undefined) {
      row(index, whole);
      gatherEntries(whole, found);
      return found;
    }
    const pattern = patterns[block.side];
    const vector = pullBack(pattern, block.value, formOf(block, index - block.start));
    found.count = vector.count;
    for (let entry = 0; entry < vector.count; entry++) {
      columns[entry] = vector.columns[entry];
      values[entry] = -vector.values[entry];
    }
    return found;
  };
}

function shareOf(network: Network, value: number): number {
  if (value <= FIRST_WEIGHTS) return FIRST_SHARE;
  return isLocal(network, value) ? LOCAL_SHARE : DENSE_SHARE;
}

/**
 * Whether the values after so many layers depend on few inputs each: no dense layer lies before
 * them.
 */
function isLocal({ layers }: Network, layerCount: number): boolean {
  return layers.slice(0, layerCount).every(({ kind }) => kind !== "dense");
}
