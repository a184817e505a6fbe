import {
  TABLE_1,
  TABLE_2,
  TABLE_2_BITS,
  TABLE_3,
  TABLE_4,
  TABLE_5,
  type PrintedClasses,
  type PrintedErrors,
} from "./printed";

/** Where all printed numbers stand; the tables have their places there. */
export const PAPER_PAGES = "pp. 398–416";

/** One number as the paper prints it, and which one it is. All are in `printed.ts`. */
export interface PrintedNumber {
  readonly table: string;
  /** Row and column, such as `net1, E_T`. */
  readonly cell: string;
  /** As printed, in the unit of the print. */
  readonly value: number;
}

/** The ends of an error interval of Table 1. */
export type Table1Interval = "smallest" | "widest";

/** The four estimates that Tables 3 and 4 print. */
export const ESTIMATES = ["E_T", "E_Xi", "mean_E_T", "mean_E_Xi"] as const;
export type Estimate = (typeof ESTIMATES)[number];

/** How the estimates are called in findings. */
export const ESTIMATE_WORDS = {
  E_T: "E_T",
  E_Xi: "E_Ξ(T)",
  mean_E_T: "mean E_T",
  mean_E_Xi: "mean E_Ξ(T)",
} as const;

/** The network of Tables 1, 4 and 5, whose captions name it. */
const PRINTED_NETWORK = "net1";

/** α and β of one layer of Net1; undefined for what Table 1 does not print. */
export function printedInterval(
  network: string,
  layer: number,
  which: Table1Interval,
): readonly [PrintedNumber, PrintedNumber] | undefined {
  const row = network === PRINTED_NETWORK ? TABLE_1[layer - 1] : undefined;
  if (row === undefined) return undefined;
  const end = (name: string, value: number): PrintedNumber => ({
    table: "Table 1",
    cell: `layer ${layer}, ${which} ${name}`,
    value,
  });
  return [end("α", row[which][0]), end("β", row[which][1])];
}

/** An accuracy, in per cent; undefined for what Table 2 does not print. */
export function printedAccuracy(network: string, bits: number): PrintedNumber | undefined {
  const index = TABLE_2_BITS.findIndex((printed) => printed === bits);
  const value = TABLE_2[network]?.[index];
  return value === undefined
    ? undefined
    : { table: "Table 2", cell: `${network}, ${bits} bits`, value };
}

/** An estimate at 16 bits; undefined for what Table 3 does not print. */
export function printedEstimate(network: string, what: Estimate): PrintedNumber | undefined {
  return estimateOf("Table 3", network, TABLE_3[network], what);
}

/** An estimate of Net1 at a bit width; undefined for what Table 4 does not print. */
export function printedAtWidth(
  network: string,
  bits: number,
  what: Estimate,
): PrintedNumber | undefined {
  const row = network === PRINTED_NETWORK ? TABLE_4[bits] : undefined;
  return estimateOf("Table 4", `${bits} bits`, row, what);
}

function estimateOf(
  table: string,
  row: string,
  printed: PrintedErrors | undefined,
  what: Estimate,
): PrintedNumber | undefined {
  return printed === undefined
    ? undefined
    : { table, cell: `${row}, ${what}`, value: printed[what] };
}

/** The columns of Table 5, each with the words for it. */
export const CLASS_COLUMNS = {
  share: "share of regions",
  roundedC: "rounded probability of c",
  roundedG: "rounded probability of g",
  originalC: "original probability of c",
  originalG: "original probability of g",
} as const;
export type ClassColumn = keyof typeof CLASS_COLUMNS;

/** A row of Table 5; undefined for what it does not print. */
export function printedClassRow(network: string, bits: number): PrintedClasses | undefined {
  return network === PRINTED_NETWORK ? TABLE_5[bits] : undefined;
}

/** A share or a probability; undefined for what Table 5 does not print. */
export function printedClasses(
  network: string,
  bits: number,
  column: ClassColumn,
): PrintedNumber | undefined {
  const row = printedClassRow(network, bits);
  return row === undefined
    ? undefined
    : { table: "Table 5", cell: `${bits} bits, ${column}`, value: classValue(row, column) };
}

function classValue({ share, rounded, original }: PrintedClasses, column: ClassColumn): number {
  const values = {
    share,
    roundedC: rounded.c,
    roundedG: rounded.g,
    originalC: original.c,
    originalG: original.g,
  };
  return values[column];
}

/** Every number of the five tables. */
export function printedNumbers(): PrintedNumber[] {
  const widths = Object.keys(TABLE_4).map(Number);
  const networks = Object.keys(TABLE_2);
  const found = [
    ...TABLE_1.flatMap((_, index) =>
      (["smallest", "widest"] as const).flatMap(
        (which) => printedInterval(PRINTED_NETWORK, index + 1, which) ?? [],
      ),
    ),
    ...networks.flatMap((network) => TABLE_2_BITS.map((bits) => printedAccuracy(network, bits))),
    ...networks.flatMap((network) => ESTIMATES.map((what) => printedEstimate(network, what))),
    ...widths.flatMap((bits) =>
      ESTIMATES.map((what) => printedAtWidth(PRINTED_NETWORK, bits, what)),
    ),
    ...widths.flatMap((bits) =>
      // The keys of an object literal are those of its type.
      (Object.keys(CLASS_COLUMNS) as ClassColumn[]).map((column) =>
        printedClasses(PRINTED_NETWORK, bits, column),
      ),
    ),
  ];
  return found.filter((one) => one !== undefined);
}
