import type { Displayable } from "./display";

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

/** What arithmetic on a frame takes as its other side. */
export type FrameOperand = DataFrame | Series | number[] | number;

/** What arithmetic on a series takes as its other side. */
export type SeriesOperand = Series | number[] | number;

/**
 * A danfojs DataFrame: a table with named columns and labelled rows that shows itself in a
 * notebook.
 *
 * Every value of this type is a real frame of danfojs-node 1.2 with all of its methods. The type is
 * written out here, and not imported, so that a notebook cell need not load danfojs's declarations
 * (decision 020); a frame made by danfojs itself fits it, which is why the display member is marked
 * optional. A cell that wants a member that is not listed asserts `frame as danfojs.DataFrame`.
 */
export interface DataFrame extends Partial<Displayable> {
  /** Counts of rows and columns. */
  readonly shape: number[];
  readonly columns: string[];
  readonly index: RowLabel[];
  readonly dtypes: string[];
  /** All cells, row after row. */
  readonly values: unknown[];
  /** Count of cells. */
  readonly size: number;
  /** The frame with rows and columns exchanged. */
  readonly T: DataFrame;

  /** The first rows, 5 unless given. */
  head(rows?: number): DataFrame;
  /** The last rows, 5 unless given. */
  tail(rows?: number): DataFrame;
  /** One column. */
  column(name: string): Series;
  /** The cell at a position. */
  iat(row: number, column: number): FrameValue | undefined;
  /** The cell at a row label and a column name. */
  at(row: RowLabel, column: string): FrameValue | undefined;
  /** Rows and columns by position: numbers, booleans, or one slice such as `"0:10"`. */
  iloc(choice: { rows?: (RowLabel | boolean)[] | Series; columns?: RowLabel[] }): DataFrame;
  /** Rows and columns by label. */
  loc(choice: { rows?: (RowLabel | boolean)[] | Series; columns?: string[] }): DataFrame;
  /** The rows where a condition holds, such as `frame.query(frame.column("error").gt(0.01))`. */
  query(condition: Series | boolean[]): DataFrame;
  /** Rows drawn at random; equal seeds draw equal rows. */
  sample(count?: number, options?: { seed?: number }): Promise<DataFrame>;

  /** Rows gathered by equal values of columns, to be counted, averaged, ... */
  groupby(columns: string[]): GroupedFrame;
  sortValues(column: string, options?: { ascending?: boolean }): DataFrame;
  sortIndex(options?: { ascending?: boolean }): DataFrame;
  setIndex(options: { index?: RowLabel[]; column?: string; drop?: boolean }): DataFrame;
  resetIndex(): DataFrame;
  addColumn(
    name: string,
    values: Series | FrameValue[],
    options?: { atIndex?: number | string },
  ): DataFrame;
  drop(options: { columns?: string[]; index?: RowLabel[] }): DataFrame;
  rename(names: { [from: string]: string }, options?: AxisOption): DataFrame;
  append(
    rows: FrameValue[] | FrameValue[][] | Series | DataFrame,
    index: RowLabel[] | RowLabel,
  ): DataFrame;
  asType(column: string, dtype: "float32" | "int32" | "string" | "boolean"): DataFrame;
  selectDtypes(dtypes: string[]): DataFrame;
  transpose(): DataFrame;
  copy(): DataFrame;

  isNa(): DataFrame;
  dropNa(options?: AxisOption): DataFrame;
  fillNa(value: FrameValue | FrameValue[], options?: { columns?: string[] }): DataFrame;
  replace(from: FrameValue, to: FrameValue, options?: { columns?: string[] }): DataFrame;
  apply<Value = unknown>(
    function_: (values: Value[]) => unknown,
    options?: AxisOption,
  ): DataFrame | Series;
  applyMap<Value = unknown>(function_: (value: Value) => unknown): DataFrame;

  /** Per column with `axis: 0`, per row with `axis: 1`, which is danfojs's default. */
  mean(options?: AxisOption): Series;
  median(options?: AxisOption): Series;
  min(options?: AxisOption): Series;
  max(options?: AxisOption): Series;
  std(options?: AxisOption): Series;
  var(options?: AxisOption): Series;
  sum(options?: AxisOption): Series;
  count(options?: AxisOption): Series;
  nUnique(axis?: 0 | 1): Series;
  /** Count, mean, spread and quartiles of every numeric column; missing values are left out. */
  describe(): DataFrame;
  abs(): DataFrame;
  round(decimals: number): DataFrame;
  cumSum(options?: AxisOption): DataFrame;
  cumMin(options?: AxisOption): DataFrame;
  cumMax(options?: AxisOption): DataFrame;

