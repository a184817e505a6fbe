import { ArgumentError, ShapeError } from "../../errors";
import { firstNotFinite } from "../../numeric/firstNotFinite";

/** @throws ShapeError naming the first size that is not a whole number from 1 */
export function checkSizes(sizes: Readonly<Record<string, number>>, where: string): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isSafeInteger(size) && size >= 1) continue;
    throw new ShapeError(`${where}: ${name} must be a whole number >= 1, found ${size}`);
  }
}

/** @throws ArgumentError naming the first value that is not finite by its place */
export function checkValues(values: Float64Array, shape: readonly number[], where: string): void {
  const spoilt = firstNotFinite(values);
  if (spoilt === -1) return;
  throw new ArgumentError(
    `${where} hold ${values[spoilt]} at ${placeOf(spoilt, shape)}; a network needs finite ` +
      "parameters; did its training diverge?",
  );
}

/** A flat index as one index per dimension, such as [3, 17]. */
export function placeOf(index: number, shape: readonly number[]): string {
  const indices: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `[${indices.join(", ")}]`;
}
