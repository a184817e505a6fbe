/**
 * What a start from the basis of a similar program saves: the same point at five roundings, each
 * started from the one before, and the nine programs of one region that exclude a class or find its
 * largest margin, likewise. Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/starts.bench.ts [POINTS]
 *
 * Prints a table and writes bench/results/lp-starts.json. Iterations do not depend on the machine.
 */
import { boxProgram } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { twinPolytopeAt } from "../../src/analyse/twinPolytope";
import { rivalsOn } from "../../src/analyse/rivals";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { pointOf } from "../../src/dataset/dataset";
import { openDataset } from "../../src/dataset/openDataset";
import type { Basis, BoxProgram, SolveOptions } from "../../src/lp/program";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { loadNetwork } from "../../src/network/load";
import { loadKernels } from "../../src/numeric/loadKernels";
import { AGREEMENT_BOUND } from "../../src/numeric/tolerance";
import { writeResult } from "./writeResult";

const ROUNDINGS = ["half", "12", "8", "6", "4"];

/**
 * Iterations after which the largest margin of a class that is not excluded is left where it is.
 */
const LONGEST = 25_000;

interface Cost {
  iterations: number;
  milliseconds: number;
}

const nothing = (): Cost => ({ iterations: 0, milliseconds: 0 });

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? "10");
  const network = await loadNetwork("net1");
  const dataset = await openDataset("mnist-embedded");
  const engine = createDualSimplexEngine(loadKernels());
  const workspaces = ROUNDINGS.map((name) =>
    createPolytopeWorkspace(
      createTwins(network, approximate(network, parseApproximation(name))),
      loadKernels(),
    ),
  );
  const solve = (program: BoxProgram, options: SolveOptions, cost: Cost): Basis | undefined => {
    const began = performance.now();
    const outcome = engine.solve(program, options);
    cost.milliseconds += performance.now() - began;
    cost.iterations += outcome.iterations;
    if (outcome.kind === "infeasible") throw new Error("a region is not empty");
    return outcome.basis;
  };
  const chain = (
    programs: readonly BoxProgram[],
    cold: Cost,
    warm: Cost,
    options: SolveOptions = {},
  ): void => {
    let start: Basis | undefined;
    for (const program of programs) {
      solve(program, options, cold);
      start = solve(program, { ...options, start }, warm);
    }
  };
  const sweep = { cold: nothing(), warm: nothing() };
  const classes = { cold: nothing(), warm: nothing() };
  for (let point = 0; point < count; point++) {
    const x = pointOf(dataset, point);
    // One polytope at a time may use a workspace, so every program is solved before the next is
    // made.
    const box = boxOver(PIXEL_DOMAIN, x.length);
    const programs = workspaces.map((each) => boxProgram(polytopeAt(each, x), x, box));
    chain(programs, sweep.cold, sweep.warm);
    const rivals = rivalsOn(twinPolytopeAt(workspaces[0], x), x, box);
    chain(
      rivals.rivals.map(({ margin }) => ({ ...programs[0], ...margin, rows: rivals.rows })),
      classes.cold,
      classes.warm,
      { cutoff: AGREEMENT_BOUND, iterationLimit: LONGEST },
    );
  }
  const results = {
    network: network.name,
    points: count,
    roundings: sweep,
    ninePrograms: classes,
  };
  for (const [name, { cold, warm }] of Object.entries({
    "five roundings": sweep,
    "nine programs": classes,
  })) {
    console.log(
      `${name}: ${cold.iterations} iterations and ${cold.milliseconds.toFixed(0)} ms afresh, ` +
        `${warm.iterations} and ${warm.milliseconds.toFixed(0)} ms from the basis before`,
    );
  }
  writeResult("starts", results);
}

void main();
