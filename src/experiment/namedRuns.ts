import { ArgumentError } from "../errors";
import { PIXEL_DOMAIN } from "../analyse/domain";

/** One long computation behind exhibits of the paper, under a name of its own. */
export interface NamedRun {
  readonly name: string;
  readonly network: string;
  readonly approximation: string;
  readonly data: "mnist" | "mnist-test";
  /** Points in the order in which they are computed: a seeded permutation of the whole data set. */
  readonly seed: number;
  /** How many points the full size asks for. */
  readonly points: number;
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
    network,
    approximation,
    data,
    seed: SEED,
    points,
    domain: PIXEL_DOMAIN.kind,
    exhibits,
  };
}

/** All runs behind Tables 3 and 4 and Figures 1, 3 and 4, the most wanted first. */
export const NAMED_RUNS: readonly NamedRun[] = [
  run("net1", "half", "mnist", 70000, "Table 3, Figures 1 and 3"),
  run("net2", "half", "mnist-test", 10000, "Table 3, Figures 1 and 3"),
  ...[12, 8, 6, 4].map((bits) =>
    run("net1", `paper-${bits}`, "mnist-test", 10000, "Table 4, Figure 4"),
  ),
  run("net1", "half", "mnist-test", 10000, "Table 4, Figure 4"),
  ...[12, 8, 6, 4].map((bits) =>
    run("net1", `corrected-${bits}`, "mnist-test", 1000, "Table 4, corrected quantiser"),
  ),
  ...[12, 8, 6, 4].map((bits) => run("net2", `paper-${bits}`, "mnist-test", 300, "Table 4, Net2")),
];

/** The run of a name; @throws ArgumentError listing the names */
export function namedRun(name: string): NamedRun {
  const found = NAMED_RUNS.find((known) => known.name === name);
  if (found !== undefined) return found;
  throw new ArgumentError(
    `there is no run "${name}"; there are ${NAMED_RUNS.map((known) => known.name).join(", ")}`,
  );
}
