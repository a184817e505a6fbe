import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { measureAccuracy } from "../../src/analyse/accuracy";
import { sha256 } from "../../src/dataset/checksum";
import { loadEmbeddedMnist } from "../../src/dataset/mnist/loadEmbedded";
import { loadMnist } from "../../src/dataset/mnist/loadMnist";
import { loadNetwork } from "../../src/network/load";
import { packageRoot } from "../../src/packageRoot";
import { NET1_RECIPE, NET2_RECIPE } from "../../src/train/recipe";

interface Card {
  readonly name: string;
  readonly command: string;
  readonly testAccuracy: number;
  readonly sha256: string;
  readonly parameters: number;
  readonly recipe: unknown;
  readonly data: { readonly test: { readonly sha256: string } };
  readonly epochs: readonly { readonly epoch: number; readonly meanLoss: number }[];
}

const MODELS = join(packageRoot(), "models");
const MNIST = join(packageRoot(), "..", "shared", "mnist");
const withMnist = existsSync(MNIST) ? test : test.skip;

describe.each([
  { recipe: NET1_RECIPE, least: 0.982, parameters: 3_581_010, points: 40, layers: 6 },
  { recipe: NET2_RECIPE, least: 0.991, parameters: 12_875_146, points: 10, layers: 9 },
])("models/$recipe.name", ({ recipe, least, parameters, points, layers }) => {
  const file = join(MODELS, `${recipe.name}.safetensors`);
  const card = JSON.parse(readFileSync(join(MODELS, `${recipe.name}.card.json`), "utf8")) as Card;

  test("was made by the recipe that roundlab train follows, and its card is of this file", () => {
    expect(card.recipe).toEqual(recipe);
    expect(card.sha256).toBe(sha256(readFileSync(file)));
    expect(card.command).toBe(`roundlab train ${recipe.name} --backend wasm`);
    expect(card.parameters).toBe(parameters);
    expect(card.testAccuracy).toBeGreaterThanOrEqual(least);
    expect(card.epochs.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: recipe.epochs }, (_, index) => index + 1),
    );
  });

  test("knows digits, evaluated in binary64", async () => {
    const network = await loadNetwork(file);
    expect(network.layers).toHaveLength(layers);
    const first = Array.from({ length: points }, (_, index) => index);
    const { fraction } = await measureAccuracy(network, await loadEmbeddedMnist(), first);
    expect(fraction).toBeGreaterThanOrEqual(0.95);
  });

  withMnist("names the test set that loadMnist gives", async () => {
    const { checksum } = await loadMnist({ split: "test", directory: MNIST });
    expect(card.data.test.sha256).toBe(checksum);
  });
});
