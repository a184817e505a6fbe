import { ArgumentError } from "../../src/errors";
import { createRandom } from "../../src/numeric/random";
import {
  initialParameters,
  parameterShapes,
  shapeAfter,
  sizeOf,
  type FlowShape,
} from "../../src/train/parameters";
import { NET1_RECIPE, NET2_RECIPE, type LayerRecipe } from "../../src/train/recipe";
import { CONVOLUTIONAL_RECIPE } from "./tinyTraining";

const imageOf = (height: number, width: number): FlowShape => ({
  kind: "image",
  height,
  width,
  channels: 1,
});
const MNIST = imageOf(28, 28);
const shapesOf = (recipe: typeof NET1_RECIPE): string[] =>
  parameterShapes(recipe, MNIST).map(({ name, shape }) => `${name} ${shape.join("×")}`);

describe("parameterShapes", () => {
  test("of Net1 are 784-2000-1000-10", () => {
    expect(shapesOf(NET1_RECIPE)).toEqual([
      "0.weight 784×2000",
      "0.bias 2000",
      "1.weight 2000×1000",
      "1.bias 1000",
      "2.weight 1000×10",
      "2.bias 10",
    ]);
  });

  test("of Net2 end in 12544-1024-10 after the pooling", () => {
    expect(shapesOf(NET2_RECIPE)).toEqual([
      "0.weight 3×3×1×32",
      "0.bias 32",
      "1.weight 3×3×32×64",
      "1.bias 64",
      "3.weight 12544×1024",
      "3.bias 1024",
      "4.weight 1024×10",
      "4.bias 10",
    ]);
  });

  test.each<[string, LayerRecipe, string]>([
    [
      "a convolution",
      { kind: "conv2d", channels: 2, kernel: 3 },
      "a convolution takes rows and columns, but what comes before it are 5 numbers",
    ],
    ["max pooling", { kind: "maxPool2d", window: 2 }, "max pooling takes rows and columns"],
  ])("refuses %s after a dense layer", (_, layer, message) => {
    const layers: LayerRecipe[] = [{ kind: "dense", outputs: 5, dropRate: 0 }, layer];
    const shapes = (): unknown => parameterShapes({ ...NET1_RECIPE, layers }, MNIST);
    expect(shapes).toThrow(ArgumentError);
    expect(shapes).toThrow(message);
  });

  test("refuses an even kernel, which would shrink the image", () => {
    const layers: LayerRecipe[] = [{ kind: "conv2d", channels: 2, kernel: 4 }];
    expect(() => parameterShapes({ ...NET1_RECIPE, layers }, MNIST)).toThrow(
      "must be odd; found 4",
    );
  });
});

describe("shapeAfter", () => {
  test("drops the rows and columns that fill no window", () => {
    const pooled = shapeAfter({ kind: "maxPool2d", window: 2 }, imageOf(7, 5));
    expect(pooled).toEqual({ kind: "image", height: 3, width: 2, channels: 1 });
    expect(sizeOf(pooled)).toBe(6);
  });
});

describe("initialParameters", () => {
  const input = imageOf(6, 7);

  test("fill ±1/√fan-in and no more", () => {
    const shapes = parameterShapes(CONVOLUTIONAL_RECIPE, input);
    const drawn = initialParameters(CONVOLUTIONAL_RECIPE, input, createRandom(1));
    drawn.forEach(({ values }, index) => {
      const reach = 1 / Math.sqrt(shapes[index].fanIn);
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(Math.fround(reach));
      if (values.length > 100) expect(largest).toBeGreaterThan(0.9 * reach);
    });
  });

  test("are the same for the same seed and differ for another", () => {
    const draw = (seed: number): unknown =>
      initialParameters(CONVOLUTIONAL_RECIPE, input, createRandom(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});
