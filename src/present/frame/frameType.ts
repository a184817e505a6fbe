import type { Displayable } from "../display";
import type { AxisOption, FrameLike, FrameValue, RowLabel, RowSelection } from "./frameBase";
import type { Series, SeriesOperand } from "./seriesType";

export type { AxisOption, FrameLike, FrameValue, RowLabel, RowSelection } from "./frameBase";
export type { Series, SeriesOperand } from "./seriesType";

/** What arithmetic on a frame takes as its other side; comparisons also take texts. */
export type FrameOperand = FrameLike | SeriesOperand;

/**
 * A danfojs DataFrame: a table with named columns and labelled rows that shows itself in a
 * notebook.
 *
 * Every value of this type is a real frame of danfojs-node 1.2 with all of its methods; those
 * listed here are RoundLab's own and do what pandas does (decision 022, docs/frames.md). No method
 * changes the frame it is called on. The type is written out, and not imported, so that a notebook
 * cell need not load danfojs's declarations (decision 020); a cell that wants a member that is not
 * listed asserts `frame as danfojs.DataFrame`.
 *
 * `Row` says what one row holds, as far as it is known: `createDataFrame` tells it by the data. A
 * column that it does not list counts as numbers; `frame.column<string>("name")` says otherwise.
 */
export interface DataFrame<Row extends object = object> extends Partial<Displayable> {
  /** Counts of rows and columns. */
  readonly shape: number[];
  readonly columns: string[];
  /** Row labels, all different. */
  readonly index: RowLabel[];
  readonly dtypes: string[];
  /** All cells, row after row. */
  readonly values: unknown[][];
  /** Count of cells. */
  readonly size: number;
  /** The frame with rows and columns exchanged. */
  readonly T: DataFrame;

  /** The first rows, 5 unless given. */
  head(rows?: number): DataFrame<Row>;
  /** The last rows, 5 unless given. */
  tail(rows?: number): DataFrame<Row>;
  /** One column; also the row labels, by the name that stands over them. */
  column<Name extends keyof Row & string>(name: Name): Series<Row[Name]>;
  column<Value = number>(name: string): Series<Value>;
  /** The cell at a position. */
  iat(row: number, column: number): FrameValue | undefined;
  /** The cell at a row label and a column name. */
  at<Name extends keyof Row & string>(row: RowLabel, column: Name): Row[Name] | undefined;
  at(row: RowLabel, column: string): FrameValue | undefined;
  /**
   * Rows and columns by position (below 0 from the end), booleans, or one slice such as `"0:10"`.
   */
  iloc(choice: { rows?: RowSelection; columns?: RowSelection }): DataFrame<Row>;
  /**
   * Rows and columns by label, booleans, or one slice `"from:to"` of labels, both ends included.
   */
  loc(choice: { rows?: RowSelection; columns?: readonly string[] }): DataFrame<Row>;
  /**
   * The rows where a condition holds, such as `frame.query(frame.column("error").gt(0.01))`. A
   * series is matched by its labels, an array by position.
   */
  query(condition: FrameLike | readonly boolean[]): DataFrame<Row>;
  /** Rows drawn at random without repeats; equal seeds draw equal rows, and without one it is 1. */
  sample(count?: number, options?: { seed?: number }): Promise<DataFrame<Row>>;

  /**
   * Rows gathered by equal values of columns, to be counted, averaged, ... A missing key is in no
   * group.
   */
  groupby<Name extends keyof Row & string>(
    columns: Name | readonly Name[],
  ): GroupedFrame<Row, Name>;
  groupby(columns: string | readonly string[]): GroupedFrame<Row>;
  /** Rows in the order of a column; missing values last, equal ones as they were. */
  sortValues(column: string, options?: { ascending?: boolean }): DataFrame<Row>;
  sortIndex(options?: { ascending?: boolean }): DataFrame<Row>;
  /** Other row labels: given ones, or a column's, which stays unless `drop` is set. */
  setIndex(options: {
    index?: readonly RowLabel[];
    column?: string;
    drop?: boolean;
  }): DataFrame<Row>;
  /**
   * Rows counted from 0; the labels become the first column (their name, or `index`) unless
   * dropped.
   */
  resetIndex(options?: { drop?: boolean }): DataFrame<Row>;
  /** One more column, or another in its place. A series is matched by its labels. */
  addColumn<Name extends string, Value = number>(
    name: Name,
    values: Series<Value> | ArrayLike<Value>,
    options?: { atIndex?: number | string },
  ): DataFrame<Omit<Row, Name> & { [Column in Name]: Value }>;
  drop(options: {
    columns?: string | readonly string[];
    index?: readonly RowLabel[];
  }): DataFrame<Row>;
  /** Columns, or with `axis: 0` row labels, under other names. */
  rename(names: { readonly [from: string]: RowLabel }, options?: AxisOption): DataFrame;
  /** Rows added below, with a label for each. */
  append(
    rows: readonly unknown[] | FrameLike,
    index: readonly RowLabel[] | RowLabel,
  ): DataFrame<Row>;
  asType(column: string, dtype: "float32" | "int32" | "string" | "boolean"): DataFrame;
  selectDtypes(dtypes: readonly string[]): DataFrame<Row>;
  transpose(): DataFrame;
  copy(): DataFrame<Row>;

