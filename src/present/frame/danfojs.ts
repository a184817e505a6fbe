import type { DataFrame, RowLabel, Series } from "./frameType";

/** The part of danfojs-node that RoundLab builds on. */
export interface Danfojs {
  readonly DataFrame: { new (data: unknown, options: FrameOptions): DataFrame; prototype: object };
  readonly Series: { new (data: unknown, options: FrameOptions): Series; prototype: object };
}

/** What a frame or a series of danfojs is made with, besides its rows. */
export interface FrameOptions {
  readonly columns: string[];
  readonly index: RowLabel[];
  readonly dtypes: string[];
  readonly config: object;
}
