import { absoluteError } from "../roundingError";
import type { Twins } from "../twin";
import { assignedBits, assignedTwins, type Assignment, type LayerChoices } from "./choices";
import { fewestFirst } from "./fewestFirst";

/*
 * The assignment of fewest bits whose error stays within ε. What an error is says a measure, which
 * is slow: a bound over a box, or AppMax at points. What refutes an assignment is fast: E above ε
 * at a single input.
 *
 * First every candidate for all layers is measured. Then all assignments of fewer bits than the
 * best known one are looked at, from the fewest on: those that a known input refutes are done with.
 * The others are measured, the smallest first of those whose measure is expected to be within ε; it
 * is expected from E at the known inputs, times what the measure has been beyond that so far. So
 * nothing is taken for granted of how errors of layers add up: expectations only choose the order.
 */

/** What is known of an assignment. */
export interface Judged {
  readonly assignment: Assignment;
  readonly bits: number;
  /** The largest E at the inputs that are known: attained. */
  readonly attained: number;
  /** What the measure says; undefined where it was not asked. */
  readonly measured?: number;
}

/** How far a search has come. */
export interface AssignState {
  /** The one of fewest bits so far whose measure is within ε. */
  readonly best?: Judged;
  /** All that was measured, in that order. */
  readonly measured: readonly Judged[];
  /** How many were refuted by an input alone. */
  readonly refuted: number;
  /**
   * No assignment of fewer bits than this can do: an input refutes each of them. As many bits as
   * `best` has if it is the best there is.
   */
  readonly leastBits: number;
  /** How many that are smaller than the best are left to be measured. */
  readonly left: number;
  /** Whether everything smaller than the best has been measured, or an input refutes it. */
  readonly isDone: boolean;
}

/** What a search is about. */
export interface AssignQuestion {
  readonly choices: LayerChoices;
  readonly epsilon: number;
  /** The error of a pair, at least E at each of `inputs`. */
  readonly measure: (twins: Twins) => number;
  /** Inputs at which E counts. */
  readonly inputs: readonly Readonly<Float64Array>[];
}

/** More assignments than these are not looked at in one search. */
export const MOST_ASSIGNMENTS = 100_000;

/** Searches; whoever takes the states may stop at any of them. */
export function* searchAssignment(question: AssignQuestion): Generator<AssignState, void> {
  const search = new AssignSearch(question);
  for (const candidate of question.choices.names.keys()) {
    search.measure(search.judge(question.choices.layers.map(() => candidate)));
    yield search.state();
  }
  let isAll = true;
  for (const { assignment, bits } of fewestFirst(question.choices)) {
    if (bits >= search.bestBits) break;
    isAll = search.looked < MOST_ASSIGNMENTS;
    if (!isAll) break;
    search.look(assignment);
    if (search.looked % LOOKED_AT_ONCE === 0) yield search.state();
  }
  if (isAll) search.seal();
  yield search.state();
  for (let next = search.next(); next !== undefined; next = search.next()) {
    search.measure(next);
    yield search.state();
  }
}

/** Assignments looked at between two states. */
const LOOKED_AT_ONCE = 16;

class AssignSearch {
  looked = 0;
  private best: Judged | undefined;
  private readonly measured: Judged[] = [];
  private pending: Judged[] = [];
  private refuted = 0;
  /** The least bits of all that no input refutes. */
  private least = Infinity;
  /** Whether all that is smaller than the best has been looked at. */
  private isSealed = false;
  private lastLooked = 0;
  /** The least that a measure has been beyond E at the known inputs. */
  private beyond = Infinity;

  constructor(private readonly question: AssignQuestion) {}

  get bestBits(): number {
    return this.best?.bits ?? Infinity;
  }

  /** @param enough  E above which no further input is tried */
  judge(assignment: Assignment, enough = Infinity): Judged {
    const { choices, inputs } = this.question;
    const twins = assignedTwins(choices, assignment);
    let attained = 0;
    for (const x of inputs) {
      attained = Math.max(attained, absoluteError(twins, x));
      if (attained > enough) break;
    }
    return { assignment, bits: assignedBits(choices, assignment), attained };
  }

  /** Looks at an assignment: it is refuted, or it is to be measured. */
  look(assignment: Assignment): void {
    this.looked++;
    const { epsilon } = this.question;
    const judged = this.judge(assignment, epsilon);
    this.lastLooked = judged.bits;
    if (judged.attained > epsilon) {
      this.refuted++;
      return;
    }
    this.least = Math.min(this.least, judged.bits);
    const isMeasured = this.measured.some((one) => isSame(one.assignment, assignment));
    if (!isMeasured) this.pending.push(judged);
  }

  /** All that is smaller than the best has been looked at. */
  seal(): void {
    this.isSealed = true;
  }

  measure(judged: Judged): void {
    const { choices, epsilon, measure } = this.question;
    const value = Math.max(judged.attained, measure(assignedTwins(choices, judged.assignment)));
    const found = { ...judged, measured: value };
    this.measured.push(found);
    if (judged.attained > 0) this.beyond = Math.min(this.beyond, value / judged.attained);
    if (value <= epsilon && judged.bits < this.bestBits) this.best = found;
    this.pending = this.pending.filter((one) => one !== judged && one.bits < this.bestBits);
  }

  /** What is measured next: the smallest expected within ε, else the one nearest to it. */
  next(): Judged | undefined {
    const { epsilon } = this.question;
    const expected = ({ attained }: Judged): number =>
      attained === 0 ? 0 : attained * this.beyond;
    const within = this.pending.find((one) => expected(one) <= epsilon);
    return (
      within ??
      this.pending.reduce<Judged | undefined>(
        (best, one) => (best === undefined || expected(one) < expected(best) ? one : best),
        undefined,
      )
    );
  }

  state(): AssignState {
    const { best, measured, refuted, pending } = this;
    const known = Math.min(this.least, this.bestBits);
    const leastBits = this.isSealed ? known : Math.min(known, this.lastLooked);
    const isDone = this.isSealed && pending.length === 0;
    return { best, measured: measured.slice(), refuted, leastBits, left: pending.length, isDone };
  }
}

function isSame(one: Assignment, other: Assignment): boolean {
  return one.every((candidate, place) => candidate === other[place]);
}
