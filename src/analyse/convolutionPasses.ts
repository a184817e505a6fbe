import { assertNever } from "../errors";
import type { Kernels } from "../numeric/kernels";
import { createKernelEvaluator } from "../network/evaluateInKernels";
import { createFlows } from "../network/flows";
import { applyStep } from "../network/layer/applyStep";
import type { Network } from "../network/network";
import { addColumns } from "../network/placedDense";
import { placeNetworks, type PlacedLayer, type PlacedNetworks } from "../network/placedLayers";
import { applyConvolution } from "../network/tiledConvolution";
import { sourcesOf, stepsOf } from "../network/walk";
import { DenseColumns } from "./denseColumns";
import type { PatternPasses } from "./patternPasses";
import { ScatteredConvolutions } from "./scatteredConvolutions";
import { createSparsePullBack } from "./sparsePullBack";

/*
 * Networks of any layers, forwards in the kernels where they have a form for a layer, and backwards
 * along the non-zero coefficients.
 *
 * Convolutions run in tiles (`network/tiledConvolution`). A dense layer adds up the columns of its
 * weights over the inputs that are not zero (`network/placedDense`).
 */

/** Passes of several networks that share one memory. */
export function createConvolutionPasses(
  networks: readonly Network[],
  kernels: Kernels,
): PatternPasses[] {
  const placed = placeNetworks(networks, kernels);
  return networks.map((network, index) => createPasses(network, placed.networks[index], placed));
}

function createPasses(
  network: Network,
  placed: readonly PlacedLayer[],
  memory: PlacedNetworks,
): PatternPasses {
  const { kernels, lot } = memory;
  const flows = createFlows(network);
  const dense = new DenseColumns(network, placed, kernels);
  const scattered = new ScatteredConvolutions(network, kernels);
  const steps = stepsOf(network).map((step, index) => ({
    step,
    place: placed[index],
    inputs: sourcesOf(network, index).map((value) => flows[value]),
  }));
  return {
    network,
    flows,
    forward(y, pattern) {
      flows[0].set(y);
      steps.forEach(({ step, place, inputs }, index) => {
        const to = flows[index + 1];
        switch (place?.kind) {
          case undefined:
            return applyStep(step, inputs, to, pattern?.switches[index]);
          case "convolution":
            return applyConvolution(place, kernels, lot.blocks, inputs[0], to);
          case "dense":
            return addColumns(place, kernels, lot.blocks, inputs[0], place.layer.bias, to);
          default:
            return assertNever(place);
        }
      });
    },
    evaluate: createKernelEvaluator(network, placed, memory),
    dense,
    scattered,
    ...createSparsePullBack(network, dense, scattered),
  };
}
