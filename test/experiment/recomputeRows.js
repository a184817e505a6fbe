/*
 * node recomputeRows.js '{"RUN": [POINT, ...], ...}' [SOLVER]: computes these points of named runs
 * anew and prints for every run its stored rows and those of now, each by the engine that its row
 * names, or all by one solver. Under jest the twins take minutes.
 */
const { openDataset } = require("../../dist/src/dataset/openDataset.js");
const { findRows } = require("../../dist/src/experiment/loadRuns.js");
const { namedRun } = require("../../dist/src/experiment/namedRuns.js");
const { pointRunOf } = require("../../dist/src/experiment/pointRunOf.js");
const { runAgreement } = require("../../dist/src/experiment/variant/runAgreement.js");
const { runAppMax } = require("../../dist/src/experiment/variant/runAppMax.js");
const { loadNetwork } = require("../../dist/src/network/load.js");

/** By the name of an engine in a row, the solver that is it alone. */
const SOLVERS = {
  highs: "highs",
  interior: "interior",
  region: "region-1",
  "region-simd": "region-1",
  "region-2": "region",
  "region-2-simd": "region",
};

async function main(asked, solverOfAll) {
  const found = {};
  for (const [name, points] of Object.entries(asked)) {
    const run = namedRun(name);
    const network = await loadNetwork(run.network);
    const { rows } = findRows(run, network);
    const compute = run.variant === "appmax" ? runAppMax : runAgreement;
    const dataset = await openDataset(run.data);
    const stored = points.map((point) => rows.find((row) => row.point === point));
    const now = [];
    for (const { point, solver } of stored) {
      const again = pointRunOf(run, network, dataset, [point]);
      const { rows: one } = await compute({
        ...again,
        solver: solverOfAll ?? SOLVERS[solver] ?? "auto",
      });
      now.push(...one);
    }
    found[name] = { stored, now };
  }
  process.stdout.write(JSON.stringify(found));
}

void main(JSON.parse(process.argv[2]), process.argv[3]);
