"use strict";

/* The heavy dependencies load and work on this Node: danfojs, jsdom with Plotly, KaTeX, HiGHS. */
const assert = require("node:assert");
const rl = require("roundlab");

async function main() {
  const frame = rl.createDataFrame({ bits: [16, 8, 4], error: [0.01, 0.2, 3] });
  assert.deepEqual(frame.query(frame.column("bits").gt(4)).shape, [2, 2]);
  const svg = await rl.present.renderSvg(
    rl.lineFigure([{ series: [{ name: "E", x: [1, 2], y: [3, 4] }] }]),
  );
  assert.match(svg, /^<svg/);
  const engines = await rl.lp.createEngines("highs");
  assert.equal(engines[0].name, "highs");
  console.log(`${process.version}: a frame, a figure and HiGHS work`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
