import type { Network } from "../network/network";
import type { DataFrame } from "../present/frame/frameType";
import type { Figure } from "../present/figure/figure";
import { paper } from "./exhibits";
import type { Figure2 } from "./exhibit/figure2";
import type { Figure2Move } from "./columns/moves";
import { canDrawFigure3 as canDraw, figure3FromRows, type Figure3 } from "./exhibit/figure3";
import type { Table1 } from "./exhibit/table1";
import { table2FromRows, type Table2 } from "./exhibit/table2";
import { table3FromRows, type Table3, type Table3Options } from "./exhibit/table3";
import { table4FromRows } from "./exhibit/table4";
import { table5FromRows } from "./exhibit/table5";
import type { Finding } from "./findings";
import type { AgreementSource } from "./agreementSource";
import type { PoolingTwice } from "./poolingTwice";
import type { RowSource } from "./rowSource";
import type { SampleChoice } from "./sample";
import type { QuantiserBehaviour, Table4 } from "./table4Rows";
import type { Table5 } from "./table5Rows";

/*
 * Names of exhibits before `paper` held them, for one release more.
 */

/** @deprecated `paper.table1.load({ networks: [network], data })` */
export function runTable1(network: Network, data?: string): Promise<Table1> {
  return paper.table1.load({ networks: [network], data });
}

/** @deprecated `paper.table1.frame` */
export function table1(result: Table1): DataFrame {
  return paper.table1.frame(result);
}

/** @deprecated `paper.table1.judge` */
export function judgeTable1(result: Table1): Finding[] {
  return paper.table1.judge(result);
}

/** @deprecated `paper.table2.run({ networks, ...choice })` */
export function runTable2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Table2> {
  return paper.table2.run({ ...choice, networks });
}

/** @deprecated `paper.table2.load({ networks, folder })`, a promise */
export function loadTable2(networks: readonly Network[], folder?: string): Table2 {
  return table2FromRows(networks, folder);
}

/** @deprecated `paper.table2.frame` */
export function table2(result: Table2): DataFrame {
  return paper.table2.frame(result);
}

/** @deprecated `paper.table2.judge` */
export function judgeTable2(result: Table2): Finding[] {
  return paper.table2.judge(result);
}

/** @deprecated `paper.table3.run({ networks, ...options })` */
export function runTable3(
  networks: readonly Network[],
  options: Table3Options = {},
): Promise<Table3> {
  return paper.table3.run({ ...options, networks });
}

/** @deprecated `paper.table3.load({ networks, rows })`, a promise */
export function loadTable3(networks: readonly Network[], source?: RowSource): Table3 {
  return table3FromRows(networks, source);
}

/** @deprecated `paper.table3.frame` */
export function table3(result: Table3): DataFrame {
  return paper.table3.frame(result);
}

/** @deprecated `paper.table3.judge` */
export function judgeTable3(result: Table3): Finding[] {
  return paper.table3.judge(result);
}

/** @deprecated `paper.figure1.figure` */
export function figure1(result: Table3): Figure {
  return paper.figure1.figure(result);
}

/** @deprecated `paper.figure1.judge` */
export function judgeFigure1(result: Table3): Finding[] {
  return paper.figure1.judge(result);
}

/** @deprecated `paper.figure2.load({ networks, ...choice })` */
export function runFigure2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Figure2> {
  return paper.figure2.load({ ...choice, networks });
}

/** @deprecated `paper.figure2.figure` */
export function figure2(result: Figure2): Figure {
  return paper.figure2.figure(result);
}

/** @deprecated `paper.figure2.frame` */
export function figure2Frame(result: Figure2): DataFrame {
  return paper.figure2.frame(result);
}

/** @deprecated `paper.figure2.moves` */
export function figure2Moves(result: Figure2): Figure2Move[] {
  return paper.figure2.moves(result);
}

/** @deprecated `paper.figure2.judge` */
export function judgeFigure2(result: Figure2): Finding[] {
  return paper.figure2.judge(result);
}

/** @deprecated `paper.figure3.load({ networks: [network], rows })`, a promise */
export function loadFigure3(network: Network, source?: RowSource): Figure3 {
  return figure3FromRows(network, source);
}

/** @deprecated `paper.figure3.load` leaves out what cannot be drawn */
export function canDrawFigure3(network: Network, source?: RowSource): boolean {
  return canDraw(network, source);
}

/** @deprecated `paper.figure3.figure` */
export function figure3(results: readonly Figure3[]): Figure {
  return paper.figure3.figure(results);
}

/** @deprecated `paper.figure3.judge` */
export function judgeFigure3(results: readonly Figure3[]): Finding[] {
  return paper.figure3.judge(results);
}

/** @deprecated `paper.table4.load({ networks: [network], behaviour, rows })`, a promise */
export function loadTable4(
  network: Network,
  behaviour?: QuantiserBehaviour,
  source?: RowSource,
): Table4 {
  return table4FromRows(network, behaviour, source);
}

/** @deprecated `paper.table4.frame` */
export function table4(result: Table4): DataFrame {
  return paper.table4.frame(result);
}

/** @deprecated `paper.table4.judge` */
export function judgeTable4(result: Table4): Finding[] {
  return paper.table4.judge(result);
}

/** @deprecated `paper.figure4.figure({ paper, corrected })` */
export function figure4(result: Table4, corrected?: Table4): Figure {
  return paper.figure4.figure({ paper: result, corrected: corrected ?? { ...result, widths: [] } });
}

/** @deprecated `paper.figure4.judge({ paper, corrected })` */
export function judgeFigure4(result: Table4): Finding[] {
  return paper.figure4.judge({ paper: result, corrected: { ...result, widths: [] } });
}

/** @deprecated `paper.table5.load({ networks: [network], classes })`, a promise */
export function loadTable5(network: Network, source?: AgreementSource): Table5 {
  return table5FromRows(network, source);
}

/** @deprecated `paper.table5.frame` */
export function table5(result: Table5): DataFrame {
  return paper.table5.frame(result);
}

/** @deprecated `paper.table5.judge` */
export function judgeTable5(result: Table5): Finding[] {
  return paper.table5.judge(result);
}

/** @deprecated `paper.table5.margins` */
export function marginFrame(result: Table5): DataFrame {
  return paper.table5.margins(result);
}

/** @deprecated `paper.table5.marginFigure` */
export function marginFigure(result: Table5): Figure {
  return paper.table5.marginFigure(result);
}

/** @deprecated `paper.table3.poolingTwice({ networks: [network], ...choice })` */
export function runPoolingTwice(
  network: Network,
  choice: SampleChoice = {},
): Promise<PoolingTwice> {
  return paper.table3.poolingTwice({ ...choice, networks: [network] });
}

/** @deprecated `paper.table3.poolingFrame` */
export function poolingTwiceFrame(result: PoolingTwice): DataFrame {
  return paper.table3.poolingFrame(result);
}

/** @deprecated `paper.table3.judgePooling` */
export function judgePoolingTwice(result: PoolingTwice): Finding[] {
  return paper.table3.judgePooling(result);
}
