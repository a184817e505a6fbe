import { declareColumns } from "../claim/column";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { formatPercent, formatSignificant } from "../present/numberFormat";
import { judgeRatio, judgeShares, type Nearness } from "./limits";
import type { PrintedNumber } from "./printedNumbers";

/**
 * What stands behind the paper's side of a finding: a number that it prints, numbers that follow
 * from printed ones, or nothing that it prints.
 */
export type FindingBasis = "printed" | "derived" | "statement" | "none";

/**
 * How near a number is to the printed one: `open` where ours is an interval across a limit, `none`
 * where the paper prints none. A statement that agrees is `close`, one that differs `beyond`.
 */
export type Agreement = Nearness | "open" | "none";

/**
 * One quantity or statement of the paper beside ours. What the paper says of it comes from
 * `printed.ts`, and the verdict is computed.
 */
export interface Finding {
  readonly what: string;
  readonly paper: string;
  readonly ours: string;
  /** ours / paper; NaN for statements. */
  readonly ratio: number;
  readonly verdict: string;
  readonly basis: FindingBasis;
  /** The numbers of the paper that it is compared with. */
  readonly printed: readonly PrintedNumber[];
  readonly agreement: Agreement;
}

/** A number of ours: one, or what is known of it where it is not settled. */
export type OurNumber = number | { readonly least: number; readonly largest: number };

/** How numbers are written and compared: by their ratio, or, shares of images, by difference. */
export type FindingStyle = "number" | "percent";

/** A number of ours beside a printed one. Nothing is compared where the paper prints nothing. */
export function comparePrinted(
  what: string,
  printed: PrintedNumber | undefined,
  ours: OurNumber,
  style: FindingStyle = "number",
): Finding[] {
  if (printed === undefined) return [];
  return [{ ...compare(what, printed.value, ours, style), basis: "printed", printed: [printed] }];
}

/**
 * A number of ours beside what follows from printed ones. It is not counted among the printed
 * numbers that agree.
 */
export function compareDerived(
  what: string,
  printed: readonly (PrintedNumber | undefined)[],
  derive: (numbers: readonly number[]) => number,
  ours: readonly number[],
): Finding[] {
  const known = allOf(printed);
  if (known === undefined) return [];
  const paper = derive(known.map(({ value }) => value));
  const compared = compare(what, paper, derive(ours), "number");
  // A quotient has no last printed digit.
  const shown = formatSignificant(paper, 4);
  return [{ ...compared, paper: shown, basis: "derived", printed: known }];
}

/** A statement, tried in the same way on printed numbers and on ours. */
export function tryStatement(
  what: string,
  printed: readonly (PrintedNumber | undefined)[],
  ours: readonly number[],
  holds: (numbers: readonly number[]) => boolean,
): Finding[] {
  const known = allOf(printed);
  if (known === undefined) return [reportStatement(what, holds(ours))];
  const [paper, here] = [holds(known.map(({ value }) => value)), holds(ours)];
  const agrees = paper === here;
  return [
    {
      what,
      paper: yesOrNo(paper),
      ours: yesOrNo(here),
      ratio: NaN,
      verdict: agrees ? "agrees" : "differs",
      basis: "statement",
      printed: known,
      agreement: agrees ? "close" : "beyond",
    },
  ];
}

/** Something of ours of which the paper prints no number: it agrees with nothing. */
export function reportOurs(what: string, ours: string, remark = ""): Finding {
  return {
    what,
    paper: "not printed",
    ours,
    ratio: NaN,
    verdict: remark,
    basis: "none",
    printed: [],
    agreement: "none",
  };
}

/** As `reportOurs`, for a statement. */
export function reportStatement(what: string, holdsHere: boolean): Finding {
  return reportOurs(what, yesOrNo(holdsHere));
}

/** The numbers, if the paper prints them all. */
function allOf(printed: readonly (PrintedNumber | undefined)[]): PrintedNumber[] | undefined {
  const known = printed.filter((one) => one !== undefined);
  return known.length === printed.length && known.length > 0 ? known : undefined;
}

function yesOrNo(holds: boolean): string {
  return holds ? "yes" : "no";
}

type Compared = Pick<Finding, "what" | "paper" | "ours" | "ratio" | "verdict" | "agreement">;

/** An interval is judged only where both of its ends are judged alike. */
function compare(what: string, paper: number, ours: OurNumber, style: FindingStyle): Compared {
  const ends = typeof ours === "number" ? [ours] : [ours.least, ours.largest];
  const write = (value: number): string =>
    style === "percent" ? formatPercent(value) : formatSignificant(value, 4);
  const judged = ends.map((end) =>
    style === "percent" ? judgeShares(end - paper / 100) : judgeRatio(end / paper),
  );
  const isOpen = judged.some(({ verdict }) => verdict !== judged[0].verdict);
  return {
    what,
    paper: style === "percent" ? formatPercent(paper / 100) : formatSignificant(paper, 9),
    ours: [...new Set(ends.map(write))].join(" to "),
    ratio: ends[0] / (style === "percent" ? paper / 100 : paper),
    verdict: isOpen ? "open: ours is an interval" : judged[0].verdict,
    agreement: isOpen ? "open" : judged[0].agreement,
  };
}

/** The table of the paper that a finding is compared with, or follows from; empty for none. */
export function sourceOf({ printed, basis }: Finding): string {
  const tables = [...new Set(printed.map(({ table }) => table))].join(", ");
  return basis === "derived" || basis === "statement" ? `from ${tables}` : tables;
}

type NotShown = "basis" | "printed" | "agreement" | "ratio";

/** The columns of findings. Numbers are texts: beside one another stand numbers and statements. */
export const FINDING_COLUMNS = declareColumns<Finding, "source" | "ratio", NotShown>({
  what: { type: "text", meaning: "the quantity or statement that is compared" },
  paper: { type: "text", meaning: "what the paper prints, or what follows from its numbers" },
  source: {
    type: "text",
    heading: "printed in",
    meaning: "the tables whose numbers those are",
    read: sourceOf,
  },
  ours: { type: "text", meaning: "what ours comes to" },
  ratio: {
    type: "text",
    heading: "ours / paper",
    meaning: "the quotient of the two; none of statements",
    read: ({ ratio }) => (Number.isNaN(ratio) ? "" : formatSignificant(ratio, 3)),
  },
  verdict: { type: "text", meaning: "by the limits that `docs/reproduction.md` names" },
});

/** Findings as a DataFrame. */
export function findingsFrame(findings: readonly Finding[]): DataFrame {
  return declaredFrame(FINDING_COLUMNS, findings, {
    caption: "The paper's numbers and ours, side by side",
  });
}
