import { PIXEL_DOMAIN, toDomain, type Domain, type DomainChoice } from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { ArgumentError } from "../errors";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { findInterval, type IntervalOptions } from "./interval";
import { intervalTable, type IntervalFound } from "./intervalTable";

/** Options of `prove`. */
export interface ProveOptions extends IntervalOptions {
  /** What no input's E may exceed. */
  readonly epsilon: number;
}

/** Whether E stays within ε over a box. */
export interface Proven extends IntervalFound {
  /**
   * `proved`: no input has a larger E. `refuted`: the witness of `total` has. `open`: neither was
   * found in the time.
   */
  readonly outcome: "proved" | "refuted" | "open";
  readonly epsilon: number;
  /** The smallest ε that this would have proved: the bound. */
  readonly smallest: number;
}

/**
 * Whether no input of a box has a larger E than ε: proved, refuted with an input that has, or open
 * once the time is over. It ends as soon as it is decided.
 *
 * @param twins  N and Ñ of one architecture, as `twins` or `createTwins` makes them
 * @param box  where inputs may lie, as `interval` takes it; [0, 1] for every input by default
 * @throws ArgumentError if ε is no number from 0, or what `interval` throws
 * @example
 * const { outcome, smallest } = await rl.prove(twins, "0:1", { epsilon: 0.5, time: 2 });
 */
export async function prove(
  twins: Twins,
  box: DomainChoice = PIXEL_DOMAIN,
  options: ProveOptions,
): Promise<Proven & Displayable> {
  const domain = toDomain(box);
  const found = await findProof(twins, domain, options);
  return withDisplay(found, () => {
    const table = intervalTable(twins, found, domain);
    return displayTable({ ...table, caption: `${verdictOf(found)}; ${table.caption}` });
  });
}

/** What `prove` does, without a way of showing it. */
export async function findProof(
  twins: Twins,
  domain: Domain,
  { epsilon, ...options }: ProveOptions,
): Promise<Proven> {
  if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new ArgumentError(`epsilon is ${epsilon}, expected a number from 0`);
  }
  const isDecided = (lower: number, upper: number): boolean => upper <= epsilon || lower > epsilon;
  const found = await findInterval(twins, domain, options, isDecided);
  const { lower, upper } = found.total;
  const outcome = upper <= epsilon ? "proved" : lower > epsilon ? "refuted" : "open";
  return { ...found, outcome, epsilon, smallest: upper };
}

/** The outcome in words. */
export function verdictOf({ outcome, epsilon }: Proven): string {
  return {
    proved: `E ≤ ${epsilon} is proved`,
    refuted: `E ≤ ${epsilon} is refuted: an input has more`,
    open: `whether E ≤ ${epsilon} is open`,
  }[outcome];
}
