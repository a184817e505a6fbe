/**
 * Numbers kept of one polytope, 8 MB: all rows of a network like Net1, a few of a convolutional
 * one.
 */
const NUMBERS_KEPT = 1 << 20;

/**
 * Rows of a polytope, kept when they are first generated. The programs of one polytope, nine
 * classes with several each, ask for the same rows again and again, and a row from behind several
 * layers takes as long as hundreds of copies.
 */
export class KeptRows {
  private readonly rows = new Map<number, Float64Array>();
  private numbers = 0;

  /** Writes a row into `out`: the one kept, or else what `generate` writes there. */
  write(
    index: number,
    out: Float64Array,
    generate: (index: number, out: Float64Array) => void,
  ): void {
    const kept = this.rows.get(index);
    if (kept !== undefined) {
      out.set(kept);
      return;
    }
    generate(index, out);
    if (this.numbers + out.length > NUMBERS_KEPT) return;
    this.numbers += out.length;
    this.rows.set(index, Float64Array.from(out));
  }
}
