/**
 * The public API of RoundLab: all of it. Its light part is `roundlab/core`; nothing else is public.
 */

export * from "./core";

// In the place of core's: with progress in a cell, and without engines and workspaces.
export { runAppMaxInNotebook as runAppMax } from "./lab/runAppMaxInNotebook";
export { appMax, type PointLike, type PointOptions, type PointsOptions } from "./lab/appMax";
export { agree } from "./lab/agree";
export { bound, type BoundChoice } from "./lab/bound";
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

export { EXHIBITS, paper, type Paper } from "./paper/exhibits";
export type {
  Exhibit,
  ExhibitOf,
  ExhibitSources,
  FigureExhibit,
  JudgedExhibit,
  TableExhibit,
} from "./paper/exhibit";
export { provenance } from "./paper/provenance";
export { findingsFrame, type Finding, type FindingBasis } from "./paper/findings";
export type { Agreement } from "./paper/limits";
export type { PrintedNumber } from "./paper/printedNumbers";
export { storedRows, type RowSource } from "./paper/rowSource";
export type { AgreementSource } from "./paper/agreementSource";
export { recheckFrame, recheckRuns, type RecheckChoice, type RecheckedRow } from "./paper/recheck";
export { SAMPLE_SEED, type Sample, type SampleChoice } from "./paper/sample";
export type { Table1, Table1Exhibit, Table1Row } from "./paper/exhibit/table1";
export type { Table2, Table2Exhibit, Table2Row, Table2Sources } from "./paper/exhibit/table2";
export type { Table3, Table3Exhibit, Table3Options } from "./paper/exhibit/table3";
export type { Figure2, Figure2Exhibit, Figure2Move, Figure2Picture } from "./paper/exhibit/figure2";
export { resampleRows, type Figure3 } from "./paper/exhibit/figure3";
export type { Figure4 } from "./paper/exhibit/figure4";
export type { Table4Exhibit, Table4Sources } from "./paper/exhibit/table4";
export type { BitRows, QuantiserBehaviour, Table4 } from "./paper/table4Rows";
export type { Table5Exhibit } from "./paper/exhibit/table5";
export type { AgreementWidth, Table5 } from "./paper/table5Rows";
export type { PoolingTwice, PoolingTwiceRow } from "./paper/poolingTwice";
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

// Deprecated: for one release more.
export * from "./paper/oldNames";
export { compareQuantisers, quantiserFrame, type QuantiserRow } from "./paper/quantisers";
export { recheckedClassesFrame, recheckTable2, type RecheckedClasses } from "./paper/recheckTable2";
export { recheckTable5, recheckTable5Frame, type RecheckedAgreement } from "./paper/recheckTable5";
