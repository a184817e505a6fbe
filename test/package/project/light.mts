import { createRequire } from "node:module";
import {
  approximate,
  boundErrors,
  createEngines,
  createTwins,
  loadNetwork,
  openDataset,
  parseApproximation,
  pointOf,
  runAppMax,
  type Network,
} from "roundlab/core";

/* The light part: the same numbers, and none of the heavy packages in memory. */
const network: Network = await loadNetwork("net1");
const approximated = approximate(network, parseApproximation("half"));
const dataset = await openDataset("mnist-embedded");
const { rows } = await runAppMax(
  { network, approximated, approximation: "half", dataset, points: [0] },
  { workers: 1 },
);
void [boundErrors, createEngines, createTwins, pointOf];
const heavy =
  /node_modules\/(@tensorflow|danfojs-node|plotly|jsdom|tslab|@tslab|zeromq|katex|markdown-it|mathjs)/;
const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => heavy.test(file));
console.log(JSON.stringify({ points: rows.length, status: rows[0]?.status, loaded }));
