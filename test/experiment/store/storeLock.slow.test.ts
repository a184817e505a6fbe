import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a contender counts. */
interface Contention {
  readonly opened: number;
  readonly overlaps: number;
  readonly left: number;
  /** Refusals for another reason than that somebody is inside. */
  readonly unlucky: number;
}

/** Four processes that open and leave the same store for some seconds. */
async function contend(share: number): Promise<Contention> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-stress-"));
  try {
    const script = path.join(__dirname, "lockContender.js");
    const all = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { stdout } = await run(process.execPath, [script, folder, "4000", String(share)]);
        return JSON.parse(stdout) as Contention;
      }),
    );
    // A lock that was left behind may stand there still, and nothing else.
    expect(fs.readdirSync(folder).filter((name) => name !== "lock")).toEqual([]);
    return all.reduce((sum, one) => ({
      opened: sum.opened + one.opened,
      overlaps: sum.overlaps + one.overlaps,
      left: sum.left + one.left,
      unlucky: sum.unlucky + one.unlucky,
    }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

describe("the lock of a store", () => {
  test("has one holder at a time when four processes open it in a loop", async () => {
    const { opened, overlaps, unlucky } = await contend(0);
    expect(opened).toBeGreaterThan(20);
    expect({ overlaps, unlucky }).toEqual({ overlaps: 0, unlucky: 0 });
  });

  test("has one holder at a time when all four take over locks of killed processes", async () => {
    const { opened, overlaps, left, unlucky } = await contend(0.4);
    expect(opened).toBeGreaterThan(20);
    expect(left).toBeGreaterThan(5);
    expect({ overlaps, unlucky }).toEqual({ overlaps: 0, unlucky: 0 });
  });
});
