import type { Exhibit, FigureExhibit } from "./exhibit";
import { figure1 } from "./exhibit/figure1";
import { figure2, type Figure2Exhibit } from "./exhibit/figure2";
import { figure3, type Figure3 } from "./exhibit/figure3";
import { figure4, type Figure4 } from "./exhibit/figure4";
import { table1, type Table1Exhibit } from "./exhibit/table1";
import { table2, type Table2Exhibit } from "./exhibit/table2";
import { table3, type Table3, type Table3Exhibit } from "./exhibit/table3";
import { table4, type Table4Exhibit } from "./exhibit/table4";
import { table5, type Table5Exhibit } from "./exhibit/table5";

/** The exhibits of the paper, each under the name of its file. */
export interface Paper {
  readonly table1: Table1Exhibit;
  readonly table2: Table2Exhibit;
  readonly table3: Table3Exhibit;
  readonly figure1: FigureExhibit<Table3>;
  readonly figure2: Figure2Exhibit;
  readonly figure3: FigureExhibit<readonly Figure3[]>;
  readonly table4: Table4Exhibit;
  readonly figure4: FigureExhibit<Figure4>;
  readonly table5: Table5Exhibit;
}

/**
 * The exhibits in the paper's order, each with what it is made of: `paper.table3.load()`. This is
 * the one list of them; its type is written out because cells are checked by another compiler.
 */
export const paper: Paper = {
  table1,
  table2,
  table3,
  figure1,
  figure2,
  figure3,
  table4,
  figure4,
  table5,
};

/** The same as a list. */
export const EXHIBITS: readonly Exhibit[] = Object.values(paper);

/**
 * Names of notebooks in the order of a reading: what is numbered from 00 on, then the exhibits in
 * the paper's order, then the rest.
 */
export function orderNotebooks(names: readonly string[]): string[] {
  const rankOf = (name: string): number => {
    if (/^0/.test(name)) return -1;
    const rank = EXHIBITS.findIndex((exhibit) => exhibit.name === name);
    return rank < 0 ? EXHIBITS.length : rank;
  };
  return [...names].sort(
    (one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : one > other ? 1 : 0),
  );
}
