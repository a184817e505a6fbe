import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ArgumentError } from "../../../src/errors";
import { largestIndex } from "../../../src/analyse/accuracy";
import { pointOf, type Dataset } from "../../../src/dataset/dataset";
import {
  runAccuracy,
  type AccuracyRow,
  type AccuracyRun,
} from "../../../src/experiment/variant/runAccuracy";
import { evaluate } from "../../../src/network/evaluate";
import type { Network } from "../../../src/network/network";
import { createRandom } from "../../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../../network/randomNetwork";
import { smallDataset } from "../smallRun";

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-accuracy-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function accuracyRun(count: number): AccuracyRun & { readonly dataset: Dataset } {
  const random = createRandom(8);
  const network = randomDenseNetwork([16, 9, 3], random);
  const approximated = perturbed(network, 0.3, random);
  return { network, approximated, approximation: "test", dataset: smallDataset(count) };
}

const numbersOf = (rows: readonly AccuracyRow[]): object[] =>
  rows.map(({ block, classes, correct }) => ({ block, classes, correct }));

describe("runAccuracy", () => {
  test("gives every image the class of the largest logit, whatever the number of workers", async () => {
    const run = accuracyRun(230);
    const one = await runAccuracy(run, { workers: 1 });
    const three = await runAccuracy(run, { workers: 3 });
    expect(one.rows.map(({ classes }) => classes.length)).toEqual([100, 100, 30]);
    expect(numbersOf(three.rows)).toEqual(numbersOf(one.rows));
    const plain = Array.from({ length: 230 }, (_, point) =>
      largestIndex(evaluate(run.approximated, pointOf(run.dataset, point))),
    );
    expect(one.rows.flatMap(({ classes }) => classes)).toEqual(plain);
    const correct = plain.filter((found, point) => found === run.dataset.labels[point]).length;
    expect(one.rows.reduce((sum, row) => sum + row.correct, 0)).toBe(correct);
  });

  test("classifies convolutional networks as plain evaluation does", async () => {
    const random = createRandom(9);
    const network: Network = randomConvolutionalNetwork(random);
    const pixels = Uint8Array.from({ length: 20 * 36 }, () => random.below(256));
    const dataset = { ...smallDataset(20), rows: 6, columns: 6, pixels };
    const { rows } = await runAccuracy({
      network,
      approximated: network,
      approximation: "none",
      dataset,
    });
    expect(rows[0].classes).toEqual(
      Array.from({ length: 20 }, (_, point) =>
        largestIndex(evaluate(network, pointOf(dataset, point))),
      ),
    );
  });

  test("goes on from the blocks that are stored", async () => {
    const run = accuracyRun(230);
    await runAccuracy({ ...run, blocks: [1] }, { store: root });
    const counts: number[] = [];
    const { rows } = await runAccuracy(run, {
      store: root,
      onProgress: (done) => counts.push(done),
    });
    expect(counts).toEqual([100, 200, 300]);
    expect(numbersOf(rows)).toEqual(numbersOf((await runAccuracy(run)).rows));
  });

  test("refuses blocks beyond the data set, naming those there are", async () => {
    const run = { ...accuracyRun(230), blocks: [3] };
    await expect(runAccuracy(run)).rejects.toThrow(ArgumentError);
    await expect(runAccuracy(run)).rejects.toThrow(/has blocks 0 to 2 of 100 images, asked for 3/);
  });
});
