/**
 * What a program offers whose variables form a picture and most of whose rows are zero outside
 * small frames of it: the rows of a network's first layers, if these are convolutions.
 */
export interface FrameOffer {
  readonly picture: Picture;
  /** Sizes of the frames there are; rows that have none are dense. */
  readonly shapes: readonly FrameShape[];
  /** The rows themselves; of no use any more once the program is not. */
  open(): FramedRows;
}

/**
 * Variables as a picture: variable (channel · height + row) · width + column is the value of one
 * channel at one pixel.
 */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The size of a frame, in pixels. */
export interface FrameShape {
  readonly height: number;
  readonly width: number;
}

/** The rows of a program, by blocks that together hold every row once. */
export interface FramedRows {
  readonly framed: readonly FramedBlock[];
  readonly dense: readonly DenseBlock[];
  /**
   * Writes the coefficients of a framed row from `at` on: those of pixel (r, c) of its frame at
   * `at` + r · pitch + c · channels, the channels beside each other.
   */
  writeFrame(row: number, out: Float64Array, at: number, pitch: number): void;
  /** Writes the coefficients of a dense row: the channels of a pixel beside each other. */
  writeDense(row: number, out: Float64Array): void;
}

/** A run of rows whose frames have one size. */
export interface FramedBlock {
  readonly start: number;
  readonly count: number;
  /** An index of `shapes`. */
  readonly shape: number;
  /** For each row of the block, the pixel (row · width + column) of its frame's first corner. */
  readonly corners: Readonly<Int32Array>;
  /**
   * For each row of the block its Euclidean norm, or about that and rather more; 0 only where all
   * coefficients are.
   */
  readonly norms: Readonly<Float64Array>;
  /** Offered where many rows of the block have the same frame. */
  readonly alike?: AlikeFrames;
}

/** Which rows of a block have the same coefficients in their frames, to the bit. */
export interface AlikeFrames {
  readonly count: number;
  /** For each row of the block, the number of its frame: below `count`. */
  readonly of: Readonly<Int32Array>;
}

/** A run of rows that are not zero anywhere in particular. */
export interface DenseBlock {
  readonly start: number;
  readonly count: number;
  /** How many of them, those of least slack, are worth generating before any is known to matter. */
  readonly first: number;
}
