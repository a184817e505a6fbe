import type { ActivationPattern } from "../network/activationPattern";
import type { Step } from "../network/layer/step";
import { sourcesOf, stepsOf } from "../network/walk";
import { rowCountOf, slackForm, writeSlacks, type BlockRows } from "./blockRows";
import type { LinearForm } from "./linearForm";
import type { PatternPasses } from "./patternPasses";
import { hasFloor } from "./rules/pieces";
import { stepRules } from "./rules/stepRules";

/** A run of rows that one layer of one network gives. */
export interface RowBlock {
  readonly side: 0 | 1;
  readonly layer: number;
  /** The value that the layer reads, which the rows are forms on. */
  readonly value: number;
  readonly start: number;
  readonly count: number;
  readonly rows: BlockRows;
}

/** The rows of both networks' hidden layers, N's before Ñ's. */
export function rowBlocks(
  sides: readonly [PatternPasses, PatternPasses],
  patterns: readonly [ActivationPattern, ActivationPattern],
): RowBlock[] {
  const blocks: RowBlock[] = [];
  let start = 0;
  for (const side of [0, 1] as const) {
    const { network } = sides[side];
    const steps = stepsOf(network);
    steps.forEach((step, layer) => {
      const value = sourcesOf(network, layer)[0];
      const isAtFloor = floorOf(steps, value, patterns[side]);
      const rows = stepRules(step).rows(step, patterns[side].switches[layer], isAtFloor);
      if (rows === undefined) return;
      const count = rowCountOf(rows);
      blocks.push({ side, layer, value, start, count, rows });
      start += count;
    });
  }
  return blocks;
}

/**
 * Which places of a value are the smallest that there can be. After a ReLU a saturated neuron is 0,
 * and no other is less.
 */
function floorOf(
  steps: readonly Step[],
  value: number,
  pattern: ActivationPattern,
): (place: number) => boolean {
  const step = value === 0 ? undefined : steps[value - 1];
  const pieces = pattern.switches[value - 1];
  if (step?.form !== "pieces" || pieces === undefined || !hasFloor(step)) return () => false;
  return (place) => pieces[place] === 0;
}

/** Writes the block's slacks at the point that the side was last run at. */
export function blockSlacks(block: RowBlock, side: PatternPasses, out: Float64Array): void {
  writeSlacks(block.rows, side.flows[block.value], out, block.start);
}

/** One slack of a block as a form on the value that its layer takes. */
export function formOf(block: RowBlock, index: number): LinearForm {
  return slackForm(block.rows, index);
}
