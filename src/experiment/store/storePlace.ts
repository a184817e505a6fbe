import * as fs from "node:fs";
import * as path from "node:path";
import { StoreError } from "../../errors";
import { experimentKey } from "../appMaxExperiment";
import { atFile } from "./storeError";
import { kindAndMethod, readableName } from "./storeName";

/** The files of rows: as lines, which grow, or of a finished run as compressed columns. */
export const ROW_LINES = "rows.jsonl";
export const PACKED_ROWS = "rows.columns.gz";

/**
 * Where the rows of an experiment stand below a folder: `<name>/<kind>-<method>-<key>`. The name is
 * for people; the key, which is the hash of the experiment, is what counts.
 */
export function storePath(experiment: object): string {
  const label = `${kindAndMethod(experiment)}-${experimentKey(experiment)}`;
  return path.join(readableName(experiment), label);
}

/**
 * The folder of an experiment below another: the one it has, under today's name or under the bare
 * key as versions before had it, or the one it will have.
 *
 * @throws StoreError if there are both
 */
export function storeFolder(root: string, experiment: object): string {
  const today = path.join(root, storePath(experiment));
  const before = path.join(root, experimentKey(experiment));
  if (!isStore(before)) return today;
  if (!isStore(today)) return before;
  throw new StoreError(
    `${before} and ${today} hold rows of the same experiment; move one of them away: ` +
      `\`roundlab results\` names the other as it should be`,
  );
}

/** Whether a folder is that of an experiment, with or without rows. */
export function isStore(folder: string): boolean {
  return fs.existsSync(path.join(folder, "experiment.json"));
}

/**
 * The folder of an experiment's rows, undefined where none are stored.
 *
 * @throws StoreError if the folder of its name holds another experiment
 */
export function findStore(root: string, experiment: object): string | undefined {
  const folder = storeFolder(root, experiment);
  if (!isStore(folder)) return undefined;
  readExperiment(folder);
  // Killed before its first row.
  const hasRows = [ROW_LINES, PACKED_ROWS].some((name) => fs.existsSync(path.join(folder, name)));
  return hasRows ? folder : undefined;
}

/** A store and what it holds rows of. */
export interface StoreEntry<Experiment> {
  readonly folder: string;
  readonly experiment: Experiment;
}

/**
 * The experiments of all stores below a folder, in the order of their places; none where there is
 * no folder.
 *
 * @throws StoreError if a folder's name is not the hash of what it holds, or if it stands under
 *         another name than its experiment has
 */
export function listStores<Experiment extends object>(root: string): StoreEntry<Experiment>[] {
  return foldersIn(root).flatMap((folder): StoreEntry<Experiment>[] => {
    if (isStore(folder)) return [{ folder, experiment: readExperiment<Experiment>(folder) }];
    // A bare key one level down is of another collection, such as that of accuracies.
    const own = foldersIn(folder).filter((one) => isStore(one) && !isBareKey(one));
    return own.map((one) => ({ folder: one, experiment: readPlaced<Experiment>(root, one) }));
  });
}

function foldersIn(root: string): string[] {
  if (!fs.existsSync(root)) return [];
  return atFile("read", root, () => fs.readdirSync(root, { withFileTypes: true }))
    .filter((entry) => !entry.isFile())
    .map(({ name }) => path.join(root, name))
    .sort();
}

function isBareKey(folder: string): boolean {
  return /^[0-9a-f]{16}$/.test(path.basename(folder));
}

function readPlaced<Experiment extends object>(root: string, folder: string): Experiment {
  const experiment = readExperiment<Experiment>(folder);
  const expected = path.join(root, storePath(experiment));
  if (path.resolve(expected) === path.resolve(folder)) return experiment;
  throw new StoreError(
    `${folder} is not where its experiment is looked for, ${expected}; was a folder renamed? ` +
      `Move it there`,
  );
}

/**
 * What a folder's `experiment.json` says.
 *
 * @throws StoreError if it is damaged, or if the folder's name does not end in the hash of it
 */
export function readExperiment<Experiment extends object>(folder: string): Experiment {
  const file = path.join(folder, "experiment.json");
  const text = atFile("read", file, () => fs.readFileSync(file, "utf8"));
  let experiment: unknown;
  try {
    experiment = JSON.parse(text);
  } catch (cause) {
    throw new StoreError(`${file} is damaged: it is no JSON; ${RESTORE}`, { cause });
  }
  if (typeof experiment !== "object" || experiment === null) {
    throw new StoreError(`${file} is damaged: it describes no experiment; ${RESTORE}`);
  }
  const key = experimentKey(experiment);
  const name = path.basename(path.resolve(folder));
  // Its key is that of the experiment asked for, or whoever lists them reads what they are.
  if (name === key || name.endsWith(`-${key}`)) return experiment as Experiment;
  throw new StoreError(
    `${file} describes another experiment (${key}) than its folder is named for; was the folder renamed or the ` +
      `file edited? ${RESTORE}`,
  );
}

const RESTORE = "restore it, or move the folder away and let the run begin anew";
