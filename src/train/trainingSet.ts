import {
  checkPointSource,
  inputsOf,
  isPointSet,
  knownLabel,
  type PointSource,
} from "../dataset/pointSet";
import { ArgumentError, ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import { parameterShapes, type FlowShape } from "./parameters";
import type { Recipe } from "./recipe";

/** What a recipe's first layer is given: a grey image, or numbers in a row. */
export function inputShapeOf(source: PointSource): FlowShape {
  return isPointSet(source)
    ? { kind: "vector", size: source.inputs }
    : { kind: "image", height: source.rows, width: source.columns, channels: 1 };
}

/** How many classes a recipe's network tells apart. @throws ArgumentError if it ends otherwise */
export function outputsOf({ name, layers }: Recipe): number {
  const last = layers[layers.length - 1];
  if (last?.kind === "dense") return last.outputs;
  throw new ArgumentError(
    `recipe ${quoteName(name)} ends in ${last === undefined ? "no layer" : `a ${last.kind} layer`}; ` +
      "expected a dense one, with an output for each class",
  );
}

/** How many classes labels name: one more than the largest. @throws ArgumentError without labels */
export function classesOf(source: PointSource): number {
  requireClasses(source);
  if (!isPointSet(source)) return source.classCount;
  return (source.labels ?? []).reduce((most, label) => Math.max(most, label), 0) + 1;
}

/**
 * Checks at the door that a recipe can be trained on some points and tried on others.
 *
 * @param test  none where nothing is kept to try the network on
 * @throws ArgumentError if there are no labels, a label is no output, or layers do not fit the
 *   points; ShapeError if test points are of another size
 */
export function checkTraining(recipe: Recipe, training: PointSource, test?: PointSource): void {
  const outputs = outputsOf(recipe);
  for (const source of test === undefined ? [training] : [training, test]) {
    checkPointSource(source);
    requireClasses(source);
    checkLabels(recipe, source, outputs);
  }
  parameterShapes(recipe, inputShapeOf(training));
  if (test === undefined || inputsOf(test) === inputsOf(training)) return;
  throw new ShapeError(
    `test points ${quoteName(test.name)} have ${inputsOf(test)} values each, but those of the training ` +
      `points ${quoteName(training.name)} have ${inputsOf(training)}; give test points of the same kind`,
  );
}

function requireClasses(source: PointSource): void {
  if (!isPointSet(source) || source.labels !== undefined) return;
  throw new ArgumentError(
    `points ${quoteName(source.name)} have no labels, so that nothing can be learnt from them; give ` +
      "points(rows, { labels }), on the command line --labels FILE.npy (of test points --test-labels)",
  );
}

function checkLabels({ name }: Recipe, source: PointSource, outputs: number): void {
  for (let point = 0; point < source.count; point++) {
    const label = knownLabel(source, point) ?? 0;
    if (label < outputs) continue;
    throw new ArgumentError(
      `training ${quoteName(name)}: point ${point} of ${quoteName(source.name)} has the label ${label}, but the ` +
        `network has outputs 0 to ${outputs - 1}; give its last layer ${label + 1} outputs, or other labels`,
    );
  }
}
