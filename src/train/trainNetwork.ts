import type { Scalar, Tensor, Tensor4D } from "@tensorflow/tfjs-node";
import { cellSignal } from "../cellSignal";
import { isPointSet, knownLabel, type PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { createRandom, permutation, resumeRandom, type RandomSource } from "../numeric/random";
import { adamStep, cosineRate, type Moments } from "./adam";
import { dropoutMask, normalisedInputs, oneHotLabels } from "./batches";
import { forward } from "./forward";
import { initialParameters, type Parameter } from "./parameters";
import type { Recipe } from "./recipe";
import { checkTraining, inputShapeOf, outputsOf } from "./trainingSet";
import type { EpochRecord } from "./epochRecord";
import type { TensorFlow } from "./tensorflow/tensorflowApi";

/** All that a training run needs to go on from the end of an epoch, bit for bit. */
export interface Checkpoint {
  readonly recipe: Recipe;
  /** The checksum of the training set: a run goes on only with the data it began with. */
  readonly trainingChecksum: string;
  readonly epochsDone: number;
  readonly parameters: readonly Parameter[];
  readonly moments: readonly Moments[];
  readonly randomState: readonly number[];
  readonly history: readonly EpochRecord[];
}

export interface TrainingProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  readonly loss: number;
}

export interface TrainingHooks {
  /**
   * Called after every batch; return false to stop at the end of this batch (the epoch is lost).
   */
  readonly onBatch?: (progress: TrainingProgress) => boolean | void;
  /** Called after every epoch with all that is needed to resume. */
  readonly onEpoch?: (checkpoint: Checkpoint) => void;
}

/**
 * The state a recipe starts from: seeded parameters, zero moments.
 *
 * @throws what `checkTraining` throws
 */
export function startTraining(recipe: Recipe, training: PointSource): Checkpoint {
  checkTraining(recipe, training);
  const random = createRandom(recipe.seed);
  const parameters = initialParameters(recipe, inputShapeOf(training), random);
  const moments = parameters.map(({ values }) => ({
    first: new Float32Array(values.length),
    second: new Float32Array(values.length),
  }));
  return {
    recipe,
    trainingChecksum: training.checksum,
    epochsDone: 0,
    parameters,
    moments,
    randomState: random.state(),
    history: [],
  };
}

/**
 * Trains by Adam on the softmax cross-entropy until the recipe's last epoch.
 * The same checkpoint, data and backend give the same bits. The checkpoint's arrays are consumed.
 *
 * @param test  points that the network is tried on after every epoch, if any are kept for it
 * @returns the last checkpoint, or undefined if `onBatch` asked to stop
 * @throws the interrupt of the notebook cell, if there is one: training ends after the batch at
 *   work
 */
export async function trainNetwork(
  tf: TensorFlow,
  start: Checkpoint,
  training: PointSource,
  test: PointSource | undefined,
  hooks: TrainingHooks = {},
): Promise<Checkpoint | undefined> {
  checkTraining(start.recipe, training, test);
  let checkpoint = start;
  while (checkpoint.epochsDone < checkpoint.recipe.epochs) {
    const random = resumeRandom(checkpoint.randomState);
    const meanLoss = await trainEpoch(tf, checkpoint, training, random, hooks);
    if (meanLoss === undefined) return undefined;
    const testAccuracy = test === undefined ? null : await accuracy(tf, checkpoint, test);
    const epoch = checkpoint.epochsDone + 1;
    checkpoint = {
      ...checkpoint,
      epochsDone: epoch,
      randomState: random.state(),
      history: [...checkpoint.history, { epoch, meanLoss, testAccuracy }],
    };
    hooks.onEpoch?.(checkpoint);
  }
  return checkpoint;
}

