import { requireLabels, type PointSource } from "../../dataset/pointSet";
import { assumptionsOf } from "../../network/assumptions";
import type { Network } from "../../network/network";
import { checkImages } from "../checkImages";
import { classifyBlocks } from "../backend/classifyBlocks";
import { gradeBlock, type GradedBlock } from "../backend/gradeBlock";
import { BLOCK_SIZE, type AccuracyOutcome, type AccuracyRunOptions } from "./runAccuracy";

/** What is classified: any points of a data set, in any order. */
export interface PointAccuracyRun {
  readonly network: Network;
  readonly approximated: Network;
  readonly dataset: PointSource;
  readonly points: readonly number[];
}

/** As an `AccuracyOutcome`; its blocks are those of the points asked for. */
export interface PointAccuracyOutcome extends Pick<AccuracyOutcome, "kind" | "assumptions"> {
  readonly rows: readonly GradedBlock[];
}

/**
 * How many of some points a network puts into the right class. Nothing is stored: stored rows are
 * whole blocks of a data set, which `runAccuracy` makes.
 */
export async function accuracyOfPoints(
  { network, approximated, dataset, points }: PointAccuracyRun,
  options: Pick<AccuracyRunOptions, "workers" | "signal" | "onProgress">,
): Promise<PointAccuracyOutcome> {
  checkImages(approximated, dataset);
  requireLabels(dataset);
  const blocks = Array.from({ length: Math.ceil(points.length / BLOCK_SIZE) }, (_, block) =>
    points.slice(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE),
  );
  const rows: GradedBlock[] = [];
  let done = 0;
  const kind = await classifyBlocks(approximated, dataset, blocks, {
    workers: options.workers,
    signal: options.signal,
    onBlock: (block, answer) => {
      rows.push(gradeBlock(dataset, blocks[block], answer));
      done += blocks[block].length;
      options.onProgress?.(done, points.length);
    },
  });
  return { kind, rows, assumptions: assumptionsOf([network, approximated]) };
}