  /** True where a value is missing: NaN, null or undefined. */
  isNa(): DataFrame<{ [Name in keyof Row]: boolean }>;
  /** Without the rows (with `axis: 0`: the columns) that have a missing value. */
  dropNa(options?: AxisOption): DataFrame<Row>;
  fillNa(
    value: FrameValue | readonly FrameValue[],
    options?: { columns?: readonly string[] },
  ): DataFrame<Row>;
  replace(
    from: FrameValue,
    to: FrameValue,
    options?: { columns?: readonly string[] },
  ): DataFrame<Row>;
  /**
   * A function of each row, or with `axis: 0` of each column; arrays that it returns make a frame.
   */
  apply<Value = unknown>(
    function_: (values: Value[]) => unknown,
    options?: AxisOption,
  ): DataFrame | Series<unknown>;
  applyMap<Value = unknown>(function_: (value: Value) => unknown): DataFrame;

  /**
   * Per column with `axis: 0`, per row with `axis: 1`, which is danfojs's default. Missing ones are
   * left out.
   */
  mean(options?: AxisOption): Series;
  median(options?: AxisOption): Series;
  min(options?: AxisOption): Series;
  max(options?: AxisOption): Series;
  /** Of a sample: divided by n − 1. */
  std(options?: AxisOption): Series;
  var(options?: AxisOption): Series;
  sum(options?: AxisOption): Series;
  count(options?: AxisOption): Series;
  nUnique(axis?: 0 | 1): Series;
  /** Count, mean, spread and quartiles of every numeric column; missing values are left out. */
  describe(): DataFrame;
  abs(): DataFrame;
  /** Rounded to decimals, 1 unless given, ties to the even neighbour. */
  round(decimals?: number): DataFrame;
  cumSum(options?: AxisOption): DataFrame;
  cumMin(options?: AxisOption): DataFrame;
  cumMax(options?: AxisOption): DataFrame;

  /** With a single value, an array (by position), or a series or frame, matched by labels. */
  add(other: FrameOperand, options?: AxisOption): DataFrame;
  sub(other: FrameOperand, options?: AxisOption): DataFrame;
  mul(other: FrameOperand, options?: AxisOption): DataFrame;
  div(other: FrameOperand, options?: AxisOption): DataFrame;
  pow(other: FrameOperand, options?: AxisOption): DataFrame;
  /** The remainder, with the sign of the divisor. */
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
  /**
   * The frame as CSV (RFC 4180), labels with a name first; written to a file when a path is given.
   */
  toCSV(options?: { filePath?: string; sep?: string; header?: boolean }): string | void;
}

/** The keys of groups, as columns of a result. */
export type KeysOf<Row, Keys> = {
  [Name in keyof Row as Name extends Keys ? Name : never]: Row[Name];
};

/** The other columns under `name_operation`, as numbers or as the values they were. */
export type Reduced<Row, Keys, Operation extends string, Result = never> = {
  [
    Name in keyof Row as Name extends Keys
      ? never
      : Name extends string
        ? `${Name}_${Operation}`
        : never
  ]: [Result] extends [never] ? Row[Name] : Result;
};

/**
 * The rows of a frame gathered into groups, in the order of their keys; results are counted from 0.
 */
export interface GroupedFrame<Row extends object = object, Keys extends string = never> {
  readonly ngroups: number;
  /** Only these columns from here on. */
  col(columns: readonly string[]): GroupedFrame<Row, Keys>;
  /** Values that are not missing, as `error_count`. */
  count(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "count", number>>;
  sum(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "sum", number>>;
  mean(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "mean", number>>;
  std(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "std", number>>;
  var(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "var", number>>;
  min(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "min">>;
  max(): DataFrame<KeysOf<Row, Keys> & Reduced<Row, Keys, "max">>;
  /** The first value of each column that is not missing, under the columns' own names. */
  first(): DataFrame<Row>;
  last(): DataFrame<Row>;
  /** Count of rows, as the column `size`. */
  size(): DataFrame<KeysOf<Row, Keys> & { size: number }>;
  /** The rows of one group, as they stand in the frame. */
  getGroup(keys: readonly FrameValue[]): DataFrame<Row>;
  /** One or more of `mean`, `max`, ... per column, as `error_mean`, `error_max`. */
  agg(operations: { readonly [column: string]: string | readonly string[] }): DataFrame;
}
