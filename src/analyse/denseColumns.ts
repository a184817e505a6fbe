import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import type { PlacedLayer } from "../network/placedLayers";
import { isChain } from "../network/walk";
import type { Block, Lot } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import { reachedPlaces } from "./roundingDepths";

/** A form on some of the values that a dense layer reads; all others are 0 along the pattern. */
export interface ReachedForm {
  /** In rising order. */
  readonly places: Readonly<Int32Array>;
  /** By the order of `places`; the next call writes the buffer anew. */
  readonly values: Readonly<Float64Array>;
}

interface Scratch {
  readonly list: Block<Int32Array>;
  readonly places: Block<Int32Array>;
  readonly factors: Block<Float64Array>;
  readonly sums: Block<Float64Array>;
}

/**
 * Carries forms back through the dense layers of a chain in the kernels' memory, to those values
 * only that a pattern lets through: behind a max pooling of Net2 500 of 12,544. Sums are those of
 * the whole product, over the layer's values in the order in which they are given.
 */
export class DenseColumns {
  private readonly lot: Lot<Scratch>;

  constructor(
    private readonly network: Network,
    private readonly placed: readonly PlacedLayer[],
    private readonly kernels: Kernels,
  ) {
    const widest = placed.reduce((most, place) => {
      if (place?.kind !== "dense") return most;
      const { rows, columns } = place.layer.weights;
      return Math.max(most, rows, columns);
    }, 0);
    this.lot = kernels.arena.layOut((make) => ({
      list: make.integers(widest),
      places: make.integers(widest),
      factors: make.values(widest),
      sums: make.values(widest),
    }));
  }

  /**
   * Σ_k factors[k] · row places[k] of a layer's weights, at the values that count; undefined where
   * the layer is not dense or not in the memory, or all of its values count.
   */
  carry(
    layer: number,
    pattern: ActivationPattern,
    places: Readonly<Int32Array>,
    factors: Readonly<Float64Array>,
    count: number,
  ): ReachedForm | undefined {
    const place = this.placed[layer];
    if (place?.kind !== "dense" || !isChain(this.network)) return undefined;
    const reached = reachedPlaces(this.network, pattern)[layer];
    if (reached === undefined) return undefined;
    const { blocks } = this.lot;
    blocks.list.view.set(reached);
    blocks.places.view.set(places.subarray(0, count));
    for (let index = 0; index < count; index++) {
      blocks.factors.view[index] = factors[places[index]];
    }
    const { columns } = this.kernels;
    const sum = place.precision === "singles" ? columns.sumPromotedColumns : columns.sumColumns;
    sum({
      matrix: place.columns.at,
      stride: place.layer.weights.rows,
      list: blocks.list.at,
      rows: reached.length,
      places: blocks.places.at,
      factors: blocks.factors.at,
      count,
      out: blocks.sums.at,
    });
    return { places: reached, values: blocks.sums.view.subarray(0, reached.length) };
  }
}
