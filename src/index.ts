/**
 * The public API of RoundLab: all of it. Its light part is `roundlab/core`; nothing else is public.
 */

export * from "./core";

// In the place of core's: with progress in a cell, and without engines and workspaces.
export { runAppMaxInNotebook as runAppMax } from "./lab/runAppMaxInNotebook";
export { appMax, type PointLike, type PointOptions, type PointsOptions } from "./lab/appMax";
export { compare, type CompareOptions, type Comparison } from "./lab/compare";
export { twins } from "./lab/twins";
export { bounds, mnist, network, quantise, quantize, round } from "./lab/notebookCalls";
export {
  concatFrames,
  createDataFrame,
  describeFrame,
  merge,
  toCsv,
  type RowOf,
} from "./present/frame/dataFrame";
export type { JoinKind, MergeOptions } from "./present/frame/merge";
export type { DataFrameOptions } from "./present/frame/buildFrame";
export type { ColumnNote, Dtype, NumberStyle } from "./present/table/columnFormat";
export type { EndOfInterval } from "./present/endOfInterval";
export type { CsvOptions } from "./present/table/csv";
export { DISPLAY, type Displayable, type MimeBundle } from "./present/display";
export type * from "./present/frame/frameType";
export type { Claim, KindOfNumber } from "./claim/kindOfNumber";
export type { TableLike } from "./present/table/readTable";
export {
  displayTable,
  renderHtml,
  renderMarkdown,
  renderText,
  toLatex,
  type TextLimits,
} from "./present/table/showTable";
export {
  createTable,
  type Columns,
  type Table,
  type TableColumn,
  type TableData,
  type TableNotes,
} from "./present/table/table";
export type { TableLimits } from "./present/table/formatTable";
export {
  appMaxFrame,
  appMaxTable,
  APPMAX_NOTES,
  summaryTable,
  type AppMaxRows,
  type AppMaxTableOptions,
  type NamedRows,
} from "./lab/appMaxTables";
export { createFigure, type Figure } from "./present/figure/figure";
export type { FigureData, PlotlyObject } from "./present/figure/figureData";
export type { FigureOptions } from "./present/figure/figureFrame";
export type { Scale } from "./present/figure/scale";
export {
  histogramFigure,
  type HistogramOptions,
  type HistogramPanel,
  type HistogramSeries,
} from "./present/figure/histogramFigure";

export {
  lineFigure,
  type LineOptions,
  type LinePanel,
  type LineSeries,
} from "./present/figure/lineFigure";
export {
  resampleFigure,
  type ResamplePanel,
  type ResampleSeries,
} from "./present/figure/resampleFigure";
export { violinFigure, type ViolinGroup, type ViolinOptions } from "./present/figure/violinFigure";
export { barFigure, type BarOptions, type BarSeries } from "./present/figure/barFigure";
export {
  imageGridFigure,
  type ImageGridOptions,
  type ImageRow,
} from "./present/figure/imageGridFigure";
export {
  createPicture,
  createPictures,
  type Picture,
  type PictureOptions,
} from "./present/picture/picture";
export type { GreyOptions, Pixels } from "./present/picture/greyScale";
export { renderSvg, type DrawOptions } from "./present/svg/staticSvg";
export type { LatexOptions } from "./present/table/tableLatex";
export { saveFigure, type SaveFigureOptions } from "./present/figure/saveFigure";
export { loadPlotlyScript } from "./present/figure/plotlyScript";
export {
  renderHtmlReport,
  type Report,
  type ReportBlock,
  type ReportSection,
} from "./present/report/htmlReport";
export { notebookSection, type ReportedNotebook } from "./present/report/notebookSections";
export { formatProgress, type ProgressState } from "./present/progress/progress";
export {
  progressBar,
  reportProgress,
  type ProgressReport,
  type ProgressReportOptions,
  type ReportedState,
  type ShowInNotebook,
} from "./present/progress/progressDisplay";

export { SAMPLE_SEED, type Sample, type SampleChoice } from "./paper/sample";
export {
  TABLE_1,
  TABLE_2,
  TABLE_2_BITS,
  TABLE_3,
  TABLE_4,
  TABLE_5,
  type PrintedClasses,
  type PrintedErrors,
} from "./paper/printed";
export { provenance } from "./paper/provenance";
export { findingsFrame, type Finding } from "./paper/findings";
export { storedRows, type RowSource } from "./paper/rowSource";
export { judgeTable1, runTable1, table1, type Table1, type Table1Row } from "./paper/table1";
export {
  judgeTable2,
  loadTable2,
  runTable2,
  table2,
  type Table2,
  type Table2Row,
} from "./paper/table2";
export { recheckedClassesFrame, recheckTable2, type RecheckedClasses } from "./paper/recheckTable2";
export {
  judgeTable3,
  loadTable3,
  runTable3,
  table3,
  type Table3,
  type Table3Options,
} from "./paper/table3";
export { figure1, judgeFigure1 } from "./paper/figure1";
export {
  figure2,
  figure2Frame,
  figure2Moves,
  judgeFigure2,
  runFigure2,
  type Figure2,
  type Figure2Move,
  type Figure2Picture,
} from "./paper/figure2";
export {
  canDrawFigure3,
  figure3,
  judgeFigure3,
  loadFigure3,
  resampleRows,
  type Figure3,
} from "./paper/figure3";
export { figure4, judgeFigure4 } from "./paper/figure4";
export {
  compareQuantisers,
  judgeTable4,
  loadTable4,
  quantiserFrame,
  table4,
  type BitRows,
  type QuantiserBehaviour,
  type QuantiserRow,
  type Table4,
} from "./paper/table4";
export {
  judgeTable5,
  loadTable5,
  marginFigure,
  marginFrame,
  table5,
  type AgreementSource,
  type AgreementWidth,
  type Table5,
} from "./paper/table5";
export { recheckTable5, recheckTable5Frame, type RecheckedAgreement } from "./paper/recheckTable5";
export {
  judgePoolingTwice,
  poolingTwiceFrame,
  runPoolingTwice,
  type PoolingTwice,
  type PoolingTwiceRow,
} from "./paper/poolingTwice";
export { recheckFrame, recheckRuns, type RecheckedRow } from "./paper/recheck";
