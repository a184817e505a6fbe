import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { ArgumentError, StoreError } from "../errors";
import type { AppMaxOutcome } from "../experiment/runAppMax";
import { formatNpy } from "../numeric/npy";
import { writeWhole } from "./writeWhole";

const OPTION = "--witnesses";

/**
 * Finds a place that cannot be written before hours of computing, not after.
 *
 * @throws ArgumentError if the name is not one of a NumPy file, StoreError if its folder cannot be
 *   written
 */
export function checkWitnessFile(file: string): void {
  if (!file.endsWith(".npy")) {
    throw new ArgumentError(
      `${OPTION} writes a NumPy file: expected a name ending in .npy, found "${file}"`,
    );
  }
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new StoreError(
      `${OPTION}: nothing can be written into the folder ${dirname(file)}; make it, or name another place`,
      { cause },
    );
  }
}

/** Writes the witnesses of the finished points, row by row in their order; stderr says so. */
export function writeWitnesses(file: string, { rows, witnesses }: AppMaxOutcome): void {
  const inputs = rows.flatMap(({ point }) => witnesses?.get(point) ?? []);
  const width = inputs.length === 0 ? 0 : inputs[0].length;
  writeWhole(file, formatNpy(inputs, width), OPTION);
  process.stderr.write(
    `${inputs.length} worst inputs, row by row as the points above, in ${file}\n`,
  );
}
