/** One trainable layer, in the order in which data pass. Hidden ones are followed by a ReLU. */
export type LayerRecipe =
  | { readonly kind: "dense"; readonly outputs: number; readonly dropRate: number }
  | { readonly kind: "conv2d"; readonly channels: number; readonly kernel: number }
  | { readonly kind: "maxPool2d"; readonly window: number };

/**
 * Everything that decides a training run, apart from the data: the same recipe gives the same bits.
 */
export interface Recipe {
  /** What the network is called; of `train` `own` unless given. */
  readonly name: string;
  readonly layers: readonly LayerRecipe[];
  /**
   * The first layer gets (input − mean) / deviation, where pixels are inputs in [0, 1]; of `train`
   * 0 unless given.
   */
  readonly mean: number;
  /** See `mean`; of `train` 1 unless given. */
  readonly deviation: number;
  /** How often all points are learnt from; of `train` 20 unless given. */
  readonly epochs: number;
  /** Points that one step of Adam is taken on; of `train` 32 unless given. */
  readonly batchSize: number;
  /**
   * Adam's first learning rate, which falls to zero along half a cosine over all steps; of `train`
   * 0.001 unless given.
   */
  readonly learningRate: number;
  /** Draws the first weights, the order of the points and what is dropped; of `train` 1. */
  readonly seed: number;
}

/**
 * Net1 of the paper: 784-2000-1000-10, dropping 0.8 and 0.5 of the hidden activations.
 * The paper's batch and epochs are chosen by hand without a seed; ours are fixed here.
 */
export const NET1_RECIPE: Recipe = {
  name: "net1",
  layers: [
    { kind: "dense", outputs: 2000, dropRate: 0.8 },
    { kind: "dense", outputs: 1000, dropRate: 0.5 },
    { kind: "dense", outputs: 10, dropRate: 0 },
  ],
  mean: 0.1307,
  deviation: 0.3081,
  epochs: 30,
  batchSize: 128,
  learningRate: 1e-3,
  seed: 20250915,
};

/**
 * Net2 of the paper: two 3 × 3 convolutions of 32 and 64 channels, max pooling over 2 × 2, then
 * 12544-1024-10, dropping 0.8 of the hidden activations. As for Net1, the paper's batch and epochs
 * are not fixed.
 */
export const NET2_RECIPE: Recipe = {
  name: "net2",
  layers: [
    { kind: "conv2d", channels: 32, kernel: 3 },
    { kind: "conv2d", channels: 64, kernel: 3 },
    { kind: "maxPool2d", window: 2 },
    { kind: "dense", outputs: 1024, dropRate: 0.8 },
    { kind: "dense", outputs: 10, dropRate: 0 },
  ],
  mean: 0.1307,
  deviation: 0.3081,
  epochs: 6,
  batchSize: 128,
  learningRate: 1e-3,
  seed: 20250916,
};

export const RECIPES: readonly Recipe[] = [NET1_RECIPE, NET2_RECIPE];