async function trainEpoch(
  tf: TensorFlow,
  checkpoint: Checkpoint,
  training: PointSource,
  random: RandomSource,
  hooks: TrainingHooks,
): Promise<number | undefined> {
  const { recipe } = checkpoint;
  const signal = cellSignal();
  const order = permutation(training.count, random);
  const batches = Math.ceil(training.count / recipe.batchSize);
  let lossSum = 0;
  for (let batch = 0; batch < batches; batch++) {
    const indices = order.subarray(batch * recipe.batchSize, (batch + 1) * recipe.batchSize);
    const step = checkpoint.epochsDone * batches + batch;
    const rate = cosineRate(recipe.learningRate, step, recipe.epochs * batches);
    const { loss, gradients } = batchGradients(tf, checkpoint, training, indices, random);
    if (!Number.isFinite(loss)) {
      throw new ArgumentError(
        `training ${recipe.name}: the loss is ${loss} in epoch ${checkpoint.epochsDone + 1}, ` +
          `batch ${batch + 1} of ${batches}; try a smaller learning rate than ${recipe.learningRate}`,
      );
    }
    checkpoint.parameters.forEach(({ values }, index) => {
      adamStep(values, gradients[index], checkpoint.moments[index], rate, step + 1);
    });
    lossSum += loss * indices.length;
    const epoch = checkpoint.epochsDone + 1;
    const proceed = hooks.onBatch?.({
      epoch,
      epochs: recipe.epochs,
      batch: batch + 1,
      batches,
      loss,
    });
    if (proceed === false) return undefined;
    // Lets signals and timers through; training itself is synchronous.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  return lossSum / training.count;
}

function batchGradients(
  tf: TensorFlow,
  checkpoint: Checkpoint,
  training: PointSource,
  indices: Uint32Array,
  random: RandomSource,
): { loss: number; gradients: Float32Array[] } {
  const { recipe } = checkpoint;
  const rates = recipe.layers.flatMap((layer) =>
    layer.kind === "dense" && layer.dropRate > 0 ? [layer] : [],
  );
  const masks = rates.map((layer) =>
    dropoutMask(indices.length * layer.outputs, layer.dropRate, random),
  );
  // Kept outside the tidy: it would walk through every value of what is returned.
  const result = { loss: 0, gradients: [] as Float32Array[] };
  tf.tidy(() => {
    const images = imageBatch(tf, recipe, training, indices);
    const classCount = outputsOf(recipe);
    const labels = tf.tensor2d(oneHotLabels(training, indices, classCount), [
      indices.length,
      classCount,
    ]);
    const maskTensors = masks.map((mask, index) =>
      tf.tensor2d(mask, [indices.length, rates[index].outputs]),
    );
    const loss = (...values: Tensor[]): Scalar =>
      tf.losses.softmaxCrossEntropy<Tensor, Scalar>(
        labels,
        forward(tf, recipe, images, values, maskTensors),
      );
    const { value, grads } = tf.valueAndGrads(loss)(parameterTensors(tf, checkpoint.parameters));
    result.loss = value.dataSync()[0];
    result.gradients = grads.map((gradient) => gradient.dataSync<"float32">());
  });
  return result;
}

/** The fraction of points whose largest logit stands at the label. */
async function accuracy(
  tf: TensorFlow,
  checkpoint: Checkpoint,
  test: PointSource,
): Promise<number> {
  const batchSize = 500;
  let correct = 0;
  for (let start = 0; start < test.count; start += batchSize) {
    const count = Math.min(batchSize, test.count - start);
    const indices = Uint32Array.from({ length: count }, (_, offset) => start + offset);
    const classes = tf.tidy(() => {
      const images = imageBatch(tf, checkpoint.recipe, test, indices);
      const values = parameterTensors(tf, checkpoint.parameters);
      return tf.argMax(forward(tf, checkpoint.recipe, images, values, []), 1);
    });
    const predicted = classes.dataSync();
    classes.dispose();
    for (let item = 0; item < count; item++) {
      if (predicted[item] === knownLabel(test, start + item)) correct++;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return correct / test.count;
}

/** Points as TensorFlow takes images; numbers in a row are one row of them. */
function imageBatch(
  tf: TensorFlow,
  recipe: Recipe,
  dataset: PointSource,
  indices: ArrayLike<number>,
): Tensor4D {
  const values = normalisedInputs(dataset, indices, recipe.mean, recipe.deviation);
  const [rows, columns] = isPointSet(dataset)
    ? [1, dataset.inputs]
    : [dataset.rows, dataset.columns];
  return tf.tensor4d(values, [indices.length, rows, columns, 1]);
}

function parameterTensors(tf: TensorFlow, parameters: readonly Parameter[]): Tensor[] {
  return parameters.map(({ values, shape }) => tf.tensor(values, [...shape]));
}
