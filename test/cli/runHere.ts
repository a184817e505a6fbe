import type { Command } from "commander";

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | string | null | undefined;
}

/** Runs a command line in this process and gives back what it wrote. */
export async function runHere(program: Command, words: readonly string[]): Promise<Outcome> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  const before = process.exitCode;
  try {
    await program.parseAsync([...words], { from: "user" });
    return { ...written, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
