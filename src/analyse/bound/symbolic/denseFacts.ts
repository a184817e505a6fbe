import type { AffineStep } from "../../../network/layer/step";
import type { DenseTerm } from "../../../network/layer/term";
import { createMatrix } from "../../../numeric/matrix";
import { summationError } from "../../../numeric/rounding";
import type { Intervals } from "../../intervals";
import { checkSameForm, spreadBias } from "../../rules/affineParts";
import type { Site } from "../../source/rules";
import type { AffineSite } from "./affineSite";
import { middlesOf, type Middles } from "./middles";

/**
 * `affineFacts` of a step that is one dense term, in one pass over its weights: intervals by their
 * middles and half widths,
 *
 *     ξ ∈ A m + b ± |A| ρ        δ ∈ ΔA m + Ã μ + Δb ± (|ΔA| ρ + |Ã| σ).
 */
export function denseFacts({
  step,
  approximatedStep,
  values: [values],
  errors: [errors],
}: Site<AffineStep>): AffineSite | undefined {
  const [term, twin] = [step.terms[0], approximatedStep.terms[0]];
  if (step.terms.length !== 1 || term.kind !== "dense" || twin?.kind !== "dense") return undefined;
  checkSameForm(step, approximatedStep);
  const change = new Float64Array(term.weights.data.length);
  const bias = spreadBias(step, (index) => step.bias?.[index] ?? 0);
  const theirs = spreadBias(approximatedStep, (index) => approximatedStep.bias?.[index] ?? 0);
  const biasChange = theirs.map((value, index) => value - bias[index]);
  const out = emptySums(step.size);
  const isChanged = sumRows(term, twin, change, [middlesOf(values), middlesOf(errors)], out);
  const { rows, columns } = term.weights;
  const valueScale = out.valueScale.map((sum, row) => sum + Math.abs(bias[row]));
  const differenceScale = out.differenceScale.map((sum, row) => sum + Math.abs(biasChange[row]));
  const relative = summationError(4 * columns + 16);
  return {
    facts: {
      form: "affine",
      terms: [
        {
          ...{ term, twin },
          ...(isChanged
            ? { change: { kind: "dense", weights: createMatrix(rows, columns, change) } }
            : {}),
        },
      ],
      ...{ bias, biasChange, valueScale, differenceScale },
    },
    values: around(out.value, out.valueSpread, bias, valueScale, relative),
    differences: around(
      out.difference,
      out.differenceSpread,
      biasChange,
      differenceScale,
      relative,
    ),
  };
}

/** Sums over a row's weights, one of each for every row. */
interface RowSums {
  readonly value: Float64Array;
  readonly valueSpread: Float64Array;
  readonly valueScale: Float64Array;
  readonly difference: Float64Array;
  readonly differenceSpread: Float64Array;
  readonly differenceScale: Float64Array;
}

function emptySums(rows: number): RowSums {
  const numbers = (): Float64Array => new Float64Array(rows);
  return {
    ...{ value: numbers(), valueSpread: numbers(), valueScale: numbers() },
    ...{ difference: numbers(), differenceSpread: numbers(), differenceScale: numbers() },
  };
}

/** @returns whether any weight is another in Ñ; `change` receives Ã − A */
function sumRows(
  { weights: { rows, columns, data } }: DenseTerm,
  { weights: { data: theirs } }: DenseTerm,
  change: Float64Array,
  [values, errors]: readonly [Middles, Middles],
  out: RowSums,
): boolean {
  const [value, valueSpread, valueReach] = [values.middle, values.spread, values.reach];
  const [error, errorSpread, errorReach] = [errors.middle, errors.spread, errors.reach];
  for (let row = 0, at = 0; row < rows; row++) {
    // Plain sums: this loop sees every weight of both networks.
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    for (let column = 0; column < columns; column++, at++) {
      const weight = data[at];
      const twin = theirs[at];
      const moved = twin - weight;
      const size = Math.abs(weight);
      const twinSize = Math.abs(twin);
      const movedSize = Math.abs(moved);
      change[at] = moved;
      s0 += weight * value[column];
      s1 += size * valueSpread[column];
      s2 += size * valueReach[column];
      d0 += moved * value[column] + twin * error[column];
      d1 += movedSize * valueSpread[column] + twinSize * errorSpread[column];
      d2 += movedSize * valueReach[column] + twinSize * errorReach[column];
    }
    out.value[row] = s0;
    out.valueSpread[row] = s1;
    out.valueScale[row] = s2;
    out.difference[row] = d0;
    out.differenceSpread[row] = d1;
    out.differenceScale[row] = d2;
  }
  for (let at = 0; at < change.length; at++) if (change[at] !== 0) return true;
  return false;
}

function around(
  middle: Float64Array,
  spread: Float64Array,
  bias: Float64Array,
  scale: Float64Array,
  relative: number,
): Intervals {
  const reach = spread.map((value, row) => value + relative * scale[row]);
  return {
    lower: middle.map((value, row) => value + bias[row] - reach[row]),
    upper: middle.map((value, row) => value + bias[row] + reach[row]),
  };
}
