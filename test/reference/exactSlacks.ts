import { polytopeAt, type PolytopeWorkspace } from "../../src/analyse/polytope";
import { formOf, rowBlocks } from "../../src/analyse/rowBlocks";
import { exactForms } from "./exactForms";
import { addForms, rational, ZERO, type RationalForm } from "./rational";

/** The rows of a point's polytope and its objective as the networks have them, exactly. */
export interface ExactSlacks {
  /** σ_k (ξ_k − ξ̃_k) per output: the slack of a sign row, and one term of E. */
  readonly differences: readonly RationalForm[];
  /** b_i − A_i · y for any row i of `polytopeAt(…).rows`. */
  slackOf(row: number): RationalForm;
}

/** In rational numbers, from forms carried forwards through both networks. */
export function exactSlacks(workspace: PolytopeWorkspace, x: Float64Array): ExactSlacks {
  const { twins, sides } = workspace;
  const { patterns, signs } = polytopeAt(workspace, x);
  const flows = [twins.network, twins.approximated].map((network, side) =>
    exactForms(network, patterns[side as 0 | 1]),
  );
  const blocks = rowBlocks(sides, patterns);
  const last = blocks[blocks.length - 1];
  const hiddenRows = last.start + last.count;
  const outputs = flows.map((values) => values[values.length - 1]);
  const differences = Array.from(signs, (sign, output) => {
    const difference = addForms(outputs[0][output], outputs[1][output], rational(-1));
    return sign > 0 ? difference : addForms(difference, difference, rational(-2));
  });
  const slackOf = (row: number): RationalForm => {
    const block = blocks.find(({ start, count }) => row < start + count);
    if (block === undefined) return differences[row - hiddenRows];
    const { places, factors, constant = 0 } = formOf(block, row - block.start);
    const nothing = { ...zeroForm(twins.network.inputSize), constant: rational(constant) };
    return places.reduce(
      (sum, place, index) =>
        addForms(sum, flows[block.side][block.value][place], rational(factors[index])),
      nothing,
    );
  };
  return { differences, slackOf };
}

/** The form that is 0 everywhere. */
export function zeroForm(size: number): RationalForm {
  return { weights: Array.from({ length: size }, () => ZERO), constant: ZERO };
}
