import * as fs from "node:fs";
import * as path from "node:path";
import { sha256 } from "../dataset/checksum";
import type { PointSource } from "../dataset/pointSet";
import { FormatError, StoreError } from "../errors";
import { parseSafetensors, serialiseSafetensors, type Tensor } from "../network/format/safetensors";
import { writeWhole } from "../wholeFile";
import type { Moments } from "./adam";
import { parameterShapes, type Parameter } from "./parameters";
import type { Recipe } from "./recipe";
import type { EpochRecord } from "./epochRecord";
import type { Checkpoint } from "./trainNetwork";
import { inputShapeOf } from "./trainingSet";
import { isList, isObject, membersOf } from "../unknownValue";

/** What a checkpoint file says beside its tensors. */
interface CheckpointNotes {
  readonly recipe: Recipe;
  readonly trainingChecksum: string;
  readonly epochsDone: number;
  readonly randomState: readonly number[];
  readonly history: readonly EpochRecord[];
  /** SHA-256 of all parameters and moments, in the order of the file. */
  readonly valuesChecksum: string;
}

/**
 * Keeps a checkpoint: written under a temporary name, then renamed. Values are float32, exactly.
 */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  const { recipe, trainingChecksum, epochsDone, randomState, history } = checkpoint;
  const { parameters, moments } = checkpoint;
  const valuesChecksum = checksumOf(parameters, moments);
  const notes: CheckpointNotes = {
    recipe,
    trainingChecksum,
    epochsDone,
    randomState,
    history,
    valuesChecksum,
  };
  const tensors = parameters.flatMap(({ name, shape, values }, index): Tensor[] => {
    const { first, second } = moments[index];
    const tensor = (kind: string, data: Float32Array): Tensor => ({
      name: `${kind}.${name}`,
      shape,
      values: Float64Array.from(data),
    });
    return [tensor("value", values), tensor("first", first), tensor("second", second)];
  });
  const metadata = { checkpoint: JSON.stringify(notes) };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, serialiseSafetensors({ tensors, metadata }, "F32"));
}

/**
 * The checkpoint of a file, or undefined if there is none.
 *
 * @throws StoreError if the file was made by another recipe or from other data; FormatError if it
 *   is damaged
 */
export function loadCheckpoint(
  file: string,
  recipe: Recipe,
  training: PointSource,
): Checkpoint | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { tensors, metadata } = parseSafetensors(fs.readFileSync(file), file);
  const notes = readNotes(file, metadata["checkpoint"]);
  const advice = "remove it, or name another with --checkpoint";
  if (JSON.stringify(notes.recipe) !== JSON.stringify(recipe)) {
    throw new StoreError(`checkpoint ${file} was made by another recipe; ${advice}`);
  }
  if (notes.trainingChecksum !== training.checksum) {
    throw new StoreError(`checkpoint ${file} was made from another training set; ${advice}`);
  }
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const expected = parameterShapes(recipe, inputShapeOf(training));
  if (tensors.length !== 3 * expected.length) {
    throw new FormatError(
      `checkpoint ${file} has ${tensors.length} tensors, its recipe needs ${3 * expected.length}; ${advice}`,
    );
  }
  const valuesOf = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = byName.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      const found = tensor === undefined ? "nothing" : `[${tensor.shape.join(", ")}]`;
      throw new FormatError(
        `checkpoint ${file}: tensor ${name} is expected with shape [${shape.join(", ")}], ` +
          `found ${found}; ${advice}`,
      );
    }
    return Float32Array.from(tensor.values);
  };
  const parameters = expected.map(({ name, shape }): Parameter => {
    return { name, shape, values: valuesOf(`value.${name}`, shape) };
  });
  const moments = expected.map(({ name, shape }): Moments => {
    return { first: valuesOf(`first.${name}`, shape), second: valuesOf(`second.${name}`, shape) };
  });
  if (checksumOf(parameters, moments) !== notes.valuesChecksum) {
    throw new FormatError(
      `checkpoint ${file} is damaged: its values do not have the checksum it names; ${advice}`,
    );
  }
  const { trainingChecksum, epochsDone, randomState, history } = notes;
  return { recipe, trainingChecksum, epochsDone, parameters, moments, randomState, history };
}

function readNotes(file: string, text: string | undefined): CheckpointNotes {
  const refusal = `${file} is no checkpoint of a training run; name another with --checkpoint`;
  if (text === undefined) throw new FormatError(refusal);
  let notes: unknown;
  try {
    notes = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(refusal, { cause });
  }
  if (!isNotes(notes)) throw new FormatError(refusal);
  return notes;
}

function isNotes(value: unknown): value is CheckpointNotes {
  const notes = membersOf<CheckpointNotes>(value);
  const { randomState, history } = notes;
  return (
    isObject(notes.recipe) &&
    typeof notes.trainingChecksum === "string" &&
    typeof notes.valuesChecksum === "string" &&
    typeof notes.epochsDone === "number" &&
    isList(randomState) &&
    randomState.every((word) => typeof word === "number") &&
    isList(history) &&
    history.every(isObject)
  );
}

function checksumOf(parameters: readonly Parameter[], moments: readonly Moments[]): string {
  const arrays = parameters.flatMap(({ values }, index) => {
    return [values, moments[index].first, moments[index].second];
  });
  return sha256(
    ...arrays.map(({ buffer, byteOffset, byteLength }) => {
      return new Uint8Array(buffer, byteOffset, byteLength);
    }),
  );
}
