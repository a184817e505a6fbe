import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node";
import { ArgumentError } from "../../../src/errors";
import { createRandom } from "../../../src/numeric/random";
import { FLOAT32_RELATIVE } from "../../../src/numeric/tolerance";
import type { TensorFlow } from "../../../src/train/tensorflow/tensorflowApi";
import { registerWasmKernel } from "../../../src/train/tensorflow/wasmKernels";
import { onPlainBackend, wasm } from "../tinyTraining";

let tf: TensorFlow;
beforeAll(async () => {
  tf = await wasm();
});

type Values = readonly number[];

function normalValues(shape: readonly number[], seed: number): Values {
  const random = createRandom(seed);
  return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
}

/** The values an expression comes to, with all that it made freed. */
function valuesOf(work: () => Tensor | Tensor[]): Float32Array[] {
  return tf.tidy(() => [work()].flat().map((tensor) => tensor.dataSync() as Float32Array));
}

/** Compares the expression on WebAssembly with TensorFlow's own kernels in plain JavaScript. */
async function expectAgreement(work: () => Tensor | Tensor[], terms: number): Promise<void> {
  const mine = valuesOf(work);
  const plain = await onPlainBackend(tf, () => valuesOf(work));
  expect(mine.length).toBe(plain.length);
  mine.forEach((values, index) => {
    expect(values.length).toBe(plain[index].length);
    const largest = Math.max(...plain[index].map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    values.forEach((value, place) => {
      const distance = Math.abs(value - plain[index][place]);
      expect(distance).toBeLessThanOrEqual(2 * terms * FLOAT32_RELATIVE * largest);
    });
  });
}

describe("registerConvolutionGradients", () => {
  // Images that are not square, kernels of 1, 3 and 5, more and fewer channels out than in.
  test.each([
    { images: [3, 6, 7, 2], filter: [3, 3, 2, 4] },
    { images: [2, 5, 9, 3], filter: [5, 5, 3, 2] },
    { images: [4, 4, 3, 1], filter: [3, 3, 1, 6] },
    { images: [2, 4, 4, 3], filter: [1, 1, 3, 3] },
  ])("agrees with TensorFlow's own for images $images, filter $filter", async (shapes) => {
    const [count, height, width] = shapes.images;
    const outputs = [count, height, width, shapes.filter[3]];
    const gradients = (): Tensor[] => {
      const x = tf.tensor(normalValues(shapes.images, 1), shapes.images);
      const f = tf.tensor(normalValues(shapes.filter, 2), shapes.filter);
      const dy = tf.tensor(normalValues(outputs, 3), outputs);
      const convolve = (image: Tensor, filter: Tensor): Tensor =>
        tf.conv2d(image as Tensor4D, filter as Tensor4D, 1, "same");
      return tf.grads(convolve)([x, f], dy);
    };
    await expectAgreement(gradients, count * height * width);
  });

  test("refuses what the formulae do not cover", () => {
    const gradient = (strides: number, pad: "same" | "valid") => (): unknown =>
      valuesOf(() => {
        const x = tf.ones([1, 6, 6, 1]);
        return tf.grads((f) => tf.conv2d(x as Tensor4D, f as Tensor4D, strides, pad))([
          tf.ones([3, 3, 1, 1]),
        ]);
      });
    expect(gradient(2, "same")).toThrow(ArgumentError);
    expect(gradient(1, "valid")).toThrow('padding "same" is expected');
  });
});

describe("registerPoolingGradient", () => {
  const gradient = (shape: readonly number[], size: number, strides: number) => (): Tensor[] => {
    const x = tf.tensor(normalValues(shape, 4), shape as number[]);
    const pool = (image: Tensor): Tensor =>
      tf
        .maxPool(image as Tensor4D, size, strides, "valid")
        .mul(tf.scalar(3))
        .square();
    return tf.grads(pool)([x]);
  };

  test.each([
    { shape: [2, 6, 4, 3], size: 2, strides: 2 },
    { shape: [1, 7, 9, 2], size: 3, strides: 3 },
    { shape: [2, 5, 7, 2], size: 2, strides: 2 },
    { shape: [1, 5, 5, 2], size: 2, strides: 1 },
  ])("agrees with TensorFlow's own: $shape, window $size, stride $strides", async (given) => {
    await expectAgreement(gradient(given.shape, given.size, given.strides), 4);
  });

  test("refuses padding", () => {
    const padded = (): unknown =>
      valuesOf(() =>
        tf.grads((image) => tf.maxPool(image as Tensor4D, 2, 2, "same"))([tf.ones([1, 3, 3, 1])]),
      );
    expect(padded).toThrow(ArgumentError);
    expect(padded).toThrow("without padding are expected");
  });

  test("gives the whole gradient of a tie to the first winner", () => {
    const tie = valuesOf(() =>
      tf.grads((image) => tf.maxPool(image as Tensor4D, 2, 2, "valid"))([
        tf.tensor4d([1, 5, 5, 5], [1, 2, 2, 1]),
      ]),
    );
    expect([...tie[0]]).toEqual([0, 1, 0, 0]);
  });
});

describe("transposeBeforeMultiplying", () => {
  test.each([
    { transposeA: false, transposeB: false },
    { transposeA: true, transposeB: false },
    { transposeA: false, transposeB: true },
    { transposeA: true, transposeB: true },
  ])("agrees with TensorFlow's own: $transposeA, $transposeB", async (flags) => {
    const product = (): Tensor => {
      const a = tf.tensor(normalValues([3, 5], 1), flags.transposeA ? [5, 3] : [3, 5]);
      const b = tf.tensor(normalValues([5, 4], 2), flags.transposeB ? [4, 5] : [5, 4]);
      return tf.matMul(a, b, flags.transposeA, flags.transposeB);
    };
    await expectAgreement(product, 5);
  });

  test("agrees for a stack of matrices, and in fused products", async () => {
    await expectAgreement(() => {
      const a = tf.tensor(normalValues([2, 5, 3], 1), [2, 5, 3]);
      const b = tf.tensor(normalValues([2, 4, 5], 2), [2, 4, 5]);
      const bias = tf.tensor1d([1, 2, 3, 4]);
      const single = tf.slice(a, [0, 0, 0], [1, 5, 3]).reshape<Tensor2D>([5, 3]);
      const other = tf.slice(b, [0, 0, 0], [1, 4, 5]).reshape<Tensor2D>([4, 5]);
      return [
        tf.matMul(a, b, true, true),
        tf.fused.matMul({ a: single, b: other, transposeA: true, transposeB: true, bias }),
      ];
    }, 10);
  });

  test.each([false, true])(
    "puts a second factor of over four million entries first, with the same product (%s)",
    (transposeB) => {
      // Zeros but for one entry, so that the product can be written down: row 1 of a, column 2000
      // of b.
      const [rows, columns] = [2050, 2100];
      const values = new Float32Array(rows * columns);
      values[transposeB ? 2000 * rows + 7 : 7 * columns + 2000] = 3;
      const [product] = valuesOf(() => {
        const b = tf.tensor2d(values, transposeB ? [columns, rows] : [rows, columns]);
        const a = tf.tensor2d(
          Float32Array.from({ length: 2 * rows }, (_, index) => index),
          [2, rows],
        );
        return tf.matMul(a, b, false, transposeB);
      });
      const expected = new Float32Array(2 * columns);
      expected[2000] = 3 * 7;
      expected[columns + 2000] = 3 * (rows + 7);
      expect(product).toEqual(expected);
    },
  );
});

describe("registerWasmKernel", () => {
  test("frees all that a kernel made but its output, also when it throws", () => {
    const wasmTensors = (): number => tf.engine().backend.numDataIds();
    let isFaulty = false;
    registerWasmKernel(tf, "RoundlabTwice", (run, { inputs }) => {
      const once = run.run("Add", { a: inputs["x"], b: inputs["x"] }, {});
      if (isFaulty) throw new Error("spoilt");
      return run.run("Add", { a: once, b: once }, {});
    });
    const x = tf.tensor1d([1, 2]);
    const call = (): Tensor => tf.engine().runKernel<Tensor>("RoundlabTwice", { x }, {});
    const before = wasmTensors();
    const output = call();
    expect([...output.dataSync()]).toEqual([4, 8]);
    expect(wasmTensors()).toBe(before + 1);
    output.dispose();
    isFaulty = true;
    expect(call).toThrow("spoilt");
    expect(wasmTensors()).toBe(before);
    x.dispose();
    tf.unregisterKernel("RoundlabTwice", "wasm");
  });
});
