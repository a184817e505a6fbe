import { StoreError } from "../../errors";
import { CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP, TIE } from "../../numeric/tolerance";
import {
  bad,
  badChoice,
  badCount,
  badDistance,
  badInput,
  badLabel,
  badNumber,
  badOrder,
  badPair,
  badSize,
  badText,
  isCount,
  isFinite,
  show,
  type Fields,
} from "./fieldChecks";

/** How rows of a kind are told apart, and what makes one of them wrong. */
export interface RowKind {
  /** The field that names what a row is of; no two rows have the same. */
  readonly key: "point" | "block" | "round" | "item";
  /** What is wrong with a row, in words; undefined if nothing is. */
  readonly fault: (row: Fields) => string | undefined;
}

/** A line of a store, before it is believed. */
/**
 * The rows that an experiment has.
 *
 * @throws StoreError if its kind is unknown
 */
export function rowKindOf(experiment: object): RowKind {
  const kind = "kind" in experiment ? String(experiment.kind) : "";
  const known = ROW_KINDS[kind];
  if (known === APPMAX_ROWS && "proof" in experiment) return realRows(experiment.proof);
  if (known !== undefined) return known;
  throw new StoreError(
    `rows of an experiment of kind ${show(kind)} are unknown, known are ${Object.keys(ROW_KINDS).join(", ")}; ` +
      `was the store written by a later version?`,
  );
}

/**
 * Rows of AppMax: what they must have, in which order its numbers stand, and that they agree with
 * its status.
 */
const APPMAX_ROWS: RowKind = {
  key: "point",
  fault: (row) => appMaxFault(row) ?? strayAllowance(row),
};

/** Rows of AppMax that are proved in real arithmetic: none of them is without its allowance. */
const REAL_APPMAX_ROWS: RowKind = {
  key: "point",
  fault: (row) => badSize(row, ["roundingAllowance"]) ?? appMaxFault(row),
};

function appMaxFault(row: Fields): string | undefined {
  return (
    badCount(row, ["point", "iterations", "rowsGenerated"]) ??
    badLabel(row) ??
    badSize(row, ["error", "maximum", "upperBound", "gap", "milliseconds", "violation"]) ??
    badText(row, "solver") ??
    badChoice(row, "status", ["certified", "uncertified"]) ??
    ("reason" in row ? badText(row, "reason") : undefined) ??
    badInterval(row)
  );
}

function realRows(proof: unknown): RowKind {
  if (proof === "real") return REAL_APPMAX_ROWS;
  throw new StoreError(
    `bounds of proof ${show(proof)} are unknown, known are real and none; was the store written by a later version?`,
  );
}

/** With an allowance a row claims more than a run proves that did not ask for it. */
function strayAllowance(row: Fields): string | undefined {
  return "roundingAllowance" in row
    ? bad(row, "roundingAllowance", "none in a run whose bounds are proved up to rounding")
    : undefined;
}

/** Rows of agreement. */
const AGREEMENT_ROWS: RowKind = {
  key: "point",
  fault: (row) =>
    badCount(row, ["point", "exactClass", "rivalClass", "iterations"]) ??
    badLabel(row) ??
    badCount(row, ["decided", "programs"]) ??
    badSize(row, ["milliseconds"]) ??
    badNumber(row, ["marginAtPoint", "margin", "marginBound"]) ??
    badDistance(row, "distance") ??
    badDistance(row, "distanceBound") ??
    badPair(row, "rounded") ??
    badPair(row, "original") ??
    badText(row, "solver") ??
    badChoice(row, "verdict", ["disagrees", "agrees", "undecided"]) ??
    badMargins(row) ??
    badExclusion(row),
};

/** Rows of walks: what is attained does not shrink on the way. */
const WALK_ROWS: RowKind = {
  key: "point",
  fault: (row) =>
    badCount(row, ["point", "polytopes", "iterations"]) ??
    badLabel(row) ??
    badSize(row, ["error", "maximum", "walked", "milliseconds"]) ??
    badText(row, "solver") ??
    badOrder(row, ["error", "maximum", "walked"]),
};

/** Rounds of a search for the worst input. */
const WORST_ROWS: RowKind = {
  key: "round",
  fault: (row) =>
    badCount(row, ["round", "step"]) ??
    badNumber(row, ["value"]) ??
    badSize(row, ["milliseconds"]) ??
    badChoice(row, "phase", ["start", "ascent", "walk"]) ??
    badInput(row),
};

/** The one line of a bound. */
const BOUND_ROWS: RowKind = {
  key: "item",
  fault: (row) =>
    badCount(row, ["item"]) ?? badSize(row, ["upper", "milliseconds"]) ?? badText(row, "proved"),
};

