/*
 * Prints the checksum of every pinned twin, made anew. Under jest the same takes twenty times as
 * long.
 */
const { approximate } = require("../../dist/src/approximate/approximate.js");
const { parseApproximation } = require("../../dist/src/approximate/parseApproximation.js");
const { networkChecksum } = require("../../dist/src/experiment/appMaxExperiment.js");
const { PINNED_TWINS } = require("../../dist/src/experiment/twinChecksum.js");
const { loadNetwork } = require("../../dist/src/network/load.js");

async function main() {
  const made = {};
  for (const name of ["net1", "net2"]) {
    const network = await loadNetwork(name);
    const checksum = networkChecksum(network);
    made[checksum] = Object.fromEntries(
      Object.keys(PINNED_TWINS[checksum]).map((approximation) => [
        approximation,
        networkChecksum(approximate(network, parseApproximation(approximation))),
      ]),
    );
  }
  process.stdout.write(JSON.stringify(made));
}

void main();
