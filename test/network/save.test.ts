import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { approximate } from "../../src/approximate/approximate";
import { loadNetwork } from "../../src/network/load";
import { parseSafetensors } from "../../src/network/format/safetensors";
import { networkBytes, saveNetwork } from "../../src/network/save";
import { tinyConvolution, tinyDense } from "../approximate/tinyNetworks";
import { inDirectory } from "../dataset/temporary";

const size = (bytes: Uint8Array): number =>
  parseSafetensors(bytes, "test").tensors.reduce((sum, { values }) => sum + values.length, 0);

describe("networkBytes", () => {
  test("takes 4 bytes a weight if all are binary32 numbers, else 8, so that nothing is lost", () => {
    const half = approximate(tinyDense(), { kind: "half" });
    const [narrow, wide] = [networkBytes(half), networkBytes(tinyDense())];
    expect(size(narrow)).toBe(9);
    expect(Buffer.from(narrow).includes('"F32"')).toBe(true);
    expect(Buffer.from(wide).includes('"F64"')).toBe(true);
  });
});

describe("saveNetwork", () => {
  test.each(["net.safetensors", "net.json"])(
    "saves what loadNetwork reads back: %s",
    async (name) => {
      await inDirectory({}, async (directory) => {
        const path = join(directory, "new", name);
        await saveNetwork(tinyConvolution(), path);
        const loaded = await loadNetwork(path);
        expect({ ...loaded, name: "tiny-conv" }).toEqual(tinyConvolution());
        expect(await readdir(join(directory, "new"))).toEqual([name]);
      });
    },
  );

  test("rounds to binary32 on request", async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, "net.safetensors");
      await saveNetwork(tinyDense(), path, { precision: "F32" });
      const dense = (await loadNetwork(path)).layers[1];
      expect(dense?.kind === "dense" && dense.weights.data[0]).toBe(Math.fround(0.1));
    });
  });

  test("replaces a file as a whole and leaves it alone when the new one cannot be written", async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, "net.safetensors");
      await writeFile(path, "old");
      const spoilt = tinyConvolution();
      const layer = spoilt.layers[0];
      if (layer?.kind === "conv2d") layer.weights[3] = Number.NaN;
      await expect(saveNetwork(spoilt, path)).rejects.toThrow(/conv1.weight, value 3: NaN/);
      expect(await readFile(path, "utf8")).toBe("old");
      await saveNetwork(tinyConvolution(), path);
      expect(await readdir(directory)).toEqual(["net.safetensors"]);
    });
  });

  test("leaves no temporary file behind when the name is taken by a directory", async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, "net.safetensors");
      await mkdir(path);
      await expect(saveNetwork(tinyDense(), path)).rejects.toMatchObject({ code: "EISDIR" });
      expect(await readdir(directory)).toEqual(["net.safetensors"]);
    });
  });
});
