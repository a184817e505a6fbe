import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { ALL_RUNS } from "../../src/experiment/namedRuns";
import { packageRoot } from "../../src/packageRoot";
import { EXHIBITS } from "../../src/paper/exhibits";
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

describe("the exhibits", () => {
  test("are those of the one list wherever a command line names them", () => {
    const names = EXHIBITS.map(({ name }) => name).join(" ");
    const bash = completionScript("bash", createProgram());
    expect(bash).toMatch(new RegExp(`"reproduce"\\) words="[^"]* ${names}"`));
    const written: string[] = [];
    const spy = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    return createProgram()
      .parseAsync(["node", "roundlab", "list", "--json"])
      .finally(() => spy.mockRestore())
      .then(() => {
        const listed = written.join("").trim().split("\n");
        const exhibits = listed.map((line) => (JSON.parse(line) as { exhibit: string }).exhibit);
        expect(exhibits.join(" ")).toBe(names);
      });
  });

  test("each stand on runs that there are, and have a notebook", () => {
    const known = ALL_RUNS.map(({ name }) => name);
    for (const { name, runs } of EXHIBITS) {
      expect(runs.filter((run) => !known.includes(run))).toEqual([]);
      expect(existsSync(join(packageRoot(), "notebooks", `${name}.ipynb`))).toBe(true);
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
