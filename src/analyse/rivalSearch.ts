import type { Basis, BoxProgram, Engine, RowOracle } from "../lp/program";
import { solveCertified } from "../lp/solveCertified";
import { evaluate } from "../network/evaluate";
import type { Network } from "../network/network";
import { AGREEMENT_BOUND, MARGIN_GAP, TIE } from "../numeric/tolerance";
import type { Domain } from "./domain";
import { hideRows } from "./hideRows";
import type { Rival, Rivals } from "./rivals";

/** Limits in iterations of the solver, so that what they leave open does not depend on the machine. */
export interface SearchLimits {
  /** Per rival: on each part near the point, on the whole region, and where it disagrees. */
  readonly near: number;
  readonly whole: number;
  readonly disagreement: number;
  /** All rivals together; what is left then stays open. */
  readonly point: number;
  /** For the largest margin of the class that was found to disagree. */
  readonly largest: number;
  /** Per rival: for what rounding adds to its margin. */
  readonly drift: number;
}

/** How far beyond its reach a rival is looked for, one after another, and how far at the most. */
const NEAR = [4, 8] as const;
const FARTHEST_NEAR = 0.8;

/** What a search works on. */
export interface SearchGround {
  readonly x: Readonly<Float64Array>;
  readonly domain: Domain;
  readonly rivals: Rivals;
  /** Where Ñ's hidden rows stand among all rows. */
  readonly alteredRows: { readonly start: number; readonly end: number };
  /** Whether N and Ñ are so close that N's rows alone are worth a solve. */
  readonly isClose: boolean;
  readonly approximated: Network;
  readonly engine: Engine;
  readonly limits: SearchLimits;
  readonly shouldStop?: () => boolean;
}

/** What a rival's programs came to: its largest margin is at least `margin`, at `point`, and at most `bound`. */
export interface Finding {
  readonly rival: Rival;
  readonly kind: "disagrees" | "excluded" | "open";
  readonly margin: number;
  readonly bound: number;
  readonly point: Float64Array;
}

/** What one solve adds. */
interface Solved {
  readonly point?: Float64Array;
  readonly bound: number;
  readonly basis?: Basis;
}

/** The programs of one point, rival by rival, within the limits. */
export class RivalSearch {
  /** Iterations of all solves so far. */
  iterations = 0;
  private nearBasis: Basis | undefined;
  /** Where the last disagreement was found, to go on from. */
  private best: { readonly rows: RowOracle; readonly basis?: Basis } | undefined;
  private wholeBasis: Basis | undefined;
  private driftBasis: Basis | undefined;

  constructor(private readonly ground: SearchGround) {}

  /** Whether a rival's margin is ≥ 0 somewhere on the region: steps 2 to 4 of `agreement.ts`. */
  decide(rival: Rival): Finding {
    const margin = rival.marginAtPoint;
    const point = Float64Array.from(this.ground.x);
    if (margin >= -TIE) return { rival, kind: "disagrees", margin, bound: Infinity, point };
    let finding: Finding = { rival, kind: "open", margin, bound: Infinity, point };
    if (!this.ground.isClose) finding = this.lookNear(finding);
    if (finding.kind === "open") finding = this.exclude(finding);
    return finding.kind === "open" ? this.disagree(finding) : finding;
  }

  /** Step 2: the largest margin a few times the reach around the point. */
  private lookNear(finding: Finding): Finding {
    const { rivals, limits } = this.ground;
    const { rival } = finding;
    let found = finding;
    let start: Basis | undefined;
    for (const radius of NEAR.map((factor) => factor * rival.reach)) {
      if (radius > FARTHEST_NEAR || found.kind !== "open") break;
      const near = this.solve(rival, rivals.rows, limits.near, { radius, start });
      start = near.basis;
      found = this.take(found, { ...near, bound: Infinity });
    }
    this.nearBasis = start;
    this.best = { rows: rivals.rows, basis: start };
    return found;
  }

  /** Step 3: a negative bound on the whole region; where the networks are close, N's rows alone often give it. */
  private exclude(finding: Finding): Finding {
    const { rivals, limits, alteredRows, isClose } = this.ground;
    const rows = isClose ? hideRows(rivals.rows, alteredRows.start, alteredRows.end) : rivals.rows;
    const start = this.wholeBasis ?? this.nearBasis;
    const solved = this.solve(finding.rival, rows, limits.whole, { start });
    this.wholeBasis = solved.basis ?? this.wholeBasis;
    // A point that only N's rows have seen need not lie in the region.
    return this.take(finding, isClose ? { bound: solved.bound } : solved);
  }

