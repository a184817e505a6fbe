import { AGREEMENT_LIMITS } from "../analyse/agreement";
import type { SearchLimits } from "../analyse/rivalSearch";
import { ArgumentError } from "../errors";
import { nearestFirst } from "../nearestNames";
import { plainText } from "../quoteName";
import { PIXEL_DOMAIN } from "../analyse/domain";

/** What a run computes at a point: the largest error, or whether the classes agree. */
export type RunVariant = "appmax" | "agreement";

/** One long computation behind exhibits of the paper, under a name of its own. */
export interface NamedRun {
  readonly name: string;
  readonly variant: RunVariant;
  readonly network: string;
  readonly approximation: string;
  readonly data: "mnist" | "mnist-test";
  /** Points in the order in which they are computed: a seeded permutation of the whole data set. */
  readonly seed: number;
  /** How many points the full size asks for; of a second pass, at most. */
  readonly points: number;
  /** Of a second pass: the run whose open regions are its points, as far as that one has come. */
  readonly openOf?: string;
  /** Of a run of agreement: limits of its searches, where they are not `AGREEMENT_LIMITS`. */
  readonly limits?: SearchLimits;
  readonly domain: string;
  /** The exhibits it serves, for a reader. */
  readonly exhibits: string;
}

const SEED = 2025;

function run(
  network: string,
  approximation: string,
  data: NamedRun["data"],
  points: number,
  exhibits: string,
): NamedRun {
  return {
    name: `${network}-${approximation}-${data}`,
    variant: "appmax",
    network,
    approximation,
    data,
    seed: SEED,
    points,
    domain: PIXEL_DOMAIN.kind,
    exhibits,
  };
}

/** All AppMax runs, behind Tables 3 and 4 and Figures 1, 3 and 4, the most wanted first. */
export const APPMAX_RUNS: readonly NamedRun[] = [
  run("net1", "half", "mnist", 70000, "Table 3, Figures 1 and 3"),
  run("net2", "half", "mnist-test", 10000, "Table 3, Figures 1 and 3"),
  run("net2", "half", "mnist", 70000, "Table 3, Figures 1 and 3"),
  ...[12, 8, 6, 4].map((bits) =>
    run("net1", `paper-${bits}`, "mnist-test", 10000, "Table 4, Figure 4"),
  ),
  run("net1", "half", "mnist-test", 10000, "Table 4, Figure 4"),
  ...[12, 8, 6, 4].map((bits) =>
    run("net1", `corrected-${bits}`, "mnist-test", 1000, "Table 4, Net1, corrected quantiser"),
  ),
  ...(["paper", "corrected"] as const).flatMap((behaviour) =>
    [12, 8, 6, 4].map((bits) =>
      run(
        "net2",
        `${behaviour}-${bits}`,
        "mnist-test",
        behaviour === "paper" ? 10000 : 1000,
        `Table 4, Net2, ${behaviour} quantiser`,
      ),
    ),
  ),
];

const agreementRuns = (network: string, points: number): NamedRun[] =>
  ["half", "paper-12", "paper-8", "paper-6", "paper-4"].map((approximation) => ({
    ...run(network, approximation, "mnist-test", points, "Table 5"),
    name: `${network}-classify-${approximation}`,
    variant: "agreement",
  }));

/**
 * Limits of a second pass: four of six regions that were open within `AGREEMENT_LIMITS` were
 * settled within these when they were tried.
 */
const SECOND_PASS_LIMITS: SearchLimits = {
  ...AGREEMENT_LIMITS,
  largest: 400_000,
  point: 2_000_000,
};

/** The run that takes up what another leaves open. */
const secondPass = (first: NamedRun): NamedRun => ({
  ...first,
  name: secondPassName(first.name),
  openOf: first.name,
  limits: SECOND_PASS_LIMITS,
  exhibits: "Table 5, regions that were open",
});

/** The name of the run that takes up the regions which another leaves open. */
export function secondPassName(run: string): string {
  return `${run}-open`;
}

const FIRST_PASSES = [...agreementRuns("net1", 5000), ...agreementRuns("net2", 1000)];

/**
 * The runs behind Table 5: on the points of Table 4, in the same order, and for each a second pass
 * over the regions that it leaves open.
 */
export const AGREEMENT_RUNS: readonly NamedRun[] = [
  ...FIRST_PASSES,
  ...FIRST_PASSES.map(secondPass),
];

/** Every run there is. */
export const ALL_RUNS: readonly NamedRun[] = [...APPMAX_RUNS, ...AGREEMENT_RUNS];

/** The run of a name; @throws ArgumentError listing the names */
export function namedRun(name: string): NamedRun {
  const found = ALL_RUNS.find((known) => known.name === name);
  if (found !== undefined) return found;
  const names = ALL_RUNS.map((known) => known.name);
  throw new ArgumentError(
    `there is no run "${plainText(name)}"; there are ${nearestFirst(name, names).join(", ")}`,
  );
}

/** The names of the networks that named runs are of, each once. */
export function networksOfRuns(): string[] {
  return [...new Set(ALL_RUNS.map(({ network }) => network))];
}
