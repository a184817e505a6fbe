import type { Command } from "commander";
import type { NamedColumn } from "../claim/column";
import { EXHIBITS } from "../paper/exhibits";
import { renderText } from "../present/table/showTable";
import { createTable } from "../present/table/table";
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
  const rows = EXHIBITS.map(({ name, title, runs, columns = [] }) => ({
    exhibit: name,
    title,
    notebook: `notebooks/${name}.ipynb`,
    runs: isJson ? runs : runs.join(" "),
    ...(isJson ? { columns: columns.map(describeColumn) } : {}),
  }));
  if (isJson) for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  else {
    const caption =
      "Exhibits: roundlab reproduce EXHIBIT runs its notebook, roundlab run RUN computes its rows";
    process.stdout.write(`${renderText(createTable(rows, { caption }))}\n`);
  }
  return EXIT.done;
}

/** What programs may want to know of a column; how people are shown it is left out. */
function describeColumn({ name, type, unit, kind, meaning }: NamedColumn) {
  return { name, type, unit, kind, meaning };
}
