import { carrySparseTerm } from "../../../src/analyse/rules/affineSparse";
import { addEntry, createSparseForm, type SparseForm } from "../../../src/analyse/sparseForm";
import { termRules, type ConvolutionTerm } from "../../../src/network/layer/term";
import { createRandom } from "../../../src/numeric/random";

const PLAIN = {
  ...{ inChannels: 2, outChannels: 4, groups: 1, height: 6, width: 5 },
  ...{ kernelHeight: 3, kernelWidth: 2, strideDown: 1, strideAcross: 1, top: 0, left: 0 },
  ...{ dilationDown: 1, dilationAcross: 1, outHeight: 4, outWidth: 4 },
};

/** What neuron after neuron gives, input after input. */
function carryPlainly(term: ConvolutionTerm, { touched, values, count }: SparseForm): SparseForm {
  const { inChannels, height, width } = term.sizes;
  const out = createSparseForm(inChannels * height * width);
  for (const neuron of touched.subarray(0, count)) {
    if (values[neuron] === 0) continue;
    termRules(term).visit(term, neuron, (input, weight) =>
      addEntry(out, input, values[neuron] * weight),
    );
  }
  return out;
}

describe("carrySparseTerm", () => {
  test.each([
    ["plain", {}],
    ["padded", { top: 2, left: 1, outHeight: 8, outWidth: 6 }],
    ["with strides", { strideDown: 2, strideAcross: 3, outHeight: 2, outWidth: 2 }],
    ["dilated and padded", { dilationDown: 2, dilationAcross: 3, left: 2, outHeight: 2 }],
    ["in groups", { groups: 2, top: 1, outHeight: 5 }],
  ])("gives the bits and the order of neuron after neuron, %s", (_, change) => {
    const sizes = { ...PLAIN, ...change };
    const { inChannels, outChannels, groups, outHeight, outWidth } = sizes;
    const taps = (inChannels / groups) * sizes.kernelHeight * sizes.kernelWidth;
    const random = createRandom(11);
    const weights = Float64Array.from({ length: outChannels * taps }, () => random.normal());
    const term: ConvolutionTerm = { kind: "convolution", sizes, weights };
    const size = outChannels * outHeight * outWidth;
    const form = createSparseForm(size);
    // Out of order, and with a neuron whose coefficient has become zero.
    for (let index = 0; index < size; index += 2) {
      addEntry(form, (index * 7) % size, index === 4 ? 0 : random.normal());
    }
    const out = createSparseForm(inChannels * sizes.height * sizes.width);
    carrySparseTerm(term, form, out);
    expect(out.count).toBeGreaterThan(0);
    expect(out).toEqual(carryPlainly(term, form));
  });
});
