import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelError } from "../../../src/errors";
import { connectKernel, startKernel } from "../../../kernel/execute/kernelClient";
import { startKernelProcess } from "../../../kernel/execute/kernelProcess";

let folder: string;
let temporary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
  temporary = join(folder, "temporary");
  mkdirSync(temporary);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("startKernelProcess", () => {
  test("whose kernel ends before it answers rejects with its last words, and leaves nothing", async () => {
    const script = join(folder, "dying.js");
    writeFileSync(script, 'process.stderr.write("no such luck\\n"); process.exitCode = 7;');
    const kernel = await startKernelProcess(folder, { script, temporary });
    expect(readdirSync(temporary)).toHaveLength(1);
    const connected = connectKernel(kernel);
    await expect(connected).rejects.toThrow(KernelError);
    await expect(connected).rejects.toThrow(
      /ended with exit code 7; its last words:\nno such luck$/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("of a folder that is not there says so, and leaves nothing", async () => {
    await expect(startKernel(join(folder, "none"), { temporary })).rejects.toThrow(
      /cannot be started/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("listens in a private folder, or on the loopback where the folder's path is too long", async () => {
    const deep = join(temporary, "x".repeat(120));
    mkdirSync(deep);
    const script = join(folder, "none.js");
    const short = await startKernelProcess("/", { script, temporary });
    const long = await startKernelProcess("/", { script, temporary: deep });
    expect([short.connection.transport, long.connection.transport]).toEqual(["ipc", "tcp"]);
    expect(long.connection.ip).toBe("127.0.0.1");
    for (const kernel of [short, long]) {
      await expect(kernel.ended).rejects.toThrow(KernelError);
      await kernel.end(() => undefined);
    }
  });
});
