import * as fs from "node:fs";
import * as path from "node:path";
import { makeFolder } from "./makeFolder";
import { atFile } from "./storeError";
import { lockFolder } from "./storeLock";
import { listStores, storeFolder, storePath } from "./storePlace";

/** A folder that was given the name that its experiment has today. */
export interface RenamedStore {
  readonly from: string;
  readonly to: string;
}

/**
 * Gives every store below a folder the name that its experiment has today, where versions before
 * named it by its key alone. Nothing in it changes.
 *
 * @throws StoreError if a running process has one of them, or if both names are there
 */
export function renameStores(root: string): RenamedStore[] {
  return listStores(root).flatMap(({ folder, experiment }) => {
    const to = path.join(root, storePath(experiment));
    if (storeFolder(root, experiment) === to) return [];
    moveStore(folder, to);
    return [{ from: folder, to }];
  });
}

function moveStore(from: string, to: string): void {
  const lock = lockFolder(from);
  try {
    atFile("create", to, () => makeFolder(path.resolve(path.dirname(to))));
    atFile("move", from, () => fs.renameSync(from, to));
  } finally {
    lock.release();
  }
  // The lock has moved along, where letting go of it does not look.
  fs.rmSync(path.join(to, "lock"), { recursive: true, force: true });
}
