/** A label of a row. */
export type RowLabel = string | number;

/** What a cell of a DataFrame may hold by danfojs's own account; other values are carried along. */
export type FrameValue = number | string | boolean;

/**
 * How an operation of two frames lines up an array or series: 0 one value a row, 1 one a column.
 */
export interface AxisOption {
  readonly axis?: 0 | 1;
}

/** What functions read of a frame or a series, whichever copy of danfojs made it. */
export interface FrameLike {
  readonly values: unknown[];
  readonly columns: string[];
  readonly index: RowLabel[];
  readonly dtypes: string[];
}

/** Rows by position or label: these, one boolean a row, or one slice such as `"2:5"`. */
export type RowSelection = readonly (RowLabel | boolean)[] | FrameLike;
