import { carryConvolution } from "../../src/analyse/carryConvolution";
import { createCounted } from "../../src/analyse/counted";
import { carrySparseTerm } from "../../src/analyse/rules/affineSparse";
import { ScatteredConvolutions } from "../../src/analyse/scatteredConvolutions";
import { addEntry, createSparseForm } from "../../src/analyse/sparseForm";
import { convolutionSizes, type Conv2dLayer } from "../../src/network/layer/conv2d";
import type { ConvolutionTerm } from "../../src/network/layer/term";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

type Form = Pick<Conv2dLayer, "kernel" | "stride" | "padding" | "dilation" | "groups">;

const FORMS: readonly [string, Form][] = [
  ["as in Net2", { kernel: 3, stride: 1, padding: 1 }],
  ["with strides", { kernel: 3, stride: [2, 3], padding: 2 }],
  ["without padding, of even kernels", { kernel: 2, stride: 1, padding: 0 }],
  [
    "with holes, padded at one side",
    { kernel: [2, 3], stride: 2, padding: [0, 3, 1, 2], dilation: 2 },
  ],
  ["in groups", { kernel: 3, stride: 1, padding: 1, groups: 2 }],
];

describe.each(makers)("forms scattered through a convolution by %s kernels", (_, make) => {
  describe.each(FORMS)("%s", (_name, form) => {
    const random = createRandom(5);
    const sizes = { inChannels: 4, outChannels: 6, height: 7, width: 6, ...form };
    const found = convolutionSizes(sizes);
    const weights = Float64Array.from(
      { length: (6 * 4 * found.kernelHeight * found.kernelWidth) / found.groups },
      () => random.normal(),
    );
    const bias = new Float64Array(6);
    const layer: Conv2dLayer = { kind: "conv2d", ...sizes, weights, bias };
    const network = createNetwork("convolution", 4 * 7 * 6, [layer]);
    const term: ConvolutionTerm = { kind: "convolution", sizes: found, weights };
    const neurons = 6 * found.outHeight * found.outWidth;
    const kernels = make();
    if (kernels === undefined) throw new Error("no kernels");
    const scattered = new ScatteredConvolutions(network, kernels);

    test("have the values and counts of plain code, call after call", () => {
      for (let time = 0; time < 3; time++) {
        const counted = createCounted(neurons);
        for (let neuron = time; neuron < neurons; neuron += 1 + (neuron % 4)) {
          counted.values[neuron] = random.normal();
          counted.counts[neuron] = Math.abs(random.normal());
        }
        const [ours, theirs] = [createCounted(4 * 7 * 6), createCounted(4 * 7 * 6)];
        ours.values[3] = theirs.values[3] = 1;
        expect(scattered.carryCounted(0, counted, ours)).toBe(true);
        carryConvolution(term, counted, theirs);
        expect(ours).toEqual(theirs);
      }
    });

    test("touch coefficients in the order of plain code, call after call", () => {
      for (let time = 0; time < 3; time++) {
        const sparse = createSparseForm(neurons);
        for (let entry = 0; entry < 9; entry++) {
          const neuron = (entry * 31 + time * 17) % neurons;
          addEntry(sparse, neuron, entry === 4 ? 0 : random.normal());
        }
        const [ours, theirs] = [createSparseForm(4 * 7 * 6), createSparseForm(4 * 7 * 6)];
        expect(scattered.carrySparse(0, sparse, ours)).toBe(true);
        carrySparseTerm(term, sparse, theirs);
        expect(ours).toEqual(theirs);
      }
    });
  });

  test("are left to others where something stands already, or the layer is of another kind", () => {
    const layer: Conv2dLayer = {
      kind: "conv2d",
      inChannels: 1,
      outChannels: 1,
      height: 2,
      width: 2,
      kernel: 1,
      stride: 1,
      padding: 0,
      weights: Float64Array.of(1),
      bias: Float64Array.of(0),
    };
    const network = createNetwork("two layers", 4, [layer, { kind: "relu" }]);
    const kernels = make();
    if (kernels === undefined) throw new Error("no kernels");
    const scattered = new ScatteredConvolutions(network, kernels);
    const [form, out] = [createSparseForm(4), createSparseForm(4)];
    expect(scattered.carrySparse(1, form, out)).toBe(false);
    expect(scattered.carryCounted(1, createCounted(4), createCounted(4))).toBe(false);
    addEntry(out, 0, 1);
    expect(scattered.carrySparse(0, form, out)).toBe(false);
  });
});
