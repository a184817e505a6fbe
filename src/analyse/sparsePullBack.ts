import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import { sourcesOf, stepsOf, valueSizes } from "../network/walk";
import type { DenseColumns } from "./denseColumns";
import type { LinearForm } from "./linearForm";
import type { PatternPasses, SparseVector } from "./patternPasses";
import { stepRules } from "./rules/stepRules";
import type { ScatteredConvolutions } from "./scatteredConvolutions";
import { addEntry, clearForm, createSparseForm, type SparseForm } from "./sparseForm";

/**
 * Carries linear forms back to the input as `pullBack` does, but walks through their non-zero
 * coefficients only: a neuron of a convolution costs its receptive field, whatever the size of the
 * image.
 *
 * The functions' results stand in buffers that the next call of either writes anew.
 *
 * @param dense      carries forms through dense layers where it can, to the same bits
 * @param scattered  and through convolutions
 */
export function createSparsePullBack(
  network: Network,
  dense?: DenseColumns,
  scattered?: ScatteredConvolutions,
): Required<Pick<PatternPasses, "pullBack" | "pullBackSparse">> {
  const forms = valueSizes(network).map(createSparseForm);
  const steps = stepsOf(network).map((step, index) => {
    const sources = sourcesOf(network, index).map((value) => forms[value]);
    return { step, rules: stepRules(step), sources };
  });
  // Between two calls every form but the input's is empty.
  const carry = (
    pattern: ActivationPattern,
    value: number,
    { places, factors }: LinearForm,
  ): SparseForm => {
    clearForm(forms[0]);
    places.forEach((place, index) => addEntry(forms[value], place, factors[index]));
    for (let index = value - 1; index >= 0; index--) {
      const { step, rules, sources } = steps[index];
      const behind = forms[index + 1];
      const known = dense?.carry(index, pattern, behind.touched, behind.values, behind.count);
      // What is not known is 0 on its way further back.
      known?.places.forEach((place, entry) => addEntry(sources[0], place, known.values[entry]));
      const isDone = known !== undefined || scattered?.carrySparse(index, behind, sources[0]);
      if (isDone !== true) rules.carrySparse(step, pattern.switches[index], behind, sources);
      clearForm(forms[index + 1]);
    }
    return forms[0];
  };
  const entries: SparseVector = {
    columns: new Int32Array(network.inputSize),
    values: new Float64Array(network.inputSize),
    count: 0,
  };
  return {
    pullBack: (pattern, value, form) => carry(pattern, value, form).values,
    pullBackSparse(pattern, value, form) {
      const { touched, values, count } = carry(pattern, value, form);
      entries.count = 0;
      for (let index = 0; index < count; index++) {
        const coefficient = values[touched[index]];
        if (coefficient === 0) continue;
        entries.columns[entries.count] = touched[index];
        entries.values[entries.count++] = coefficient;
      }
      return entries;
    },
  };
}
