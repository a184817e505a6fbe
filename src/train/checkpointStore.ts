import * as fs from "node:fs";
import * as path from "node:path";
import { StoreError } from "../errors";
import { parseSafetensors, serialiseSafetensors, type Tensor } from "../network/safetensors";
import type { Recipe } from "./recipe";
import type { Checkpoint, EpochRecord } from "./trainNetwork";

/** What a checkpoint file says beside its tensors. */
interface CheckpointNotes {
  readonly recipe: Recipe;
  readonly epochsDone: number;
  readonly randomState: readonly number[];
  readonly history: readonly EpochRecord[];
}

/** Keeps a checkpoint: written under a temporary name, then renamed. Values are float32, exactly. */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  const { recipe, epochsDone, randomState, history } = checkpoint;
  const notes: CheckpointNotes = { recipe, epochsDone, randomState, history };
  const tensors = checkpoint.parameters.flatMap(({ name, shape, values }, index): Tensor[] => {
    const { first, second } = checkpoint.moments[index];
    const tensor = (kind: string, data: Float32Array): Tensor => ({
      name: `${kind}.${name}`,
      shape,
      values: Float64Array.from(data),
    });
    return [tensor("value", values), tensor("first", first), tensor("second", second)];
  });
  const metadata = { checkpoint: JSON.stringify(notes) };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.partial`, serialiseSafetensors({ tensors, metadata }, "F32"));
  fs.renameSync(`${file}.partial`, file);
}

/**
 * The checkpoint of a file, or undefined if there is none.
 *
 * @throws StoreError if the file was made by another recipe; FormatError if it is damaged
 */
export function loadCheckpoint(file: string, recipe: Recipe): Checkpoint | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { tensors, metadata } = parseSafetensors(fs.readFileSync(file), path.basename(file));
  const notes = JSON.parse(metadata["checkpoint"] ?? "{}") as Partial<CheckpointNotes>;
  if (JSON.stringify(notes.recipe) !== JSON.stringify(recipe)) {
    throw new StoreError(
      `${file} was made by another recipe; remove it, or name another with --checkpoint`,
    );
  }
  const { epochsDone, randomState, history } = notes as CheckpointNotes;
  const parameters = [];
  const moments = [];
  for (let index = 0; index < tensors.length; index += 3) {
    const [value, first, second] = tensors.slice(index, index + 3);
    parameters.push({
      name: value.name.replace(/^value\./, ""),
      shape: value.shape,
      values: Float32Array.from(value.values),
    });
    moments.push({
      first: Float32Array.from(first.values),
      second: Float32Array.from(second.values),
    });
  }
  return { recipe, epochsDone, parameters, moments, randomState, history };
}
