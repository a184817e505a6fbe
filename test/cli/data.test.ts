import { Command } from "commander";
import { createReadStream, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { describeProgress, registerData } from "../../src/cli/data";
import { openDataset } from "../../src/dataset/openDataset";
import { packageRoot } from "../../src/packageRoot";
import { inDirectory } from "../dataset/temporary";
import { runHere, type Outcome } from "./runHere";

const original = join(packageRoot(), "..", "shared", "mnist");
const withOriginal = existsSync(original) ? test : test.skip;

/** Runs `roundlab data …` in this process and gives back what it wrote. */
function run(...args: readonly string[]): Promise<Outcome> {
  const program = new Command("roundlab");
  registerData(program);
  return runHere(program, ["data", ...args]);
}

/** A mirror on this machine that has the files of a folder, or answers 404. */
async function withMirror(folder: string, test: (mirror: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const path = join(folder, basename(request.url ?? ""));
    if (!existsSync(path)) response.writeHead(404).end();
    else createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("roundlab data list", () => {
  test("says what is there and how to get what is not", async () => {
    await inDirectory({}, async (directory) => {
      const { stdout, exitCode } = await run("list", "--data", directory);
      expect(stdout).toMatch(/mnist-embedded +10,000 images .* \(part of the package\)/);
      expect(stdout).toMatch(/mnist-test +10,000 images .* \(missing in .*\)/);
      expect(stdout).toMatch(/roundlab data fetch mnist/);
      expect(exitCode).toBe(0);
    });
  });

  test("prints one JSON object per data set", async () => {
    await inDirectory({}, async (directory) => {
      const { stdout } = await run("list", "--json", "--data", directory);
      const rows = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(rows.map((row) => [row["name"], row["available"], row["images"]])).toEqual([
        ["mnist-embedded", "yes", 10000],
        ["mnist-train", "no", 60000],
        ["mnist-test", "no", 10000],
        ["mnist", "no", 70000],
      ]);
    });
  });

  withOriginal("finds the files of a folder", async () => {
    const { stdout } = await run("list", "--json", "--data", original);
    expect(stdout.match(/"available":"yes"/g)).toHaveLength(4);
    expect(stdout).toContain('"place":"named"');
  });
});

describe("roundlab data fetch", () => {
  withOriginal("brings files that open as MNIST", async () => {
    await withMirror(original, async (mirror) => {
      await inDirectory({}, async (directory) => {
        const to = join(directory, "mnist");
        const outcome = await run("fetch", "mnist", "--to", to, "--mirror", `${mirror}/`);
        expect(outcome.exitCode).toBe(0);
        expect(outcome.stdout).toContain(`MNIST is in ${to}`);
        expect(outcome.stderr.match(/fetched and checked/g)).toHaveLength(4);
        expect(await readdir(to)).toHaveLength(4);
        expect((await openDataset("mnist-test", { directory: to })).count).toBe(10000);
        const again = await run("fetch", "mnist", "--to", to, "--mirror", mirror);
        expect(again.stderr.match(/already there/g)).toHaveLength(4);
      });
    });
  });

  test("fails with every mirror's reason and leaves nothing", async () => {
    await inDirectory({}, async (directory) => {
      await withMirror(join(directory, "nothing"), async (mirror) => {
        const to = join(directory, "to");
        const outcome = await run("fetch", "mnist", "--to", to, "--mirror", mirror, mirror);
        expect(outcome.exitCode).toBe(1);
        expect(outcome.stderr).toMatch(/no mirror gave train-images-idx3-ubyte.gz/);
        expect(outcome.stderr.match(/failed: answered 404/g)).toHaveLength(2);
        expect(await readdir(to)).toEqual([]);
      });
    });
  });

  test("refuses another name", async () => {
    const outcome = await run("fetch", "cifar");
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toMatch(/nothing to fetch for "cifar"; known: mnist/);
  });
});

describe("describeProgress", () => {
  const receiving = { kind: "receiving", file: "images", mirror: "m" } as const;

  test("draws a bar that is full only at the end", () => {
    const at = (receivedBytes: number): string =>
      describeProgress({ ...receiving, receivedBytes, totalBytes: 2_000_000 });
    expect(at(0)).toBe(`images ${"·".repeat(24)} 0 % of 2.0 MB`);
    expect(at(1_999_999)).toBe(`images ${"█".repeat(23)}· 99 % of 2.0 MB`);
    expect(at(2_000_000)).toBe(`images ${"█".repeat(24)} 100 % of 2.0 MB`);
  });

  test("counts where the server announced no size", () => {
    expect(describeProgress({ ...receiving, receivedBytes: 1_500_000 })).toBe("images 1.5 MB");
  });
});
