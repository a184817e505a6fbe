import type { Command } from "commander";
import { ArgumentError } from "../errors";
import { provedBound } from "../experiment/variant/provedBound";
import type { AppMaxRow } from "../experiment/variant/runAppMax";

/** What a pipeline asks of the rows of AppMax, beyond their being computed. */
export interface Conditions {
  /** No point's proved bound may lie above it. */
  readonly failAbove?: number;
  /** Whether every point must be certified. */
  readonly isCertifiedRequired: boolean;
}

/** The conditions as a command line has them. */
export interface ConditionFlags {
  readonly failAbove?: string;
  readonly require?: string;
}

/** Adds `--fail-above` and `--require` to a command that computes rows of AppMax. */
export function addConditionOptions(command: Command): Command {
  return command
    .option("--fail-above <value>", "end with 3 unless every point's bound is at most this")
    .option("--require <what>", "certified: end with 3 unless every point is certified");
}

/** @throws ArgumentError naming the option whose value is none */
export function parseConditions(flags: ConditionFlags): Conditions {
  const { failAbove, require: required } = flags;
  if (required !== undefined && required !== "certified") {
    throw new ArgumentError(`--require takes certified, found "${required}"`);
  }
  const isCertifiedRequired = required !== undefined;
  if (failAbove === undefined) return { isCertifiedRequired };
  const value = Number(failAbove);
  if (failAbove.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new ArgumentError(`--fail-above takes a number from 0, found "${failAbove}"`);
  }
  return { failAbove: value, isCertifiedRequired };
}

export function hasConditions({ failAbove, isCertifiedRequired }: Conditions): boolean {
  return failAbove !== undefined || isCertifiedRequired;
}

/**
 * One sentence for each condition that does not hold. `--fail-above` is held against the bound,
 * with the allowance for rounding of rows that carry one: a value that was attained below it proves
 * nothing of the rest of the polytope.
 */
export function unmetConditions(rows: readonly AppMaxRow[], conditions: Conditions): string[] {
  const { failAbove, isCertifiedRequired } = conditions;
  const unmet: string[] = [];
  const above = rows.filter((row) => failAbove !== undefined && !(provedBound(row) <= failAbove));
  if (above.length > 0) {
    const worst = above.reduce((most, row) => (provedBound(row) > provedBound(most) ? row : most));
    const attained = rows.filter(({ maximum }) => maximum > (failAbove ?? Infinity)).length;
    unmet.push(
      `--fail-above ${failAbove}: the bound of ${above.length} of ${rows.length} points lies above ` +
        `it, and the error attained of ${attained}; the largest bound is ${provedBound(worst)}, ` +
        `of point ${worst.point} (${worst.maximum} attained)`,
    );
  }
  const uncertified = rows.filter(({ status }) => status !== "certified");
  if (isCertifiedRequired && uncertified.length > 0) {
    const names = uncertified.slice(0, 5).map(({ point }) => point);
    const more = uncertified.length > names.length ? ", …" : "";
    unmet.push(
      `--require certified: ${uncertified.length} of ${rows.length} points are not certified ` +
        `(${names.join(", ")}${more}); a longer --time-limit or --solver auto may help`,
    );
  }
  return unmet;
}
