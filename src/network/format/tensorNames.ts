import { FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";

/** A named array as a file's header describes it, before its values are read. */
export interface TensorShape {
  readonly name: string;
  readonly shape: readonly number[];
  /** The header's word for the number format, such as `F32`. */
  readonly dtype: string;
}

/** Wrappers that frameworks put in front of every name; they say nothing about the network. */
const WRAPPERS = ["module.", "_orig_mod.", "model."] as const;

/** A name without the wrappers in front of it, in whatever order they stand. */
export function bareName(name: string): string {
  let start = 0;
  for (;;) {
    const wrapper = WRAPPERS.find((known) => name.startsWith(known, start));
    if (wrapper === undefined) return name.slice(start);
    start += wrapper.length;
  }
}

/**
 * Whether a tensor of a checkpoint is no part of the network's function: what an optimiser keeps,
 * counters (batches, steps, epochs: whole numbers, one value), arrays of no values.
 */
export function isBystander({ name, shape, dtype }: TensorShape): boolean {
  const bare = bareName(name);
  if (bare.startsWith("optimizer") || bare.startsWith("optimiser")) return true;
  if (bare.endsWith("num_batches_tracked")) return true;
  const count = shape.reduce((product, size) => product * size, 1);
  return count === 0 || (count === 1 && /^[IU]\d/.test(dtype));
}

/**
 * The tensors that make up the network, by their bare names.
 *
 * @throws FormatError if two names are one without their wrappers
 */
export function bareTensors<T extends TensorShape>(
  tensors: readonly T[],
  source: string,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const tensor of tensors) {
    if (isBystander(tensor)) continue;
    const bare = bareName(tensor.name);
    const other = found.get(bare);
    if (other !== undefined) {
      throw new FormatError(
        `${source}: tensors ${quoteName(other.name)} and ${quoteName(tensor.name)} are both ` +
          `${quoteName(bare)} without the wrappers in front; keep one of them`,
      );
    }
    found.set(bare, tensor);
  }
  return found;
}

/** A stem with the number at its end, such as `fc` 1 of `fc1` and `layers.` 3 of `layers.3`. */
export interface NumberedStem {
  readonly family: string;
  readonly number: number;
}

/** The longest number that a name may end in; longer ones are no counts of layers. */
const LONGEST_NUMBER = 6;

/** The parts of a stem, or undefined if no number stands at its end. */
export function splitStem(stem: string): NumberedStem | undefined {
  let start = stem.length;
  while (start > 0 && isDigit(stem.charCodeAt(start - 1))) start--;
  const digits = stem.length - start;
  if (digits === 0 || digits > LONGEST_NUMBER) return undefined;
  return { family: stem.slice(0, start), number: Number(stem.slice(start)) };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What the dimensions of weights are, for messages. */
const DIMENSIONS: Readonly<Record<number, string>> = {
  1: "one value a channel",
  2: "outputs, inputs",
  4: "out, in, height, width",
};

/** The shape of a tensor; @throws FormatError if there is none, ShapeError for another rank */
export function tensorShape(
  tensors: ReadonlyMap<string, TensorShape>,
  name: string,
  rank: number,
  where: string,
): readonly number[] {
  const found = tensors.get(name);
  if (found === undefined) {
    const names = [...tensors.keys()].filter((key) => key.endsWith(".weight")).slice(0, 8);
    throw new FormatError(
      `${where}: tensor ${quoteName(name)} is missing; the file has ` +
        (names.length === 0 ? "no weights" : names.map((key) => quoteName(key)).join(", ")),
    );
  }
  if (found.shape.length === rank) return found.shape;
  throw new ShapeError(
    `${where}: tensor ${quoteName(found.name)} has shape [${found.shape.join(", ")}], expected ` +
      `${rank} dimensions (${DIMENSIONS[rank]})`,
  );
}