/** Rows of accuracy: the classes of a block of images. */
const ACCURACY_ROWS: RowKind = {
  key: "block",
  fault: (row) =>
    badCount(row, ["block", "correct"]) ?? badSize(row, ["milliseconds"]) ?? badClasses(row),
};

/** By the kind that the key of a stored experiment names. */
const ROW_KINDS: Readonly<Record<string, RowKind | undefined>> = {
  appmax: APPMAX_ROWS,
  classification: AGREEMENT_ROWS,
  accuracy: ACCURACY_ROWS,
  walk: WALK_ROWS,
  worst: WORST_ROWS,
  bound: BOUND_ROWS,
};

function badInterval(row: Fields): string | undefined {
  // The checks before this one have found numbers there.
  const { error, maximum, upperBound, gap } = row as Record<string, number>;
  const noise = CERTIFIED_ABSOLUTE_GAP * Math.max(1, maximum);
  if (!(error <= maximum + noise)) return `error ${error} is above maximum ${maximum}`;
  if (!(maximum <= upperBound + noise))
    return `maximum ${maximum} is above upperBound ${upperBound}`;
  const scale = Math.max(maximum, CERTIFIED_ABSOLUTE_GAP / CERTIFIED_RELATIVE_GAP);
  const found = (upperBound - maximum) / scale;
  if (!(Math.abs(found - gap) <= CERTIFIED_RELATIVE_GAP * Math.max(1, found))) {
    return `gap is ${gap}, but maximum and upperBound are ${found} apart`;
  }
  if (row.status === "certified" && !(gap <= CERTIFIED_RELATIVE_GAP)) {
    return `status is certified, but the gap is ${gap}, above ${CERTIFIED_RELATIVE_GAP}`;
  }
  return undefined;
}

/** The fields that `badMargins` compares. */
type MarginFields = Readonly<
  Record<"marginAtPoint" | "margin" | "marginBound" | "decided" | "programs", number> &
    Record<"distance" | "distanceBound", number | null> &
    Record<"verdict", "disagrees" | "agrees" | "undecided">
>;

function badMargins(row: Fields): string | undefined {
  // The checks before this one have found such values there.
  const fields = row as Fields & MarginFields;
  const { marginAtPoint, margin, marginBound, decided, programs } = fields;
  const { distance, distanceBound: least, verdict } = fields;
  if (!(marginAtPoint <= margin + TIE)) {
    return `marginAtPoint ${marginAtPoint} is above margin ${margin}`;
  }
  if (!(margin <= marginBound + TIE)) return `margin ${margin} is above marginBound ${marginBound}`;
  if (decided > programs) return `decided ${decided} is above programs ${programs}`;
  if (distance !== null && !((least ?? Infinity) <= distance)) {
    return `distanceBound ${least} is above distance ${distance}`;
  }
  const isAttained = distance !== null && margin >= -TIE;
  const isProved = distance === null && marginBound <= TIE && decided === programs;
  const isOpen = distance === null && decided < programs;
  const fits = { disagrees: isAttained, agrees: isProved, undecided: isOpen };

  if (fits[verdict]) return undefined;
  return (
    `verdict is ${verdict}, which does not fit margin ${margin}, marginBound ${marginBound}, distance ${distance} and ` +
    `${decided} of ${programs} classes decided`
  );
}

/** What proves that no class is tied is below 0, and belongs to rows that agree. */
function badExclusion(row: Fields): string | undefined {
  if (!("exclusionBound" in row)) return undefined;
  const { exclusionBound, verdict, margin } = row;
  if (!isFinite(exclusionBound) || !(exclusionBound < 0)) {
    return bad(row, "exclusionBound", "a number below 0");
  }
  if (verdict !== "agrees") return bad(row, "exclusionBound", "none unless the verdict is agrees");
  // The checks before this one have found a number there.
  return (margin as number) <= exclusionBound + TIE
    ? undefined
    : `margin ${String(margin)} is above exclusionBound ${exclusionBound}`;
}

function badClasses(row: Fields): string | undefined {
  const { classes } = row;
  // The check before this one has found a number there.
  const correct = row.correct as number;
  if (!Array.isArray(classes) || !classes.every(isCount)) {
    return `classes is ${show(classes)}, expected whole numbers from 0`;
  }
  return correct <= classes.length
    ? undefined
    : `correct is ${correct}, but there are ${classes.length} images`;
}

/** Numbers of which none is below the one before. */
/** Points of one's own have none. */
/** A value as its file has it, cut to a few words. */
