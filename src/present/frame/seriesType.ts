import type { Displayable } from "../display";
import type { FrameLike, FrameValue, RowLabel, RowSelection } from "./frameBase";

/**
 * What operations on a series take as their other side: a single value, an array, or another
 * series.
 */
export type SeriesOperand = FrameLike | ArrayLike<unknown> | FrameValue | Date | null;

/**
 * One column of a DataFrame, or another run of values with labels; it shows itself as a table. Its
 * methods do what pandas does, see `DataFrame`; series are matched by their labels, arrays by
 * position.
 */
export interface Series<Value = number> extends Partial<Displayable> {
  readonly values: Value[];
  /** Labels, all different. */
  readonly index: RowLabel[];
  readonly columns: string[];
  readonly dtypes: string[];
  readonly dtype: string;
  readonly shape: number[];
  readonly size: number;

  head(rows?: number): Series<Value>;
  tail(rows?: number): Series<Value>;
  /** The value at a position. */
  iat(position: number): Value | undefined;
  /** Values by position (below 0 from the end), booleans, or one slice such as `"0:10"`. */
  iloc(positions: RowSelection): Series<Value>;
  /** Values by label, booleans, or one slice `"from:to"` of labels, both ends included. */
  loc(labels: RowSelection): Series<Value>;

  /** Missing values are left out of this and all that follow. */
  mean(): number;
  median(): number;
  /** NaN without a value. */
  min(): Value | number;
  max(): Value | number;
  sum(): number;
  /** Of a sample: divided by n − 1. */
  std(): number;
  var(): number;
  count(): number;
  nUnique(): number;
  /** The position of the first largest value. */
  argMax(): number;
  argMin(): number;
  unique(): Series<Value>;
  /** How often each value occurs, the most frequent first. */
  valueCounts(): Series;
  describe(): Series;
  abs(): Series;
  /** Rounded to decimals, 1 unless given, ties to the even neighbour. */
  round(decimals?: number): Series;
  cumSum(): Series;
  cumMin(): Series<Value>;
  cumMax(): Series<Value>;
  /** Missing values last, equal ones as they were. */
  sortValues(options?: { ascending?: boolean }): Series<Value>;
  copy(): Series<Value>;
  isNa(): Series<boolean>;
  dropNa(): Series<Value>;
  fillNa(value: FrameValue): Series<Value>;
  /** Each value by a function of value and position, or by an object's members or a Map. */
  map<Result>(mapping: (value: Value, position: number) => Result): Series<Result>;
  map<Result = unknown>(mapping: object): Series<Result>;
  apply<Result>(function_: (value: Value) => Result): Series<Result>;

  add(other: SeriesOperand): Series;
  sub(other: SeriesOperand): Series;
  mul(other: SeriesOperand): Series;
  div(other: SeriesOperand): Series;
  pow(other: SeriesOperand): Series;
  /** The remainder, with the sign of the divisor. */
  mod(other: SeriesOperand): Series;
  lt(other: SeriesOperand): Series<boolean>;
  gt(other: SeriesOperand): Series<boolean>;
  le(other: SeriesOperand): Series<boolean>;
  ge(other: SeriesOperand): Series<boolean>;
  eq(other: SeriesOperand): Series<boolean>;
  ne(other: SeriesOperand): Series<boolean>;
  and(other: FrameLike | readonly boolean[] | boolean): Series<boolean>;
  or(other: FrameLike | readonly boolean[] | boolean): Series<boolean>;

  print(): void;
  toString(): string;
}
