import type { Twins } from "../analyse/twin";
import { segmentError, type SegmentError } from "../analyse/worst/segmentError";
import { declareColumns } from "../claim/column";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { loadKernels } from "../numeric/loadKernels";
import { withDisplay, type Displayable } from "../present/display";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import { inputsOf, type PointLike } from "./appMax";

/** The columns of a way between two inputs. */
export const SEGMENT_COLUMNS = declareColumns<SegmentError, never, "witness">({
  value: {
    type: "number",
    unit: "logits, L1",
    kind: "attained",
    meaning: "the largest E on the way, at its witness: nowhere on the way is more",
  },
  at: { type: "number", meaning: "where it lies, as the part of the way" },
  mean: {
    type: "number",
    unit: "logits, L1",
    kind: "attained",
    meaning: "the mean of E over the way, which E takes somewhere on it",
  },
  pieces: {
    type: "integer",
    style: "count",
    meaning: "pieces of the way on which both networks are affine",
  },
});

/**
 * The largest E and its mean on the straight way between two inputs, such as two images: exact but
 * for rounding, from all places where a neuron of either network switches.
 *
 * @param twins  N and Ñ, as `twins` or `createTwins` makes them, of any two architectures
 * @param from  the inputs of one point
 * @param to  the inputs of another
 * @throws ShapeError if a point does not fit the networks, ArgumentError if Ñ is not affine piece
 *   by piece
 * @example
 * const { value, mean } = rl.segment(twins, x, x.map((pixel) => 1 - pixel));
 */
export function segment(twins: Twins, from: PointLike, to: PointLike): SegmentError & Displayable {
  const found = segmentError(twins, loadKernels(), inputsOf(twins, from), inputsOf(twins, to));
  const { network, approximated } = twins;
  return withDisplay(found, () =>
    displayTable(
      declaredTable(SEGMENT_COLUMNS, [found], {
        caption:
          `E of ${approximated.name} beside ${network.name} on the straight way between two inputs` +
          assumedOf(assumptionsOf([network, approximated])),
      }),
    ),
  );
}
