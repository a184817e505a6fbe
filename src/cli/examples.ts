import type { Command } from "commander";

/** Command lines that `--help` ends with, by command; a test reads every option in them. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  appmax: [
    "roundlab appmax --network net1 --approximation half --points 0:20",
    "roundlab appmax --network my.safetensors --points 0:100 --fail-above 0.05 --require certified",
    "roundlab appmax --network net1,my.safetensors --bits 8,6,4 --points sample:50",
    "roundlab appmax --points 0:1000 --store rows --json > rows.jsonl    # Ctrl-C, and go on later",
  ],
  bounds: [
    "roundlab bounds --network net1 --approximation half,int8",
    "roundlab bounds --network my.safetensors --domain -1:1 --method both --fail-above 0.5",
    "roundlab bounds --bits 8,4 --domain data --json",
  ],
  interval: [
    "roundlab interval --network net1 --approximation half --time 20",
    "roundlab interval --network net1 --center digit.json --radius 0.01 --json",
    "roundlab interval --network a.safetensors --twin b.safetensors --box box.json --json",
  ],
  prove: [
    "roundlab prove --network net1 --center digit.json --radius 0.004 --epsilon 0.02",
    "roundlab prove --network a.safetensors --twin b.safetensors --domain -1:1 --epsilon 0.05 --time 60",
  ],
  worst: [
    "roundlab worst --network net1 --approximation half --time 10",
    "roundlab worst --bits 8 --center 7 --radius 0.01 --json    # around point 7 of --data",
    "roundlab worst --network my.safetensors --twin pruned.safetensors --domain -1:1 --fail-above 0.5",
    "roundlab worst --center 7 --free 300,301,302 --save worst.npy    # three pixels may move",
  ],
  attribute: [
    "roundlab attribute --center 7 --outputs 3    # at point 7 of --data: attained",
    "roundlab attribute --bits 8 --points sample:100 --by neuron --layers 1 --json",
    "roundlab attribute --center 7 --radius 0.01    # parts of the bound over a box",
  ],
  assign: [
    "roundlab assign --network net1 --epsilon 0.05 --center 7 --radius 0.01",
    "roundlab assign --network my.safetensors --epsilon 0.5 --candidates int4,int8,half --time 300",
    "roundlab assign --epsilon 0.5 --points 0:10 --json    # AppMax of points, attained",
  ],
  accuracy: [
    "roundlab accuracy --network net1,my.safetensors --approximation none,half,int8",
    "roundlab accuracy --bits 8,4 --points sample:500 --json",
    "roundlab accuracy --approximation none,half,12,8,6,4 --data mnist-test    # Table 2",
    "roundlab accuracy --network my.safetensors --data points.npy --labels labels.npy",
  ],
  list: ["roundlab list", "roundlab list --json"],
  reproduce: ["roundlab reproduce", "roundlab reproduce table-3 figure-1 --out out"],
  run: ["roundlab run net1-half-mnist --workers 2", "roundlab run net1-half-mnist --count 100"],
  status: ["roundlab status", "roundlab status --json"],
  results: ["roundlab results", "roundlab results --results my-rows"],
  export: [
    "roundlab export net1-half-mnist --csv --out net1.csv",
    "roundlab export net1-half-mnist --parquet",
  ],
  train: [
    "roundlab train net1",
    "roundlab train net1 --epochs 1 --out out/models",
    "roundlab train mine --layers 32,16 --data points.npy --labels labels.npy --seed 3 --out out/models",
  ],
  install: ["roundlab install --user", "roundlab install --prefix ~/jupyter"],
  uninstall: ["roundlab uninstall --user"],
  doctor: ["roundlab doctor", "roundlab doctor --json"],
  "data list": ["roundlab data list", "roundlab data list --data ~/mnist --json"],
  "data fetch": ["roundlab data fetch mnist", "roundlab data fetch mnist --to ~/mnist"],
  "bench lp": [
    "roundlab bench lp --network net1 --points 0:10",
    "roundlab bench lp --bits 8 --points sample:5",
  ],
  completion: [
    "source <(roundlab completion bash)                  # in ~/.bashrc",
    "roundlab completion fish > ~/.config/fish/completions/roundlab.fish",
  ],
};

/** Ends the help of every command below a program with its examples. */
export function addExamples(program: Command): void {
  for (const { name, command } of leafCommands(program)) {
    const lines = EXAMPLES[name];
    if (lines === undefined) continue;
    command.addHelpText("after", `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }
}

/** A command that does something, with the words that call it. */
export interface LeafCommand {
  readonly name: string;
  readonly command: Command;
}

/** The commands without subcommands, as `data list`. */
export function leafCommands(program: Command, before: readonly string[] = []): LeafCommand[] {
  return program.commands.flatMap((command) => {
    const words = [...before, command.name()];
    return command.commands.length > 0
      ? leafCommands(command, words)
      : [{ name: words.join(" "), command }];
  });
}
