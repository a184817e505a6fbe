import type { ActivationPattern } from "../network/activationPattern";
import { valueOf, type OutputForm } from "./outputForm";
import { outputOf, type PatternPasses } from "./patternPasses";
import { blockSlacks, type RowBlock } from "./rowBlocks";

/** What slacks are computed from. */
export interface SlackParts {
  readonly sides: readonly [PatternPasses, PatternPasses];
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  readonly blocks: readonly RowBlock[];
  readonly forms: readonly OutputForm[];
  /** The first form's row. */
  readonly end: number;
}

/**
 * The slacks of a polytope's rows and forms at any input. A run of both networks is what they cost,
 * and an input is often asked for twice in turn, to price at and then to prove what was found: the
 * last one's are kept.
 */
export class PolytopeSlacks {
  private readonly kept: Float64Array;
  private at: Float64Array | undefined;

  constructor(private readonly parts: SlackParts) {
    this.kept = new Float64Array(parts.end + parts.forms.length);
  }

  /** In a buffer that the next call writes anew. */
  of(y: Readonly<Float64Array>): Readonly<Float64Array> {
    if (this.at !== undefined && isSamePoint(this.at, y)) return this.kept;
    const { sides, patterns } = this.parts;
    sides.forEach((side, index) => side.forward(y, patterns[index]));
    this.at = Float64Array.from(y);
    const { blocks, forms, end } = this.parts;
    writeHidden(sides, blocks, this.kept);
    const [ours, theirs] = sides.map(outputOf);
    forms.forEach((form, index) => {
      this.kept[end + index] = valueOf(form, ours, theirs);
    });
    return this.kept;
  }
}

/** Writes the slacks of all blocks at the input that both sides were last run at. */
export function writeHidden(
  sides: SlackParts["sides"],
  blocks: readonly RowBlock[],
  out: Float64Array,
): void {
  for (const block of blocks) blockSlacks(block, sides[block.side], out);
}

/** Whether two inputs are the same, signs of zeros apart. */
export function isSamePoint(one: Readonly<Float64Array>, other: Readonly<Float64Array>): boolean {
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return false;
  }
  return one.length === other.length;
}
