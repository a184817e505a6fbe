import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

describe("AppMax of Net2", () => {
  test("has the same bits with one worker and with two", async () => {
    const script = join(__dirname, "workerRows.js");
    const { stdout } = await run(process.execPath, [script, "1", "2"]);
    // Rows as JSON, which keeps every bit of a number.
    const [one, two] = JSON.parse(stdout) as { point: number; solver: string }[][];
    expect(one.map(({ point, solver }) => [point, solver])).toEqual(
      [0, 1, 2, 3].map((point) => [point, "interior"]),
    );
    expect(two).toEqual(one);
  }, 300_000);
});
