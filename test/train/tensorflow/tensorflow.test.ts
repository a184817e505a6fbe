import { ArgumentError } from "../../../src/errors";
import { loadTensorflow } from "../../../src/train/tensorflow/tensorflow";

describe("loadTensorflow", () => {
  test("works somewhere, and says why a faster backend does not", async () => {
    const { tf, name, version, refused } = await loadTensorflow();
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(refused.length).toBe(["native", "wasm", "cpu"].indexOf(name));
    for (const reason of refused) expect(reason).toMatch(/^(native|wasm): ./);
    expect([...tf.tidy(() => tf.square([3, 4]).dataSync())]).toEqual([9, 16]);
  });

  test("takes WebAssembly alone when asked to", async () => {
    const { tf, name, refused } = await loadTensorflow("wasm");
    expect(name).toBe("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect(refused).toEqual([]);
  });

  test("does not replace kernels twice", async () => {
    const { tf } = await loadTensorflow("wasm");
    const kernel = tf.getKernel("BatchMatMul", "wasm");
    await loadTensorflow("wasm");
    expect(tf.getKernel("BatchMatMul", "wasm")).toBe(kernel);
  });

  test("gives the native backend alone, or refuses", async () => {
    // Whether it is there depends on the machine: both outcomes are checked for what they promise.
    const outcome = await loadTensorflow("native").catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(ArgumentError);
      expect(outcome.message).toMatch(/^the native backend does not work here: native: ./);
    } else {
      expect(outcome).toMatchObject({ name: "native", refused: [] });
    }
  });
});
