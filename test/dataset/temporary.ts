import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs a test in a new directory with the given files and removes it afterwards. */
export async function inDirectory(
  files: Readonly<Record<string, Uint8Array>>,
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "roundlab-test-"));
  try {
    for (const [name, bytes] of Object.entries(files))
      await writeFile(join(directory, name), bytes);
    await test(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
