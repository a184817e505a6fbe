/**
 * What a start from the basis of a similar program saves: the same point at five roundings, each started from the
 * one before, and the nine programs "how much can class j gain on class c" of one region, likewise.
 * Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/starts.bench.ts [POINTS] [POINTS_FOR_CLASSES]
 *
 * A program of classes takes ten times the iterations of one of errors, so fewer points are the default there. Prints a table
 * and writes bench/results/lp-starts.json. Iterations do not depend on the machine.
 */
import { boxProgram } from "../../src/analyse/appMax";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { regionAt } from "../../src/analyse/patternRegion";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { pointOf } from "../../src/dataset/dataset";
import { openDataset } from "../../src/dataset/openDataset";
import type { Basis, BoxProgram } from "../../src/lp/program";
import { createRegionEngine } from "../../src/lp/regionSolver";
import { loadNetwork } from "../../src/network/load";
import { loadKernels } from "../../src/numeric/loadKernels";
import { writeResult } from "./writeResult";

const ROUNDINGS = ["half", "12", "8", "6", "4"];

interface Cost {
  iterations: number;
  milliseconds: number;
}

const nothing = (): Cost => ({ iterations: 0, milliseconds: 0 });

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? "10");
  const classCount = Number(process.argv[3] ?? "2");
  const network = await loadNetwork("net1");
  const dataset = await openDataset("mnist-embedded");
  const engine = createRegionEngine(loadKernels());
  const workspaces = ROUNDINGS.map((name) =>
    createPolytopeWorkspace(
      createTwins(network, approximate(network, parseApproximation(name))),
      loadKernels(),
    ),
  );
  const solve = (program: BoxProgram, start: Basis | undefined, cost: Cost): Basis | undefined => {
    const began = performance.now();
    const outcome = engine.solve(program, { start });
    cost.milliseconds += performance.now() - began;
    cost.iterations += outcome.iterations;
    if (outcome.kind !== "optimal") throw new Error(`expected an optimum, found ${outcome.kind}`);
    return outcome.basis;
  };
  const chain = (programs: readonly BoxProgram[], cold: Cost, warm: Cost): void => {
    let start: Basis | undefined;
    for (const program of programs) {
      solve(program, undefined, cold);
      start = solve(program, start, warm);
    }
  };
  const sweep = { cold: nothing(), warm: nothing() };
  const classes = { cold: nothing(), warm: nothing() };
  for (let point = 0; point < count; point++) {
    const x = pointOf(dataset, point);
    // One polytope at a time may use a workspace, so every program is solved before the next is made.
    const programs = workspaces.map((each) => boxProgram(polytopeAt(each, x), x, PIXEL_DOMAIN));
    chain(programs, sweep.cold, sweep.warm);
    if (point >= classCount) continue;
    const region = regionAt(workspaces[0], x);
    const winner = region.exact.indexOf(Math.max(...region.exact));
    const rows = region.rowsWith([]);
    const base = { ...programs[0], rows, constant: 0 };
    const gains = Array.from(region.exact.keys()).filter((output) => output !== winner);
    chain(
      gains.map((output) => {
        const altered = new Float64Array(region.exact.length);
        altered[output] = 1;
        altered[winner] = -1;
        const exact = new Float64Array(altered.length);
        return { ...base, cost: region.gradientOf({ exact, altered }) };
      }),
      classes.cold,
      classes.warm,
    );
  }
  const results = {
    network: network.name,
    points: count,
    classPoints: classCount,
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
