import type { Command } from "commander";
import { ArgumentError } from "../errors";
import { nearestFirst } from "../nearestNames";
import { plainText } from "../quoteName";
import { ARGUMENT_WORDS } from "./argumentWords";
import { EXIT, runCommand } from "./command";
import { leafCommands } from "./examples";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** `roundlab completion`: a script that has a shell complete commands and options. */
export function registerCompletion(program: Command): void {
  program
    .command("completion")
    .description("print a script that completes roundlab's commands and options in a shell")
    .argument("<shell>", SHELLS.join(", "))
    .action((shell: string) =>
      runCommand(async () => {
        process.stdout.write(completionScript(shell, program));
        return EXIT.done;
      }),
    );
}

/** What may follow the words before it: subcommands or options. */
interface Step {
  readonly after: string;
  readonly words: readonly string[];
}

/** @throws ArgumentError naming the shells there are */
export function completionScript(shell: string, program: Command): string {
  const steps = stepsOf(program);
  switch (shell) {
    case "bash":
      return bashScript(steps);
    case "zsh":
      return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(steps)}`;
    case "fish":
      return fishScript(steps);
    default:
      throw new ArgumentError(
        `there is no completion for "${plainText(shell)}"; there are ${nearestFirst(shell, SHELLS).join(", ")}`,
      );
  }
}

function stepsOf(program: Command): Step[] {
  const leaves = leafCommands(program);
  const groups = program.commands.filter(({ commands }) => commands.length > 0);
  return [
    {
      after: "",
      words: [...program.commands.map((command) => command.name()), "--help", "--version"],
    },
    ...groups.map((group) => ({
      after: group.name(),
      words: group.commands.map((command) => command.name()),
    })),
    ...leaves.map(({ name, command }) => ({
      after: name,
      words: [
        ...command.options.map(({ long, short }) => long ?? short ?? ""),
        "--help",
        ...(ARGUMENT_WORDS[name] ?? []),
      ],
    })),
  ];
}

/** Options complete after a dash; elsewhere files do, as most options take one. */
function bashScript(steps: readonly Step[]): string {
  const cases = steps
    .map(({ after, words }) => `    "${after}") words="${words.join(" ")}" ;;`)
    .join("\n");
  return `_roundlab() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" i
  for ((i = 1; i < COMP_CWORD && i < 3; i++)); do
    case "\${COMP_WORDS[i]}" in
      -*) break ;;
      *) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  # The first word is enough for commands without subcommands: their arguments come second.
  case "$path" in ${steps
    .filter(({ after }) => after.includes(" "))
    .map(({ after }) => `"${after}"`)
    .join("|")}) ;; *) path="\${path%% *}" ;; esac
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _roundlab roundlab
`;
}

function fishScript(steps: readonly Step[]): string {
  return steps
    .map(({ after, words }) => {
      const condition =
        after === ""
          ? "__fish_use_subcommand"
          : after
              .split(" ")
              .map((word) => `__fish_seen_subcommand_from ${word}`)
              .join("; and ");
      const options = words.filter((word) => word.startsWith("--"));
      const names = words.filter((word) => !word.startsWith("-"));
      const lines = options.map(
        (option) => `complete -c roundlab -n '${condition}' -l ${option.slice(2)}`,
      );
      if (names.length > 0)
        lines.push(`complete -c roundlab -f -n '${condition}' -a '${names.join(" ")}'`);
      return `${lines.join("\n")}\n`;
    })
    .join("");
}
