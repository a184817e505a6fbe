import { assertNever } from "../errors";
import type { BlockMaker, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import { createFlows } from "./flows";
import type { Layer, Network } from "./network";
import { fillDense, placeDense, type DenseScratch, type PlacedDense } from "./placedDense";
import {
  canBeTiled,
  fillConvolution,
  placeConvolution,
  scratchLengths,
  type ConvolutionScratch,
  type TiledConvolution,
} from "./tiledConvolution";

/**
 * Dense layers with more weights than this stay out of the kernels' memory (256 MB of binary64).
 */
const LARGEST_PLACED = 1 << 25;

/** A layer in the kernels' memory, or undefined where plain code runs it. */
export type PlacedLayer = PlacedDense | TiledConvolution | undefined;

/** The layers of several networks in one memory, and what they share. */
export interface PlacedNetworks {
  readonly kernels: Kernels;
  readonly networks: readonly (readonly PlacedLayer[])[];
  /** Held by those who run layers: without a holder its blocks would be given to others. */
  readonly lot: Lot<DenseScratch & ConvolutionScratch>;
}

/** Puts all layers that the kernels have a form for into their memory. */
export function placeNetworks(networks: readonly Network[], kernels: Kernels): PlacedNetworks {
  const widest = Math.max(
    ...networks.flatMap((network) => createFlows(network).map(({ length }) => length)),
  );
  const convolutions = networks.flatMap(({ layers }) =>
    layers.flatMap((layer) =>
      layer.kind === "conv2d" && canBeTiled(layer) ? [scratchLengths(layer)] : [],
    ),
  );
  const lot = kernels.arena.layOut((make) => ({
    identity: make.integers(widest),
    input: make.values(Math.max(widest, ...convolutions.map(({ input }) => input))),
    output: make.values(Math.max(widest, ...convolutions.map(({ output }) => output))),
    lists: make.integers(Math.max(0, ...convolutions.map(({ lists }) => lists))),
    placed: networks.map(({ layers }) => layers.map((layer) => placeLayer(layer, make))),
  }));
  const { identity, placed } = lot.blocks;
  identity.view.forEach((_, index, view) => (view[index] = index));
  placed.flat().forEach(fillLayer);
  return { kernels, networks: placed, lot };
}

function placeLayer(layer: Layer, make: BlockMaker): PlacedLayer {
  if (layer.kind === "conv2d" && canBeTiled(layer)) return placeConvolution(layer, make);
  if (layer.kind !== "dense" || layer.weights.data.length > LARGEST_PLACED) return undefined;
  return placeDense(layer, make);
}

function fillLayer(place: PlacedLayer): void {
  switch (place?.kind) {
    case undefined:
      return;
    case "convolution":
      return fillConvolution(place);
    case "dense":
      return fillDense(place);
    default:
      return assertNever(place);
  }
}
