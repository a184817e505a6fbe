/**
 * An array in the kernels' memory: where it lies, for kernels, and a view of it, for plain code.
 * `at` counts values of the array's own type. When the memory grows, `view` is renewed: keep the
 * block, and a view of it only as long as nothing new is laid out.
 */
export interface Block<T> {
  readonly at: number;
  readonly view: T;
}

/** Asks for arrays of so many values. They may be used once the lot is laid out. */
export interface BlockMaker {
  values(length: number): Block<Float64Array>;
  singles(length: number): Block<Float32Array>;
  integers(length: number): Block<Int32Array>;
}

/** Blocks that were laid out together. They stay while the lot is reachable or until `release`. */
export interface Lot<Blocks> {
  readonly blocks: Blocks;
  /** Gives the place back; the blocks mean nothing afterwards. */
  release(): void;
}

/** A block whose place and view the arena writes. */
interface Placed {
  at: number;
  bind(lotStart: number): void;
}

/** Where a lot lies, in values of 8 bytes. */
interface Plot {
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly Placed[];
}

/**
 * The owner of one flat memory: whoever needs a part of it is handed one that nobody else has, so
 * that engines and workspaces can share kernels. New lots take the first gap that is large enough.
 * What is in a new lot is whatever was there before.
 */
export class Arena {
  /** The whole memory as binary64, binary32 and int32 values; renewed when it grows. */
  values: Float64Array;
  singles: Float32Array;
  integers: Int32Array;

  /** In the order of their places. */
  private readonly plots: Plot[] = [];

  /** Lots that nobody holds any more give their places back: an engine's owner need not end it. */
  private readonly abandoned = new FinalizationRegistry<Plot>((plot) => this.clear(plot));

  /**
   * @param grow  makes the memory at least so many bytes long, keeps what is in it, and returns its
   *              buffer; the buffer returned before is void
   */
  constructor(private readonly grow: (byteLength: number) => ArrayBuffer) {
    const buffer = grow(0);
    this.values = new Float64Array(buffer);
    this.singles = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
  }

  /** Lays out the blocks that `design` asks for, side by side; the memory grows if it must. */
  layOut<Blocks>(design: (make: BlockMaker) => Blocks): Lot<Blocks> {
    let size = 0;
    const blocks: Placed[] = [];
    // Blocks start at even positions, so that pairs of values are aligned.
    const take = (length: number): number => {
      const offset = size;
      size += length + (length % 2);
      return offset;
    };
    const add = <T>(length: number, perValue: number, view: (at: number) => T): Block<T> => {
      const offset = take(Math.ceil(length / perValue));
      const block = {
        at: 0,
        view: view(0),
        bind(start: number): void {
          block.at = perValue * (start + offset);
          block.view = view(block.at);
        },
      };
      blocks.push(block);
      return block;
    };
    const made = design({
      values: (length) => add(length, 1, (at) => this.values.subarray(at, at + length)),
      singles: (length) => add(length, 2, (at) => this.singles.subarray(at, at + length)),
      integers: (length) => add(length, 2, (at) => this.integers.subarray(at, at + length)),
    });
    return this.handOut(made, this.place(size, blocks));
  }

  /** A function of its own: what `layOut` has in scope is held by the blocks: not so the lot. */
  private handOut<Blocks>(blocks: Blocks, plot: Plot): Lot<Blocks> {
    const lot = { blocks, release: () => this.release(plot, lot) };
    this.abandoned.register(lot, plot, lot);
    return lot;
  }

  private place(size: number, blocks: readonly Placed[]): Plot {
    let start = 0;
    let index = 0;
    for (; index < this.plots.length; index++) {
      if (this.plots[index].start - start >= size) break;
      start = this.plots[index].end;
    }
    const plot = { start, end: start + size, blocks };
    this.reserve(8 * plot.end);
    for (const block of blocks) block.bind(start);
    this.plots.splice(index, 0, plot);
    return plot;
  }

  private reserve(byteLength: number): void {
    if (this.values.byteLength >= byteLength) return;
    const buffer = this.grow(byteLength);
    this.values = new Float64Array(buffer);
    this.singles = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
    // Growing voids the old buffer and every view of it.
    for (const { start, blocks } of this.plots) for (const block of blocks) block.bind(start);
  }

  private release(plot: Plot, token: object): void {
    this.abandoned.unregister(token);
    this.clear(plot);
  }

  private clear(plot: Plot): void {
    const index = this.plots.indexOf(plot);
    if (index >= 0) this.plots.splice(index, 1);
  }
}
