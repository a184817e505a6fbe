import { ArgumentError } from "../errors";
import type { AppMaxOutcome } from "../experiment/variant/runAppMax";
import { formatNpy } from "../numeric/npy";
import { writeWhole } from "../wholeFile";
import { requireFileToWrite } from "./places";

const OPTION = "--witnesses";

/**
 * Finds a place that cannot be written before hours of computing, not after.
 *
 * @throws ArgumentError if the name is not one of a NumPy file, StoreError if it cannot be
 *   written
 */
export function checkWitnessFile(file: string): void {
  if (!file.endsWith(".npy")) {
    throw new ArgumentError(
      `${OPTION} writes a NumPy file: expected a name ending in .npy, found "${file}"`,
    );
  }
  requireFileToWrite(file, OPTION);
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
