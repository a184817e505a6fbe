import type { Network } from "../../../src/network/network";
import type { RandomSource } from "../../../src/numeric/random";
import { GRAPHS, TINY_GRAPHS } from "../../network/randomGraph";
import { randomConvolutionalNetwork, randomDenseNetwork } from "../../network/randomNetwork";

/** Chains and graphs of every kind of layer, by name. */
export const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([4, 7, 6, 3], random)],
  ["convolutional", randomConvolutionalNetwork],
  ...GRAPHS,
  ...TINY_GRAPHS,
];
