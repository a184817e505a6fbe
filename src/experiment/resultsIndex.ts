import * as fs from "node:fs";
import * as path from "node:path";
import type { Network } from "../network/network";
import { markdownTable } from "../present/table/markdownTable";
import { runStatuses } from "./runStatus";
import { readRows } from "./store/store";
import { atFile } from "./store/storeError";
import { findStore, listStores } from "./store/storePlace";

/** Where the index of a folder of results stands. */
export function indexFile(root: string): string {
  return path.join(root, "README.md");
}

/** Writes the index of a folder of results. */
export function writeIndex(networks: readonly Network[], root: string): void {
  const file = indexFile(root);
  const text = renderIndex(networks, root);
  atFile("write", file, () => fs.writeFileSync(file, text));
}

/**
 * The index of a folder of results as Markdown: which run stands in which folder, how far it is,
 * and what else is there. Made from the stores and nothing else.
 *
 * @param networks  those of the named runs
 */
export function renderIndex(networks: readonly Network[], root: string): string {
  const place = (folder: string): string => path.relative(root, folder).split(path.sep).join("/");
  const section = (title: string, folders: readonly string[]): string[] => {
    if (folders.length === 0) return [];
    const rows = folders.map((folder) => [place(folder), String(readRows(folder).length)]);
    return [`## ${title}`, markdownTable(["folder", "rows"], rows)];
  };
  const statuses = runStatuses(networks, root);
  const begun = statuses.flatMap(({ run, folder, points, behindGap, fullSize }) =>
    folder === null
      ? []
      : [{ folder, cells: [run, place(folder), `${points + behindGap}`, `${fullSize}`] }],
  );
  const known = new Set(begun.map(({ folder }) => folder));
  const waiting = statuses.filter(({ folder }) => folder === null).map(({ run }) => `\`${run}\``);
  const parts = [
    HEADER,
    ...(begun.length === 0
      ? []
      : [
          "## Named runs",
          markdownTable(
            ["run", "folder", "rows", "of"],
            begun.map(({ cells }) => cells),
          ),
        ]),
    ...(waiting.length === 0 ? [] : [`Not started: ${waiting.join(", ")}.`]),
    ...section("Accuracies, in blocks of 100 images", foldersOf(path.join(root, "accuracy"))),
    ...section(
      "Other experiments",
      foldersOf(root).filter((folder) => !known.has(folder)),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

const HEADER = `# Results: what is stored here

Written by \`roundlab results\`; \`docs/results.md\` says what the files hold. A folder's name ends in the hash of its
\`experiment.json\`, which is checked whenever it is opened.`;

/** The stores below a folder that have rows. */
function foldersOf(root: string): string[] {
  return listStores(root).flatMap(({ experiment }) => findStore(root, experiment) ?? []);
}
