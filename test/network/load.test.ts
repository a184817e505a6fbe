import { createHash } from "node:crypto";
import { join } from "node:path";
import { ArgumentError, FormatError } from "../../src/errors";
import { networkChecksum } from "../../src/experiment/appMaxExperiment";
import { evaluate } from "../../src/network/evaluate";
import { formatNetworkJson } from "../../src/network/format/json";
import { loadNetwork, loadNetworkFile, networkNames } from "../../src/network/load";
import { networkBytes } from "../../src/network/save";
import { tinyConvolution, tinyDense } from "../approximate/tinyNetworks";
import { inDirectory } from "../dataset/temporary";
import { tensorsBytes } from "./format/safetensorsBytes";

describe("loadNetwork", () => {
  test("loads a network by the name of a file among the models", async () => {
    await inDirectory({ "tiny.safetensors": networkBytes(tinyDense()) }, async (models) => {
      expect(await loadNetwork("tiny", { models })).toEqual(tinyDense());
    });
  });

  test("loads a safetensors file and a JSON file from a path", async () => {
    const files = {
      "a.safetensors": networkBytes(tinyConvolution()),
      "b.json": Buffer.from(formatNetworkJson(tinyDense())),
    };
    await inDirectory(files, async (directory) => {
      const convolution = await loadNetwork(join(directory, "a.safetensors"));
      expect(convolution).toEqual({ ...tinyConvolution(), name: "a" });
      expect(await loadNetwork(join(directory, "b.json"))).toEqual(tinyDense());
    });
  });

  test("passes options on to files that do not describe themselves", async () => {
    const bytes = tensorsBytes({
      "fc1.weight": { shape: [1, 2], values: [1, 2] },
      "fc1.bias": { shape: [1], values: [3] },
    });
    await inDirectory({ "plain.safetensors": bytes }, async (models) => {
      const network = await loadNetwork("plain", { models, normalisation: "none" });
      expect(Array.from(evaluate(network, Float64Array.of(1, 1)))).toEqual([6]);
      const american = await loadNetwork("plain", { models, normalization: "none" });
      expect(american).toEqual(network);
      await expect(loadNetwork("plain", { models })).rejects.toThrow(
        /plain.safetensors: the file does not say how inputs are normalised/,
      );
    });
  });

  test.each([
    ["net1", "cfb5e118de6fb12bfb93ee6fe3cc159eb7368a64c361a19e036fd966392b2ebf"],
    ["net2", "2c409453e78ceb9b37b71bf4e3d7ede22923afb2629e6854b1a6217407d2df7d"],
  ])(
    "loads %s to the bit of the checksum that stored rows have, nothing assumed",
    async (name, sum) => {
      const network = await loadNetwork(name);
      expect(networkChecksum(network)).toBe(sum);
      expect(network.assumptions).toBeUndefined();
    },
  );

  test("refuses an unknown name with the list of known ones", async () => {
    const files = { "b.safetensors": new Uint8Array(0), "a.safetensors": new Uint8Array(0) };
    await inDirectory(files, async (models) => {
      await expect(loadNetwork("net9", { models })).rejects.toBeInstanceOf(ArgumentError);
      await expect(loadNetwork("net9", { models })).rejects.toThrow(
        /no network and no file "net9"; known networks: a, b; or give a path/,
      );
    });
  });

  test("puts the network first that a mistyped name is nearest to", async () => {
    const names = ["abacus", "lenet", "net1"];
    const files = names.map((name) => [`${name}.safetensors`, new Uint8Array(0)] as const);
    await inDirectory(Object.fromEntries(files), async (models) => {
      await expect(loadNetwork("nte1", { models })).rejects.toThrow(
        /known networks: net1, lenet, abacus;/,
      );
    });
  });

  test("refuses a file that is no network, without the path of the machine", async () => {
    await inDirectory({ "bad.safetensors": new Uint8Array(3) }, async (models) => {
      await expect(loadNetwork("bad", { models })).rejects.toBeInstanceOf(FormatError);
      await expect(loadNetwork("bad", { models })).rejects.toThrow(/^bad.safetensors: expected/);
    });
  });
});

describe("loadNetworkFile", () => {
  test("gives the metadata and the checksum of the file", async () => {
    const bytes = networkBytes(tinyDense(), { metadata: { seed: "7" } });
    await inDirectory({ "tiny.safetensors": bytes }, async (models) => {
      const file = await loadNetworkFile("tiny", { models });
      expect(file.metadata["seed"]).toBe("7");
      expect(file.checksum).toBe(createHash("sha256").update(bytes).digest("hex"));
    });
  });
});

describe("networkNames", () => {
  test("is empty where there is no directory", async () => {
    expect(await networkNames("/nonexistent/models")).toEqual([]);
  });
});
