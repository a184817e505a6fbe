import { ArgumentError } from "../../errors";
import type { TensorFlow } from "./tensorflowApi";
import { registerWasmKernel, type KernelCall } from "./wasmKernels";

/**
 * Registers the gradients of a convolution y = x ∗ f (stride 1, odd kernel, padding "same") on the
 * WebAssembly backend, both as plain convolutions. The backend has none for the filter, and its own
 * for the input takes 670 ms for 32 images of Net2's second convolution, against 30 ms here.
 *
 * With x: images × height × width × in, f: kernel × kernel × in × out, and dy shaped as y:
 *
 *   df[u, v, i, o]    = Σ_{n, r, c}  x[n, r + u − p, c + v − p, i] dy[n, r, c, o]
 *   dx[n, r, c, i]    = Σ_{u, v, o}  f[u, v, i, o] dy[n, r − u + p, c − v + p, o]
 *
 * so df convolves x, its input channels taken as the images and its images as the channels, with dy
 * as a filter as large as the image; and dx convolves dy with the filter flipped in both
 * directions.
 */
export function registerConvolutionGradients(tf: TensorFlow): void {
  registerWasmKernel(tf, "Conv2DBackpropFilter", (run, call) => {
    const { x, dy } = call.inputs;
    // TensorFlow.js calls this kernel with the sizes of the filter, which it has checked.
    const padding = samePadding(call, call.attributes["filterShape"] as number[]);
    const images = run.transpose(x, [3, 1, 2, 0]);
    const filter = run.transpose(dy, [1, 2, 0, 3]);
    const product = run.run("Conv2D", { x: images, filter }, convolution(padding));
    return run.transpose(product, [1, 2, 0, 3]);
  });
  registerWasmKernel(tf, "Conv2DBackpropInput", (run, call) => {
    const { dy, filter } = call.inputs;
    const padding = samePadding(call, filter.shape);
    const flipped = run.run("Reverse", { x: filter }, { dims: [0, 1] });
    const turned = run.transpose(flipped, [0, 1, 3, 2]);
    return run.run("Conv2D", { x: dy, filter: turned }, convolution(padding));
  });
}

function convolution(padding: number): Record<string, unknown> {
  return {
    strides: 1,
    // Given for each axis: with one number, TensorFlow.js mistakes the width of images that are not
    // square.
    pad: [
      [0, 0],
      [padding, padding],
      [padding, padding],
      [0, 0],
    ],
    dilations: 1,
    dataFormat: "NHWC",
    dimRoundingMode: "floor",
  };
}

/** (kernel − 1) / 2; @throws ArgumentError for a convolution that these formulae do not cover. */
function samePadding({ attributes }: KernelCall, filterShape: readonly number[]): number {
  const [height, width] = filterShape;
  const strides = [attributes["strides"]].flat();
  const isCovered =
    height === width &&
    height % 2 === 1 &&
    attributes["pad"] === "same" &&
    attributes["dataFormat"] === "NHWC" &&
    strides.every((stride) => stride === 1);
  if (!isCovered) {
    throw new ArgumentError(
      `gradient of a convolution: a square odd kernel with stride 1 and padding "same" is expected, ` +
        `found ${height} × ${width}, stride ${strides.join(" × ")}, padding ${String(attributes["pad"])}`,
    );
  }
  return (height - 1) / 2;
}
