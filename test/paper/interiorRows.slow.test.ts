import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";
import { packageRoot } from "../../src/packageRoot";
import { CERTIFIED_RELATIVE_GAP } from "../../src/numeric/tolerance";

const run = promisify(execFile);
// The stored runs are on the original files.
const withMnist = existsSync(join(packageRoot(), "..", "shared", "mnist")) ? test : test.skip;

/** Points of Net2, 3019 with multipliers of outputs; at 4 bits some have hundreds of ties. */
const POINTS: Readonly<Record<string, readonly number[]>> = {
  "net2-half-mnist-test": [9175, 2869, 3019, 7566],
  "net2-paper-8-mnist-test": [9310, 9175, 2869],
  "net2-paper-4-mnist-test": [9310, 9175, 2869],
};

describe("the interior point engine", () => {
  withMnist(
    "finds the stored maxima of Net2, and certifies them (skipped without the MNIST files)",
    async () => {
      const script = join(__dirname, "..", "experiment", "recomputeRows.js");
      const { stdout } = await run(process.execPath, [script, JSON.stringify(POINTS), "interior"]);
      const found = JSON.parse(stdout) as Record<string, { stored: AppMaxRow[]; now: AppMaxRow[] }>;
      expect(Object.keys(found)).toEqual(Object.keys(POINTS));
      for (const [name, { stored, now }] of Object.entries(found)) {
        expect(now).toHaveLength(POINTS[name].length);
        now.forEach((row, index) => {
          const before = stored[index];
          expect(row).toMatchObject({ status: "certified", solver: "interior" });
          expect(row.reason).toBeUndefined();
          const scale = Math.max(before.maximum, 1e-2);
          const difference = Math.abs(row.maximum - before.maximum);
          expect(difference).toBeLessThan(CERTIFIED_RELATIVE_GAP * scale);
          expect(row.upperBound).toBeGreaterThanOrEqual(before.maximum - 1e-12 * scale);
          expect(row.maximum).toBeGreaterThanOrEqual(row.error);
        });
      }
    },
    600_000,
  );
});