  add(other: FrameOperand, options?: AxisOption): DataFrame;
  sub(other: FrameOperand, options?: AxisOption): DataFrame;
  mul(other: FrameOperand, options?: AxisOption): DataFrame;
  div(other: FrameOperand, options?: AxisOption): DataFrame;
  pow(other: FrameOperand, options?: AxisOption): DataFrame;
  mod(other: FrameOperand, options?: AxisOption): DataFrame;
  lt(other: FrameOperand, options?: AxisOption): DataFrame;
  gt(other: FrameOperand, options?: AxisOption): DataFrame;
  le(other: FrameOperand, options?: AxisOption): DataFrame;
  ge(other: FrameOperand, options?: AxisOption): DataFrame;
  eq(other: FrameOperand, options?: AxisOption): DataFrame;
  ne(other: FrameOperand, options?: AxisOption): DataFrame;

  /** Writes the frame to the console as aligned text. */
  print(): void;
  /** The frame as aligned text. */
  toString(): string;
  /** The frame as CSV (RFC 4180), or written to a file when a path is given. */
  toCSV(options?: { filePath?: string; sep?: string; header?: boolean }): string | void;
}

/** One column of a DataFrame, or another run of values with labels; it shows itself as a table. */
export interface Series extends Partial<Displayable> {
  readonly values: unknown[];
  readonly index: RowLabel[];
  readonly columns: string[];
  readonly dtypes: string[];
  readonly dtype: string;
  readonly shape: number[];
  readonly size: number;

  head(rows?: number): Series;
  tail(rows?: number): Series;
  iat(position: number): FrameValue | undefined;
  iloc(positions: (RowLabel | boolean)[]): Series;
  loc(labels: (RowLabel | boolean)[]): Series;

  mean(): number;
  median(): number;
  min(): number;
  max(): number;
  sum(): number;
  std(): number;
  var(): number;
  count(): number;
  nUnique(): number;
  argMax(): number;
  argMin(): number;
  unique(): Series;
  valueCounts(): Series;
  describe(): Series;
  abs(): Series;
  round(decimals?: number): Series;
  cumSum(): Series;
  cumMin(): Series;
  cumMax(): Series;
  sortValues(options?: { ascending?: boolean }): Series;
  copy(): Series;
  isNa(): Series;
  dropNa(): Series;
  fillNa(value: FrameValue): Series;
  map<Value = unknown>(mapping: ((value: Value, position: number) => unknown) | object): Series;
  apply<Value = unknown>(function_: (value: Value) => unknown): Series;

  add(other: SeriesOperand): Series;
  sub(other: SeriesOperand): Series;
  mul(other: SeriesOperand): Series;
  div(other: SeriesOperand): Series;
  pow(other: SeriesOperand): Series;
  mod(other: SeriesOperand): Series;
  lt(other: SeriesOperand | boolean[]): Series;
  gt(other: SeriesOperand | boolean[]): Series;
  le(other: SeriesOperand | boolean[]): Series;
  ge(other: SeriesOperand | boolean[]): Series;
  eq(other: SeriesOperand | boolean[]): Series;
  ne(other: SeriesOperand | boolean[]): Series;
  and(other: Series | boolean[] | boolean): Series;
  or(other: Series | boolean[] | boolean): Series;

  print(): void;
  toString(): string;
}

/** The rows of a frame gathered into groups. */
export interface GroupedFrame {
  readonly ngroups: number;
  /** Only these columns from here on. */
  col(columns: string[]): GroupedFrame;
  count(): DataFrame;
  sum(): DataFrame;
  mean(): DataFrame;
  std(): DataFrame;
  var(): DataFrame;
  min(): DataFrame;
  max(): DataFrame;
  first(): DataFrame;
  last(): DataFrame;
  size(): DataFrame;
  getGroup(keys: RowLabel[]): DataFrame;
  /** One or more of `mean`, `max`, ... per column. */
  agg(operations: { [column: string]: string | string[] }): DataFrame;
}
