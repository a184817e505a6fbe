import { exchangeLayers, roundedLayers } from "../../src/analyse/exchangeLayers";
import { createTwins } from "../../src/analyse/twin";
import { ShapeError } from "../../src/errors";
import { createRandom } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../network/randomNetwork";

const network = randomConvolutionalNetwork(createRandom(1));
const twins = createTwins(network, perturbed(network, 0.01, createRandom(2)));

describe("layers exchanged between twins", () => {
  test("are Ñ's where they are named and N's elsewhere", () => {
    const { approximated } = exchangeLayers(twins, [2, 7]);
    approximated.layers.forEach((layer, index) => {
      const owner = [2, 7].includes(index + 1) ? twins.approximated : network;
      expect(layer).toBe(owner.layers[index]);
    });
    expect(approximated.name).toContain("layers 2, 7");
    expect(approximated.approximation).toBeUndefined();
  });

  test("are those that approximations may touch: no normalisation, no ReLU", () => {
    expect(roundedLayers(network).map((layer) => network.layers[layer - 1].kind)).toEqual([
      "conv2d",
      "dense",
      "dense",
    ]);
  });

  test("are refused where there is no such layer or no common architecture", () => {
    expect(() => exchangeLayers(twins, [8])).toThrow(
      new ShapeError("there is no layer 8; they are 1 to 7"),
    );
    expect(() => exchangeLayers(twins, [0])).toThrow(ShapeError);
    const [one, other] = [
      [3, 4, 2],
      [3, 4, 4, 2],
    ].map((sizes) => randomDenseNetwork(sizes, createRandom(3)));
    expect(() => exchangeLayers(createTwins(one, other), [1])).toThrow("one architecture");
  });
});
