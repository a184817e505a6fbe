import { createHash } from "node:crypto";
import { boundErrors } from "../../src/analyse/errorBounds";
import { createTwins } from "../../src/analyse/twin";
import type { Network } from "../../src/network/network";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { GRAPHS, tabularNetwork } from "../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../network/randomNetwork";

/** The first digits of SHA-256 over all ends, as they were before errors had sources. */
const PINNED: Readonly<Record<string, string>> = {
  "dense paper": "5353af9e7f12",
  "dense exact": "d35856a3e448",
  "convolutional paper": "ab18c670d67d",
  "convolutional exact": "9b5d16a96d7e",
  "tabular paper": "a094d94eb70d",
  "tabular exact": "47992b973056",
  "residual paper": "fbb275a8aab6",
  "residual exact": "8d6b29852fec",
  "averaging paper": "9d99560b853c",
  "averaging exact": "fb83531ad41d",
  "batch-normalised paper": "acd5916cd3bd",
  "batch-normalised exact": "9609f1af7ebd",
  "clipped paper": "19be6721684c",
  "clipped exact": "9bb69f8f8905",
  "branched paper": "1ac6a6213557",
  "branched exact": "7ef57345e0a8",
  "colour paper": "4f9baf620dba",
  "colour exact": "402c37f506f0",
};

const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([6, 9, 7, 3], random)],
  ["convolutional", randomConvolutionalNetwork],
  ["tabular", tabularNetwork],
  ...GRAPHS,
];

describe.each(NETWORKS)("the error bounds of a %s network", (name, build) => {
  test.each(["paper", "exact"] as const)("keep their bits, by the %s rule", (rule) => {
    const hash = createHash("sha256");
    for (let seed = 0; seed < 5; seed++) {
      const random = createRandom(700 + seed);
      const network = build(random);
      const twins = createTwins(network, perturbed(network, 0.03, random));
      const lower = Float64Array.from({ length: network.inputSize }, () => random.next() - 0.7);
      const box = { lower, upper: lower.map((value) => value + random.next()) };
      const { values, errors, total } = boundErrors(twins, box, rule);
      for (const part of [...values, ...errors]) {
        for (const ends of [part.lower, part.upper]) {
          // −0 and 0 are one end.
          hash.update(new Uint8Array(ends.map((end) => end + 0).buffer));
        }
      }
      hash.update(String(total));
    }
    expect(hash.digest("hex").slice(0, 12)).toBe(PINNED[`${name} ${rule}`]);
  });
});
