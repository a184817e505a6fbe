/*
 * node workerRows.js COUNT...: prints what AppMax of Net2 at 16 bits gives for the first points of
 * the embedded digits, for each number of workers. Under jest the twin takes minutes.
 */
const { approximate } = require("../../dist/src/approximate/approximate.js");
const { parseApproximation } = require("../../dist/src/approximate/parseApproximation.js");
const { openDataset } = require("../../dist/src/dataset/openDataset.js");
const { runAppMax } = require("../../dist/src/experiment/variant/runAppMax.js");
const { loadNetwork } = require("../../dist/src/network/load.js");

async function main(counts) {
  const network = await loadNetwork("net2");
  const approximated = approximate(network, parseApproximation("half"));
  const dataset = await openDataset("mnist-embedded");
  const run = { network, approximated, approximation: "half", dataset, points: [0, 1, 2, 3] };
  const found = [];
  for (const workers of counts) {
    const { rows } = await runAppMax(run, { workers });
    found.push(rows.map((row) => ({ ...row, milliseconds: 0 })));
  }
  process.stdout.write(JSON.stringify(found));
}

void main(process.argv.slice(2).map(Number));
