import { declareColumns } from "../claim/column";
import type { PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import type { Network } from "../network/network";
import { withDisplay, type Displayable } from "../present/display";
import { reportProgress } from "../present/progress/progressDisplay";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import type { BackendName } from "../train/backendName";
import type { EpochRecord } from "../train/epochRecord";
import { checkRecipe, denseRecipe, OWN_RECIPE } from "../train/ownRecipe";
import { RECIPES, type LayerRecipe, type Recipe } from "../train/recipe";
import { loadTensorflow } from "../train/tensorflow/tensorflow";
import { toNetwork } from "../train/toNetwork";
import { startTraining, trainNetwork } from "../train/trainNetwork";
import { checkTraining, classesOf, inputShapeOf } from "../train/trainingSet";

/** How `train` trains: which network, and what differs from the recipe. */
export interface TrainOptions extends Partial<Omit<Recipe, "layers">> {
  /** Widths of the dense layers before the last, which has an output for each class. */
  readonly hidden?: readonly number[];
  /** Layers in full, in place of `hidden`; the last is dense. */
  readonly layers?: readonly LayerRecipe[];
  /** `net1` or `net2`, in place of `hidden`: the paper's networks. */
  readonly recipe?: string;
  /** Points that the network is tried on after every epoch; it never learns from them. */
  readonly test?: PointSource;
  /** What computes; the fastest that works here. Another one rounds otherwise. */
  readonly backend?: BackendName;
}

/** A trained network and how it came to be. */
export interface Trained {
  readonly network: Network;
  /** Epoch by epoch the mean loss, and the accuracy on the test points or null. */
  readonly history: readonly EpochRecord[];
  /** Everything that decides its weights, but for the points and the backend. */
  readonly recipe: Recipe;
  readonly backend: BackendName;
}

/**
 * Trains a network on labelled points of one's own, or on images, by Adam on the softmax
 * cross-entropy. Inputs may be of any size and there may be any number of classes. The same
 * points, options and backend give the same bits.
 *
 * @param training  points with labels, `points(rows, { labels })` or a data set
 * @param options  the network as `hidden`, `layers` or `recipe`; then `epochs`, `seed` and the like
 * @returns the network, which every other verb takes, with the history of its training
 * @throws ArgumentError without labels, if there is no network or more than one, a label is no
 *   output, layers do not fit the points, or the loss is no number; ShapeError if test points are
 *   of another size; the interrupt of the notebook cell, if there is one
 * @example
 * const corners = rl.points([[0, 0], [0, 1], [1, 0], [1, 1]], { labels: [0, 1, 1, 0] });
 * const { network: xor } = await rl.train(corners, { hidden: [4], epochs: 5 });
 */
export async function train(
  training: PointSource,
  options: TrainOptions,
): Promise<Trained & Displayable> {
  const { test, backend: wanted } = options;
  const recipe = recipeFor(training, options);
  checkTraining(recipe, training, test);
  const { tf, name: backend } = await loadTensorflow(wanted);
  const progress = reportProgress(`train-${recipe.name}`, { writeLine: () => undefined });
  const checkpoint = await trainNetwork(tf, startTraining(recipe, training), training, test, {
    onBatch: ({ epoch, epochs, batch, batches, loss }) => {
      const done = (epoch - 1) * batches + batch;
      const best = { label: "loss", value: loss };
      progress.update({ label: recipe.name, done, total: epochs * batches, best });
    },
  });
  // Nothing here asks it to stop, which is the only way to end without one.
  if (checkpoint === undefined) throw new ArgumentError(`training ${recipe.name} was stopped`);
  const { parameters, history } = checkpoint;
  const network = toNetwork(recipe, parameters, inputShapeOf(training));
  const caption = `${recipe.name} trained on ${training.count} points of ${training.name}`;
  return withDisplay({ network, history, recipe, backend }, () =>
    displayTable(declaredTable(EPOCH_COLUMNS, history, { caption })),
  );
}

/** @throws ArgumentError unless exactly one of the options says which network */
function recipeFor(training: PointSource, options: TrainOptions): Recipe {
  const { hidden, layers, recipe: named } = options;
  const choice = choiceOf(options);
  const given = [hidden, layers, named].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new ArgumentError(
      `train takes one network, as { hidden: [32, 16] }, as { layers } or as { recipe: "net1" }; found ${given.length}`,
    );
  }
  if (hidden !== undefined) return denseRecipe(hidden, classesOf(training), choice);
  if (layers !== undefined) return checkRecipe({ ...OWN_RECIPE, ...choice, layers });
  const recipe = RECIPES.find(({ name }) => name === named);
  if (recipe !== undefined) return checkRecipe({ ...recipe, ...choice });
  const names = RECIPES.map(({ name }) => name).join(", ");
  throw new ArgumentError(
    `there is no recipe "${String(named)}"; there are ${names}, or { hidden }`,
  );
}

/** What options say of a recipe beside its layers. */
function choiceOf(options: TrainOptions): Partial<Omit<Recipe, "layers">> {
  const { name, mean, deviation, epochs, batchSize, learningRate, seed } = options;
  const given = { name, mean, deviation, epochs, batchSize, learningRate, seed };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The columns of the history of a training. */
export const EPOCH_COLUMNS = declareColumns<EpochRecord>({
  epoch: { type: "integer", meaning: "from 1" },
  meanLoss: {
    type: "number",
    kind: "sample",
    heading: "mean loss",
    meaning: "mean cross-entropy of the epoch's batches, with dropout, before each was learnt from",
  },
  testAccuracy: {
    type: "number",
    kind: "sample",
    heading: "test accuracy",
    style: "percent",
    meaning: "share of test points put into the class of the label; none without test points",
  },
});
