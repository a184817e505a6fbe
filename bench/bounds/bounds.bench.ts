/**
 * Time and tightness of bounds against width, depth, radius and bits: `symbolic`, `norm` and
 * `differential` beside `interval`, intervals of both networks separately, which is what a general
 * verifier does, on the same twins in one run. Seeded normal weights; processor time, its median
 * over the repeats and the least. Run
 * `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/bounds/bounds.bench.ts [REPEATS] [NETWORK]
 *
 * With NETWORK, say net1, that one is measured at an embedded digit instead of synthetic ones.
 * Prints a table and writes bench/results/bounds-synthetic.json, or bounds-NETWORK.json.
 */
import { boundMethodOf, type BoundMethodName } from "../../src/analyse/bound/methods";
import type { Intervals } from "../../src/analyse/intervals";
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { pointOf } from "../../src/dataset/dataset";
import { openDataset } from "../../src/dataset/openDataset";
import { processorMilliseconds } from "../../src/experiment/processorTime";
import { loadNetwork } from "../../src/network/load";
import type { Network } from "../../src/network/network";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import { syntheticNetwork } from "../lp/syntheticNetwork";
import { writeResult } from "../lp/writeResult";

const SHAPES: readonly (readonly number[])[] = [
  [784, 100, 100, 10],
  [784, 400, 400, 10],
  [784, 100, 10],
  [784, 100, 100, 100, 100, 10],
];
const METHODS: readonly BoundMethodName[] = ["symbolic", "differential", "interval"];
const RADII = [1, 3, 13, 255];
const APPROXIMATIONS = ["half", "8"];

function boxOf(x: Readonly<Float64Array>, radius: number): Intervals {
  return {
    lower: x.map((value) => Math.max(0, value - radius)),
    upper: x.map((value) => Math.min(1, value + radius)),
  };
}

interface Case {
  readonly network: Network;
  readonly x: Float64Array;
}

async function casesOf(name: string | undefined): Promise<Case[]> {
  if (name !== undefined) {
    const dataset = await openDataset("mnist-embedded");
    return [{ network: await loadNetwork(name), x: pointOf(dataset, 0) }];
  }
  return SHAPES.map((sizes) => {
    const random = createRandom(20250922);
    const network = syntheticNetwork(sizes, random);
    const draw = (): number => (random.next() < 0.8 ? 0 : random.next());
    return { network, x: Float64Array.from({ length: sizes[0] }, draw) };
  });
}

async function main(): Promise<void> {
  const [repeats = "3", name] = process.argv.slice(2);
  const kernels = loadKernels();
  const results: object[] = [];
  console.log(
    "network                    approximation  radius  method          ms        bound    at centre",
  );
  for (const { network, x } of await casesOf(name)) {
    for (const approximation of APPROXIMATIONS) {
      const twins = createTwins(network, approximate(network, parseApproximation(approximation)));
      for (const radius of RADII) {
        const box = boxOf(x, radius / 255);
        const methods: readonly BoundMethodName[] = radius === 255 ? [...METHODS, "norm"] : METHODS;
        for (const method of methods) {
          const run = boundMethodOf(method);
          const times: number[] = [];
          let [bound, attained] = [NaN, NaN];
          // What takes seconds is timed once.
          for (let repeat = 0; repeat < (method === "norm" ? 1 : Number(repeats)); repeat++) {
            const began = processorMilliseconds();
            ({ upper: bound, lower: attained } = run(twins, box, { kernels }).total);
            times.push(processorMilliseconds() - began);
          }
          const milliseconds = times.sort((one, other) => one - other)[times.length >> 1];
          results.push({
            network: network.name,
            approximation,
            radius,
            method,
            milliseconds,
            leastMilliseconds: times[0],
            bound,
            attainedAtCentre: attained,
          });
          console.log(
            [
              network.name.padEnd(26),
              approximation.padEnd(13),
              `${radius}/255`.padStart(7),
              ` ${method}`.padEnd(14),
              milliseconds.toFixed(0).padStart(6),
              bound.toPrecision(4).padStart(12),
              attained.toPrecision(4).padStart(12),
            ].join(" "),
          );
        }
      }
    }
  }
  const given = [repeats, ...(name === undefined ? [] : [name])].join(" ");
  const command = `node -r ./bench/kernel/register.js bench/bounds/bounds.bench.ts ${given}`;
  writeResult(name ?? "synthetic", { command, repeats: Number(repeats), results }, "bounds");
}

void main();
