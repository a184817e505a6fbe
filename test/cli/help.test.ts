import { spawnSync } from "node:child_process";
import { completionScript } from "../../src/cli/completion";
import { leafCommands } from "../../src/cli/examples";
import { createProgram } from "../../src/cli/main";

/** The whole help of a command, with what follows its options. */
function helpOf(command: ReturnType<typeof createProgram>): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

describe("--help", () => {
  test("of every command ends with examples, whose commands and options there are", () => {
    for (const { name, command } of leafCommands(createProgram())) {
      const [, examples] = helpOf(command).split("Examples:\n");
      expect([name, examples]).toEqual([name, expect.stringContaining(`roundlab ${name}`)]);
      const known = command.options.flatMap(({ long, short }) => [long, short]);
      const lines = examples.split("\n").filter((line) => /^ +roundlab /.test(line));
      for (const line of lines) {
        for (const [, option] of line.split(/ {2,}/)[1].matchAll(/ (--?[a-z][\w-]*)/g))
          expect([line, known]).toEqual([line, expect.arrayContaining([option])]);
      }
    }
  });
});

describe("completionScript", () => {
  /** What bash offers for the last of some words. */
  function offers(...words: string[]): string[] {
    const array = ["roundlab", ...words].map((word) => `"${word}"`).join(" ");
    const script = `${completionScript("bash", createProgram())}
      COMP_WORDS=(${array}); COMP_CWORD=${words.length}; _roundlab
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  }

  test("has bash complete commands, subcommands and options", () => {
    expect(offers("app")).toEqual(["appmax"]);
    expect(offers("data", "")).toEqual(["list", "fetch"]);
    expect(offers("data", "fetch", "--m")).toEqual(["--mirror"]);
    expect(offers("appmax", "--fail")).toEqual(["--fail-above"]);
    expect(offers("export", "net1-half-mnist", "--pa")).toEqual(["--parquet"]);
    expect(offers("appmax", "--network", "net1", "--req")).toEqual(["--require"]);
  });

  test("names every command and option for fish too, and the shells there are", () => {
    const fish = completionScript("fish", createProgram());
    for (const { name, command } of leafCommands(createProgram())) {
      expect(fish).toContain(name.split(" ").at(-1));
      for (const { long } of command.options) expect(fish).toContain(`-l ${long?.slice(2)}`);
    }
    expect(() => completionScript("tcsh", createProgram())).toThrow(/bash, zsh, fish/);
  });
});
