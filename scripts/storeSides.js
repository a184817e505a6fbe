// Computes, or goes on computing, both sides of Net1's largest error over [0, 1] at the paper's
// widths: two rounds of the search for the worst input, and the tightest bound. With the test
// images of MNIST (`roundlab data fetch mnist`) also how far the walk from 100 of them comes.
//
//     node scripts/storeSides.js [RESULTS] [WORKERS]
//
// Some ten minutes on two cores. What is stored already is not computed again.
"use strict";

const { join } = require("node:path");

const root = join(__dirname, "..");
const built = (file) => require(join(root, "dist", "src", file));
const rl = built("index.js");
const { PIXEL_DOMAIN } = built("analyse/domain.js");
const { runWalk } = built("experiment/variant/runWalk.js");
const { runWorst } = built("experiment/variant/runWorst.js");
const { storeBound } = built("experiment/variant/storedSides.js");

const WIDTHS = ["half", "paper-12", "paper-8", "paper-6", "paper-4"];
const ROUNDS = 2;
const SEARCH = { method: "smooth", starts: 16, seed: 0, polytopes: 30 };
/** How many test images the walk starts from, the seed that chooses them, and its polytopes. */
const WALK = { count: 100, seed: 2025, polytopes: 10 };

async function storeWidth(approximation, store, workers) {
  const twins = await rl.twins("net1", approximation);
  const inputs = twins.network.inputSize;
  const box = { lower: new Float64Array(inputs), upper: new Float64Array(inputs).fill(1) };
  const question = { twins, domain: PIXEL_DOMAIN, box, goal: { kind: "error" }, ...SEARCH };
  const onRound = ({ round, value }) => console.log(`net1, ${approximation}: ${round}: ${value}`);
  await runWorst({ ...question, rounds: ROUNDS }, { workers, store, onRound });
  console.log(`net1, ${approximation}: bound ${storeBound(twins, store).upper}`);
}

async function storeWalk(store, workers) {
  const { network, approximated } = await rl.twins("net1", "half");
  const dataset = await rl.openDataset("mnist-test");
  const points = rl.samplePoints(WALK.count, WALK.seed, dataset.count);
  const onRow = ({ point, maximum, walked }, { done }) =>
    console.log(`walk ${done}/${WALK.count}, point ${point}: ${maximum} to ${walked}`);
  const walk = { network, approximated, dataset, points, polytopes: WALK.polytopes };
  await runWalk(walk, { workers, store, onRow });
}

async function main([store = join(root, "results"), workers = "2"]) {
  for (const approximation of WIDTHS) await storeWidth(approximation, store, Number(workers));
  await storeWalk(store, Number(workers));
}

void main(process.argv.slice(2));
