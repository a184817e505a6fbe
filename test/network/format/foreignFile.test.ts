import { existsSync, readdirSync } from "node:fs";
import { rm, truncate, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { FormatError } from "../../../src/errors";
import { formatNetworkJson } from "../../../src/network/format/json";
import { loadNetwork } from "../../../src/network/load";
import { networkBytes } from "../../../src/network/save";
import { packageRoot } from "../../../src/packageRoot";
import { tinyDense } from "../../approximate/tinyNetworks";
import { inDirectory } from "../../dataset/temporary";
import { safetensorsBytes, tensorsBytes } from "./safetensorsBytes";

const real = join(packageRoot(), "..", "shared", "networks");
const withReal = existsSync(real) ? test : test.skip;

const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, "latin1"));
/** A zip whose first entry has this name. */
const zip = (name: string): Uint8Array => text(`PK\u0003\u0004${"\0".repeat(26)}${name}`);

describe("a file of another kind", () => {
  test.each<[string, Uint8Array, RegExp]>([
    [
      "PyTorch archive",
      zip("net/data.pkl"),
      /is a PyTorch file: save its state dict as safetensors/,
    ],
    ["TorchScript archive", zip("net/constants.pkl"), /is a PyTorch file/],
    ["pickle", text("\u0080\u0002ccollections"), /is a PyTorch file or another Python pickle/],
    ["Keras archive", zip("model.weights.h5"), /is a Keras file/],
    ["NumPy arrays", zip("arr_0.npy"), /is NumPy arrays \(\.npz\)/],
    ["zip", zip("readme.txt"), /is a zip archive: unpack it first/],
    ["gzip", gzipSync("x"), /is packed by gzip: unpack it first/],
    ["HDF5", text("\u0089HDF\r\n\u001a\n"), /is an HDF5 file \(Keras \.h5\)/],
    ["NumPy array", text("\u0093NUMPY\u0001\0"), /is a NumPy array/],
    [".nnet", text("// Neural Network File Format\n"), /is a \.nnet file/],
    ["ONNX", text("\u0008\u0007\u0012\u0004test"), /is an ONNX file/],
    ["TensorFlow Lite", text("\u001c\0\0\0TFL3"), /is a TensorFlow Lite file/],
    ["TensorFlow.js", text('{"modelTopology": {}}'), /is a TensorFlow\.js model/],
    ["an error page", text("<!doctype html>"), /is a page/],
    [
      "numbers",
      text("1,2,3,4,5,6\n"),
      /neither safetensors nor JSON; it starts with the bytes 31 2c 32/,
    ],
    ["zeros", new Uint8Array(64), /neither safetensors nor JSON; it starts with the bytes 00 00 /],
  ])("is named as what it is, whatever its name ends in: %s", async (_, bytes, message) => {
    for (const ending of ["safetensors", "json", "bin"]) {
      await inDirectory({ [`net.${ending}`]: bytes }, async (directory) => {
        const refused = loadNetwork(join(directory, `net.${ending}`));
        await expect(refused).rejects.toBeInstanceOf(FormatError);
        await expect(loadNetwork(join(directory, `net.${ending}`))).rejects.toThrow(message);
      });
    }
  });

  const named: Readonly<Record<string, RegExp>> = {
    onnx: /is an ONNX file/,
    onnx_ops: /is an ONNX file/,
    quant: /is an ONNX file/,
    keras: /is an HDF5 file/,
    nnet: /is a \.nnet file/,
    torch: /is a PyTorch file/,
    torch_own: /is a PyTorch file/,
  };
  withReal.each(Object.entries(named))(
    "is named, each of the real ones in %s",
    async (folder, message) => {
      const files = readdirSync(join(real, folder), { recursive: true, encoding: "utf8" }).filter(
        (name) => /\.(onnx|h5|nnet|pth?)$/.test(name),
      );
      expect(files.length).toBeGreaterThan(0);
      for (const name of files) {
        await expect(loadNetwork(join(real, folder, name))).rejects.toThrow(message);
      }
    },
  );

  withReal("is named, each real TensorFlow.js model", async () => {
    for (const name of ["abalone", "mnist_workshop", "own_conv_bn"]) {
      const path = join(real, "tfjs", name, "model.json");
      await expect(loadNetwork(path)).rejects.toThrow(/is a TensorFlow\.js model/);
    }
  });

  withReal("is refused, whatever real data it holds", async () => {
    for (const name of readdirSync(join(real, "data"))) {
      const refused = loadNetwork(join(real, "data", name));
      await expect(refused).rejects.toBeInstanceOf(FormatError);
    }
  });
});

