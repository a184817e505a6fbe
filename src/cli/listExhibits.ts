import type { Command } from "commander";
import { declareColumns, type NamedColumn } from "../claim/column";
import type { Exhibit } from "../paper/exhibit";
import { EXHIBITS } from "../paper/exhibits";
import { declaredTable } from "../present/table/declaredTable";
import { renderText } from "../present/table/showTable";
import { EXIT, runCommand } from "./command";

/** `roundlab list`: the exhibits of the paper, and the runs whose stored rows they stand on. */
export function registerList(program: Command): void {
  program
    .command("list")
    .description("the exhibits of the paper, their notebooks, and the runs that they stand on")
    .option("--json", "one JSON object per exhibit")
    .action(({ json }: { readonly json?: boolean }) => runCommand(async () => list(json === true)));
}

function list(isJson: boolean): number {
  if (isJson) {
    for (const one of EXHIBITS) process.stdout.write(`${JSON.stringify(describeExhibit(one))}\n`);
    return EXIT.done;
  }
  const caption =
    "Exhibits: roundlab reproduce EXHIBIT runs its notebook, roundlab run RUN computes its rows";
  process.stdout.write(`${renderText(declaredTable(EXHIBIT_COLUMNS, EXHIBITS, { caption }))}\n`);
  return EXIT.done;
}

const notebookOf = (name: string): string => `notebooks/${name}.ipynb`;

/** The columns of the list. */
const EXHIBIT_COLUMNS = declareColumns<
  Pick<Exhibit, "name" | "title" | "runs">,
  "exhibit" | "notebook" | "runs",
  "name" | "runs"
>({
  exhibit: { type: "text", meaning: "what `roundlab reproduce` takes", read: ({ name }) => name },
  title: { type: "text", meaning: "what it shows" },
  notebook: { type: "text", meaning: "where it is made", read: ({ name }) => notebookOf(name) },
  runs: {
    type: "text",
    meaning: "the runs whose stored rows it stands on",
    read: ({ runs }) => runs.join(" "),
  },
});

/** An exhibit as one line of JSON. */
function describeExhibit({ name, title, runs, columns = [] }: Exhibit) {
  const notebook = notebookOf(name);
  return { exhibit: name, title, notebook, runs, columns: columns.map(describeColumn) };
}

/** What programs may want to know of a column; how people are shown it is left out. */
function describeColumn({ name, type, unit, kind, meaning }: NamedColumn) {
  return { name, type, unit, kind, meaning };
}
