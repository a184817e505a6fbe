import { EXHIBITS, paper as exhibits, type Paper } from "../paper/exhibits";
import * as tools from "../paper/tools";

/** What stands behind the door `rl.paper`: the exhibits under their names, and the tools of all. */
export type PaperDoor = Paper & typeof tools & { readonly EXHIBITS: typeof EXHIBITS };

/** The exhibits of the paper, `paper.table3.load()`, and what is shared by them. */
export const paper: PaperDoor = { ...exhibits, ...tools, EXHIBITS };