describe("a network's file", () => {
  test("is read by its content, not by the ending of its name", async () => {
    const files = {
      "a.bin": networkBytes(tinyDense()),
      "b.txt": text(` \n${formatNetworkJson(tinyDense())}`),
      "c.json": networkBytes(tinyDense()),
      "d.safetensors": Buffer.from(`\ufeff${formatNetworkJson(tinyDense())}`),
    };
    await inDirectory(files, async (directory) => {
      for (const name of Object.keys(files)) {
        const { layers } = await loadNetwork(join(directory, name));
        expect(layers).toEqual(tinyDense().layers);
      }
    });
  });

  test("is refused before its body is read, however large it is", async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, "large.safetensors");
      const starts = [
        // Nothing but zeros; a header without tensors; tensors that are no network; a short header.
        new Uint8Array(8),
        safetensorsBytes({}),
        tensorsBytes({ "conv1.weight": { shape: [1, 1, 1, 1], values: [1] } }),
        safetensorsBytes({ a: { dtype: "F32", shape: [4], data_offsets: [0, 16] } }),
      ];
      for (const start of starts) {
        await writeFile(path, start);
        // A hole: two gigabytes that take no room on the disk and would take long to read.
        await truncate(path, 2 ** 31);
        const before = process.memoryUsage().arrayBuffers;
        await expect(loadNetwork(path)).rejects.toBeInstanceOf(FormatError);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
      }
      await rm(path);
    });
  });

  test("is refused by its header when the header fits and its tensors are no network", async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, "large.safetensors");
      const size = 2 ** 30;
      const shape = [size / 4 / 32, 2, 4, 4];
      const start = safetensorsBytes({
        "conv1.weight": { dtype: "F32", shape, data_offsets: [0, size] },
      });
      await writeFile(path, start);
      await truncate(path, start.length + size);
      const before = process.memoryUsage().arrayBuffers;
      await expect(loadNetwork(path)).rejects.toThrow(
        /conv1.weight .*: a convolution, whose stride/,
      );
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
      await rm(path);
    });
  });

  test("may hold counters of whole numbers beside its weights, and nothing else of that kind", async () => {
    const weights = {
      "fc1.weight": { dtype: "F32", shape: [1, 1], data_offsets: [0, 4] },
      step: { dtype: "I64", shape: [], data_offsets: [4, 12] },
    };
    const files = {
      "good.safetensors": safetensorsBytes(weights, new Uint8Array(12)),
      "bad.safetensors": safetensorsBytes(
        { ...weights, table: { dtype: "I32", shape: [2], data_offsets: [12, 20] } },
        new Uint8Array(20),
      ),
    };
    await inDirectory(files, async (directory) => {
      const normalisation = "none";
      const good = await loadNetwork(join(directory, "good.safetensors"), { normalisation });
      expect(good.inputSize).toBe(1);
      await expect(
        loadNetwork(join(directory, "bad.safetensors"), { normalisation }),
      ).rejects.toThrow(/tensor table has no place in a chain/);
    });
  });

  test("that describes itself is not described a second time by options", async () => {
    const files = {
      "a.safetensors": networkBytes(tinyDense()),
      "b.json": Buffer.from(formatNetworkJson(tinyDense())),
    };
    await inDirectory(files, async (directory) => {
      for (const name of Object.keys(files)) {
        await expect(loadNetwork(join(directory, name), { normalisation: "none" })).rejects.toThrow(
          /so normalisation would be said twice; leave the option out/,
        );
      }
    });
  });

  test("with a layer's activation in a field of its own is refused, not read without it", async () => {
    const json = JSON.parse(formatNetworkJson(tinyDense())) as { layers: object[] };
    json.layers[0] = { ...json.layers[0], activation: "tanh" };
    await inDirectory({ "a.json": Buffer.from(JSON.stringify(json)) }, async (directory) => {
      await expect(loadNetwork(join(directory, "a.json"))).rejects.toThrow(
        /layer 1: unknown field activation; there are kind, /,
      );
    });
  });

  test("and its architecture are asked for by name where they are missing", async () => {
    await inDirectory({ "a.json": text("{") }, async (directory) => {
      await expect(loadNetwork(directory)).rejects.toThrow(/is a folder; give a .safetensors/);
      await expect(loadNetwork(join(directory, "a.json"))).rejects.toThrow(/a.json: no JSON/);
      const architecture = join(directory, "none.json");
      await expect(loadNetwork(join(directory, "a.json"), { architecture })).rejects.toThrow(
        /there is no file .*none.json; an architecture is a JSON file/,
      );
    });
  });

  test("has its name shown without escape sequences", async () => {
    const name = "\u001b[2Jevil.safetensors";
    await inDirectory({ [name]: networkBytes(tinyDense()) }, async (directory) => {
      const network = await loadNetwork(join(directory, name));
      expect(network.name).toBe("\\u{1b}[2Jevil");
      expect(extname(network.name)).toBe("");
    });
  });
});
