import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../src/packageRoot";

const run = promisify(execFile);
// The stored runs are on the original files.
const withMnist = existsSync(join(packageRoot(), "..", "shared", "mnist")) ? test : test.skip;

/** 20 points of rows that the code of today made, and with it the sessions since. */
const POINTS: Readonly<Record<string, readonly number[]>> = {
  "net1-half-mnist-test": [4409],
  "net1-paper-12-mnist-test": [8054, 4409],
  "net1-paper-8-mnist-test": [8054, 4409],
  "net1-paper-6-mnist-test": [8054, 4409],
  "net1-paper-4-mnist-test": [8054, 4409],
  "net1-classify-half": [3124],
  "net1-classify-paper-12": [2411],
  "net2-half-mnist-test": [187],
  "net2-paper-12-mnist-test": [9310],
  "net2-paper-8-mnist-test": [9310],
  "net2-paper-6-mnist-test": [9310],
  "net2-paper-4-mnist-test": [9310],
  "net2-corrected-12-mnist-test": [9310],
  "net2-corrected-8-mnist-test": [9310],
  "net2-corrected-6-mnist-test": [9310],
  "net2-corrected-4-mnist-test": [9310],
};

interface Recomputed {
  readonly stored: readonly object[];
  readonly now: readonly object[];
}

/** What a stored row says, and what a new one says of the same: it may say more than rows did. */
const numbersOf = (rows: readonly object[], stored: readonly object[]): object[] =>
  rows.map((row, index) =>
    Object.fromEntries(
      Object.entries(row).filter(([key]) => key !== "milliseconds" && key in stored[index]),
    ),
  );

describe("stored rows", () => {
  withMnist(
    "computed anew are equal in all bits but milliseconds (skipped without the MNIST files)",
    async () => {
      const script = join(__dirname, "..", "experiment", "recomputeRows.js");
      const { stdout } = await run(process.execPath, [script, JSON.stringify(POINTS)]);
      const found = JSON.parse(stdout) as Record<string, Recomputed>;
      expect(Object.keys(found)).toEqual(Object.keys(POINTS));
      for (const [name, { stored, now }] of Object.entries(found)) {
        expect(now).toHaveLength(POINTS[name].length);
        expect([name, numbersOf(now, stored)]).toEqual([name, numbersOf(stored, stored)]);
      }
    },
    600_000,
  );
});
