import type { Block, BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import { createFlows } from "../network/flows";
import { applyStep } from "../network/layer/applyStep";
import { isSquareConvolution } from "../network/layer/conv2d";
import type { DenseLayer, Layer, Network } from "../network/network";
import {
  applyConvolution,
  fillConvolution,
  placeConvolution,
  scratchLengths,
  type TiledConvolution,
} from "../network/tiledConvolution";
import { sourcesOf, stepsOf } from "../network/walk";
import type { PatternPasses } from "./patternPasses";
import { createSparsePullBack } from "./sparsePullBack";

/*
 * Networks of any layers, forwards in the kernels where they have a form for a layer, and backwards
 * along the non-zero coefficients.
 *
 * Convolutions run in tiles (`network/tiledConvolution`). A dense layer adds up the columns of its
 * weights over the inputs that are not zero.
 */

/**
 * Dense layers with more weights than this stay out of the kernels' memory (256 MB of binary64).
 */
const LARGEST_PLACED = 1 << 25;

type Values = Block<Float64Array>;

interface PlacedConvolution {
  readonly kind: "convolution";
  readonly tiled: TiledConvolution;
}

interface PlacedDense {
  readonly kind: "dense";
  readonly layer: DenseLayer;
  /** inputs × outputs. */
  readonly columns: Values;
}

type Placed = PlacedConvolution | PlacedDense | undefined;

interface Scratch {
  readonly kernels: Kernels;
  /** Held as long as the passes are: without a holder its blocks would be given to others. */
  readonly lot: Lot<{
    readonly identity: Block<Int32Array>;
    readonly input: Values;
    readonly output: Values;
  }>;
}

/** Passes of several networks that share one memory. */
export function createConvolutionPasses(
  networks: readonly Network[],
  kernels: Kernels,
): PatternPasses[] {
  const flows = networks.flatMap((network) => createFlows(network).map(({ length }) => length));
  const widest = Math.max(...flows);
  const convolutions = networks.flatMap(({ layers }) =>
    layers.flatMap((layer) =>
      layer.kind === "conv2d" && isSquareConvolution(layer) ? [scratchLengths(layer)] : [],
    ),
  );
  const lot = kernels.arena.layOut((make) => ({
    identity: make.integers(widest),
    input: make.values(Math.max(widest, ...convolutions.map(({ input }) => input))),
    output: make.values(Math.max(widest, ...convolutions.map(({ output }) => output))),
    placed: networks.map(({ layers }) => layers.map((layer) => placeLayer(layer, make))),
  }));
  const { identity, placed } = lot.blocks;
  identity.view.forEach((_, index, view) => (view[index] = index));
  for (const place of placed.flat()) fillLayer(place);
  return networks.map((network, index) => createPasses(network, placed[index], { kernels, lot }));
}

function placeLayer(layer: Layer, make: BlockMaker): Placed {
  if (layer.kind === "conv2d" && isSquareConvolution(layer)) {
    return { kind: "convolution", tiled: placeConvolution(layer, make) };
  }
  if (layer.kind !== "dense" || layer.weights.data.length > LARGEST_PLACED) return undefined;
  return { kind: "dense", layer, columns: make.values(layer.weights.data.length) };
}

function fillLayer(place: Placed): void {
  if (place?.kind === "convolution") fillConvolution(place.tiled);
  if (place?.kind !== "dense") return;
  const { rows, columns, data } = place.layer.weights;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      place.columns.view[column * rows + row] = data[row * columns + column];
    }
  }
}

function createPasses(
  network: Network,
  placed: readonly Placed[],
  scratch: Scratch,
): PatternPasses {
  const { kernels, lot } = scratch;
  const flows = createFlows(network);
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
        if (place?.kind === "dense") applyDense(place, scratch, inputs[0], to);
        else if (place?.kind === "convolution") {
          applyConvolution(place.tiled, kernels, lot.blocks, inputs[0], to);
        } else applyStep(step, inputs, to, pattern?.switches[index]);
      });
    },
    ...createSparsePullBack(network),
  };
}

function applyDense(
  { layer, columns }: PlacedDense,
  { kernels, lot }: Scratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { identity, input, output } = lot.blocks;
  const { rows } = layer.weights;
  input.view.set(values);
  output.view.set(layer.bias);
  kernels.addRows(columns.at, rows, identity.at, input.at, values.length, rows, output.at);
  out.set(output.view.subarray(0, rows));
}
