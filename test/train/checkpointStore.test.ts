import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FormatError, StoreError } from "../../src/errors";
import { parseSafetensors, serialiseSafetensors } from "../../src/network/format/safetensors";
import { createRandom } from "../../src/numeric/random";
import { loadCheckpoint, saveCheckpoint } from "../../src/train/checkpointStore";
import { startTraining, type Checkpoint } from "../../src/train/trainNetwork";
import { inDirectory } from "../dataset/temporary";
import { CONVOLUTIONAL_RECIPE, DENSE_RECIPE, IMAGES, TEST_IMAGES } from "./tinyTraining";

/** A checkpoint as after two epochs, with moments that are not zero. */
function someCheckpoint(): Checkpoint {
  const random = createRandom(21);
  const start = startTraining(CONVOLUTIONAL_RECIPE, IMAGES);
  const fill = (values: Float32Array): Float32Array => values.map(() => random.normal());
  return {
    ...start,
    epochsDone: 2,
    moments: start.moments.map(({ first, second }) => {
      return { first: fill(first), second: fill(second) };
    }),
    randomState: random.state(),
    history: [
      { epoch: 1, meanLoss: 1.1, testAccuracy: 0.5 },
      { epoch: 2, meanLoss: 0.1 + 0.2, testAccuracy: 0.75 },
    ],
  };
}

async function withCheckpoint(
  check: (file: string, saved: Checkpoint, directory: string) => void,
): Promise<void> {
  await inDirectory({}, async (directory) => {
    const file = join(directory, "tiny.safetensors");
    const saved = someCheckpoint();
    saveCheckpoint(file, saved);
    check(file, saved, directory);
  });
}

/** Expects a refusal of that class whose message has the words and the way out. */
function expectRefusal(work: () => unknown, kind: new () => Error, words: string): void {
  expect(work).toThrow(kind);
  expect(work).toThrow(words);
  expect(work).toThrow("--checkpoint");
}

describe("loadCheckpoint", () => {
  test("gives back what was saved, bit for bit, and leaves no other file", async () => {
    await withCheckpoint((file, saved, directory) => {
      expect(loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES)).toEqual(saved);
      expect(readdirSync(directory)).toEqual(["tiny.safetensors"]);
    });
  });

  test("gives nothing where there is no file", () => {
    expect(loadCheckpoint("no/such/file", DENSE_RECIPE, IMAGES)).toBeUndefined();
  });

  test("refuses another recipe, even by its learning rate alone", async () => {
    await withCheckpoint((file) => {
      const faster = { ...CONVOLUTIONAL_RECIPE, learningRate: 0.011 };
      for (const recipe of [DENSE_RECIPE, faster]) {
        expectRefusal(() => loadCheckpoint(file, recipe, IMAGES), StoreError, "another recipe");
      }
    });
  });

  test("refuses another training set", async () => {
    await withCheckpoint((file) => {
      const load = (): unknown => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, TEST_IMAGES);
      expectRefusal(load, StoreError, "another training set");
    });
  });

  test("refuses a file cut short at any of some places", async () => {
    await withCheckpoint((file) => {
      const bytes = readFileSync(file);
      for (const length of [0, 7, 100, bytes.length - 1]) {
        writeFileSync(file, bytes.subarray(0, length));
        expect(() => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES)).toThrow(FormatError);
      }
    });
  });

  test("refuses one flipped bit among the values", async () => {
    await withCheckpoint((file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 300] ^= 1;
      writeFileSync(file, bytes);
      const load = (): unknown => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES);
      expectRefusal(load, FormatError, "is damaged");
    });
  });

  test("refuses a safetensors file that is no checkpoint", async () => {
    await withCheckpoint((file) => {
      const { tensors } = parseSafetensors(readFileSync(file), file);
      const texts = ["{", "null", "[]", '{ "recipe": {} }'];
      const others: Record<string, string>[] = texts.map((checkpoint) => ({ checkpoint }));
      for (const metadata of [{}, ...others]) {
        writeFileSync(file, serialiseSafetensors({ tensors, metadata }, "F32"));
        const load = (): unknown => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES);
        expectRefusal(load, FormatError, "is no checkpoint");
      }
    });
  });

  test("refuses notes of which one has another type, before it believes any", async () => {
    await withCheckpoint((file) => {
      const { tensors, metadata } = parseSafetensors(readFileSync(file), file);
      const notes = JSON.parse(metadata["checkpoint"] ?? "");
      for (const name of Object.keys(notes)) {
        const checkpoint = JSON.stringify({ ...notes, [name]: null });
        writeFileSync(file, serialiseSafetensors({ tensors, metadata: { checkpoint } }, "F32"));
        const load = (): unknown => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES);
        expectRefusal(load, FormatError, "is no checkpoint");
      }
    });
  });

  test("refuses a missing tensor and one of another shape", async () => {
    await withCheckpoint((file) => {
      const { tensors, metadata } = parseSafetensors(readFileSync(file), file);
      const load = (): unknown => loadCheckpoint(file, CONVOLUTIONAL_RECIPE, IMAGES);
      writeFileSync(file, serialiseSafetensors({ tensors: tensors.slice(1), metadata }, "F32"));
      expectRefusal(load, FormatError, "has 23 tensors, its recipe needs 24");
      const turned = tensors.map((tensor) =>
        tensor.name === "first.3.weight" ? { ...tensor, shape: [9, 45] } : tensor,
      );
      writeFileSync(file, serialiseSafetensors({ tensors: turned, metadata }, "F32"));
      expectRefusal(load, FormatError, "expected with shape [45, 9], found [9, 45]");
    });
  });
});
