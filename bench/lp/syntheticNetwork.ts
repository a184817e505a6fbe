import type { Layer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import type { RandomSource } from "../../src/numeric/random";

/** A chain of dense layers and ReLUs by He's initialisation, in binary32 as trained weights are. */
export function syntheticNetwork(sizes: readonly number[], random: RandomSource): Network {
  const layers: Layer[] = [];
  for (let index = 1; index < sizes.length; index++) {
    const [columns, rows] = [sizes[index - 1], sizes[index]];
    const scale = Math.sqrt(2 / columns);
    const weights = Float64Array.from({ length: rows * columns }, () =>
      Math.fround(scale * random.normal()),
    );
    const bias = Float64Array.from({ length: rows }, () => Math.fround(0.1 * random.normal()));
    layers.push({ kind: "dense", weights: createMatrix(rows, columns, weights), bias });
    if (index < sizes.length - 1) layers.push({ kind: "relu" });
  }
  return createNetwork(sizes.join("-"), sizes[0], layers);
}