  /** Step 4: the largest drift where the margin is ≥ 0, or a proof that it is so nowhere. */
  private disagree(finding: Finding): Finding {
    const { engine, limits, shouldStop } = this.ground;
    const { rival } = finding;
    const left = Math.min(limits.disagreement, limits.point - this.iterations);
    if (left <= 0) return finding;
    const rows = rival.rowsOfDisagreement();
    const program = this.driftProgram(rival, rows);
    const outcome = solveCertified([engine], program, {
      iterationLimit: left,
      absoluteGap: MARGIN_GAP,
      shouldStop,
    });
    this.iterations += outcome.iterations;
    if (outcome.kind === "infeasible") return { ...finding, kind: "excluded", bound: 0 };
    this.best = { rows, basis: outcome.basis };
    const { point, upperBound } = outcome;
    // Margins below 0 are below any bound of those from 0 on.
    const bound = Math.max(0, upperBound);
    return this.take(finding, { point, bound });
  }

  /** Step 5: the largest margin of a class that disagrees, on the whole region and within its limit. */
  enlarge(finding: Finding): Finding {
    const { limits, isClose } = this.ground;
    if (isClose || this.best === undefined) return finding;
    const { rows, basis } = this.best;
    const how = { start: basis, isLargest: true };
    const found = this.solve(finding.rival, rows, limits.largest, how);
    return this.take(finding, { ...found, bound: Math.max(0, found.bound) });
  }

  /** A bound of a rival's margin by what rounding adds to it; one at most `cutoff` is as good as any less. */
  boundDrift(rival: Rival, cutoff: number): number {
    const { rivals, engine, limits, shouldStop } = this.ground;
    const program = this.driftProgram(rival, rivals.rows);
    const outcome = solveCertified(
      [engine],
      { ...program, feasible: this.ground.x },
      { iterationLimit: limits.drift, cutoff, start: this.driftBasis, shouldStop },
    );
    this.iterations += outcome.iterations;
    if (outcome.kind === "infeasible") return -Infinity;
    this.driftBasis = outcome.basis ?? this.driftBasis;
    return outcome.upperBound;
  }

  private driftProgram({ drift }: Rival, rows: RowOracle): BoxProgram {
    const { x, domain } = this.ground;
    return {
      size: x.length,
      ...drift,
      lower: new Float64Array(x.length).fill(domain.lower),
      upper: new Float64Array(x.length).fill(domain.upper),
      rows,
    };
  }

  private solve(
    rival: Rival,
    rows: RowOracle,
    limit: number,
    how: { radius?: number; start?: Basis; isLargest?: boolean },
  ): Solved {
    const { engine, limits, shouldStop } = this.ground;
    const isLargest = how.isLargest === true;
    const left = isLargest ? limit : Math.min(limit, limits.point - this.iterations);
    if (left <= 0) return { bound: Infinity };
    const program = this.programOf(rival, rows, how.radius ?? Infinity);
    const outcome = solveCertified([engine], program, {
      iterationLimit: left,
      cutoff: isLargest ? undefined : AGREEMENT_BOUND,
      start: how.start,
      absoluteGap: MARGIN_GAP,
      shouldStop,
    });
    this.iterations += outcome.iterations;
    // Proved empty: there is nothing to disagree.
    if (outcome.kind === "infeasible") return { bound: -Infinity };
    const { point, upperBound: bound, basis } = outcome;
    return { point, bound, basis };
  }

  /** The rival's margin over the rows, no value farther than `radius` from the point's. */
  private programOf(rival: Rival, rows: RowOracle, radius: number): BoxProgram {
    const { x, domain } = this.ground;
    return {
      size: x.length,
      cost: rival.cost,
      constant: rival.constant,
      lower: x.map((value) => Math.max(domain.lower, value - radius)),
      upper: x.map((value) => Math.min(domain.upper, value + radius)),
      rows,
      feasible: x,
    };
  }

  /** A finding after a solve: what counts is what Ñ yields at the point, and what is proved. */
  private take(finding: Finding, { point, bound: found }: Solved): Finding {
    const { approximated, rivals } = this.ground;
    const bound = Math.min(finding.bound, found);
    let best = { margin: finding.margin, point: finding.point };
    if (point !== undefined) {
      const logits = evaluate(approximated, point);
      const margin = logits[finding.rival.rival] - logits[rivals.exactClass];
      if (margin > best.margin) best = { margin, point };
    }
    const kind = best.margin >= -TIE ? "disagrees" : bound < 0 ? "excluded" : "open";
    return { ...finding, ...best, kind, bound: Math.max(bound, best.margin) };
  }
}
