/**
 * The public API of RoundLab: all of it. Its light part is `roundlab/core`; nothing else is public.
 */

export * from "./verbs";
export * from "./parts";

// The doors to deeper layers.
export * as lp from "./doors/lp";
export * as present from "./doors/present";
export { paper, type PaperDoor } from "./doors/paper";

// In the place of core's: with progress in a cell.
export { runAppMaxInNotebook as runAppMax } from "./lab/runAppMaxInNotebook";
export type { PointLike, PointOptions, PointsOptions } from "./lab/appMax";
export type { WorstFound, WorstOptions } from "./lab/worst";
export type { IntervalOptions } from "./lab/interval";
export type { IntervalFound, LayerInterval, OutputInterval } from "./lab/intervalTable";
export type { ProveOptions, Proven } from "./lab/prove";
export type { AssignFound } from "./lab/assign";
export type { AssignOptions } from "./lab/assignQuestion";
export type { Assigned, AssignMeasure, AssignRow } from "./lab/assignTable";
export type { Assignment } from "./analyse/assign/choices";
export type { AssignState, Judged } from "./analyse/assign/search";
export type { SimplifiedNetwork } from "./lab/simplify";
export type { SimplifiedLayer } from "./analyse/simplify";
export type { SegmentError } from "./analyse/worst/segmentError";
export type { GoalName } from "./analyse/worst/goal";
export type { PathStep, WorstMethod, WorstState } from "./analyse/worst/search";
export type { BoundChoice } from "./lab/bound";
export type { PointChoice } from "./lab/chosenPoints";
export type { CompareOptions, Comparison } from "./lab/compare";
export type { SampledShareChoice } from "./lab/attribute";
export type { ActivationRow } from "./lab/compareActivations";
export type { SensitivityOptions } from "./lab/layerSensitivity";
export type { SensitivityRow } from "./lab/sensitivityRows";
export type { BoundPartRow } from "./lab/boundPartRows";
export type { BoundSource } from "./analyse/attribution/boundParts";
export type { SampledShareRow, ShareChoice, ShareOf, ShareRow, ShareUnit } from "./lab/shareRows";
export { quantize } from "./lab/notebookCalls";
export type { RowOf } from "./present/frame/dataFrame";
export type { JoinKind, MergeOptions } from "./present/frame/merge";
export type { DataFrameOptions } from "./present/frame/buildFrame";
export type { ColumnNote, Dtype, NumberStyle } from "./present/table/columnFormat";
export type { EndOfInterval } from "./present/endOfInterval";
export type { CsvOptions } from "./present/table/csv";
export type { Displayable, MimeBundle } from "./present/display";
export type * from "./present/frame/frameType";
export type { Trained, TrainOptions } from "./lab/train";
export type { LayerRecipe, Recipe } from "./train/recipe";
export type { BackendName } from "./train/backendName";
export type { EpochRecord } from "./train/epochRecord";
export type { ColumnFacts, NamedColumn } from "./claim/column";
export type { Claim, KindOfNumber } from "./claim/kindOfNumber";
export type { TableLike } from "./present/table/readTable";
export type { TextLimits } from "./present/table/showTable";
export type { Columns, Table, TableColumn, TableData, TableNotes } from "./present/table/table";
export type { TableLimits } from "./present/table/formatTable";
export type { AppMaxRows, AppMaxTableOptions, NamedRows } from "./lab/appMaxTables";
export type { Figure } from "./present/figure/figure";
export type { FigureData, PlotlyObject } from "./present/figure/figureData";
export type { FigureOptions } from "./present/figure/figureFrame";
export type { Scale } from "./present/figure/scale";
export type {
  HistogramOptions,
  HistogramPanel,
  HistogramSeries,
} from "./present/figure/histogramFigure";

export type { LineOptions, LinePanel, LineSeries } from "./present/figure/lineFigure";
export type { ResamplePanel, ResampleSeries } from "./present/figure/resampleFigure";
export type { DumbbellOptions, DumbbellSeries } from "./present/figure/dumbbellFigure";
export type { TwoSidedLine } from "./present/figure/twoSidedFigure";
export type {
  WaterfallOptions,
  WaterfallPanel,
  WaterfallStep,
} from "./present/figure/waterfallFigure";
export type { ViolinGroup, ViolinOptions } from "./present/figure/violinFigure";
export type { BarOptions, BarSeries } from "./present/figure/barFigure";
export type { ImageGridOptions, ImageRow } from "./present/figure/imageGridFigure";
export type { Picture, PictureOptions } from "./present/picture/picture";
export type { GreyOptions, Pixels } from "./present/picture/greyScale";
export type { DrawOptions } from "./present/svg/staticSvg";
export type { LatexOptions } from "./present/table/tableLatex";
export type { SaveFigureOptions } from "./present/figure/saveFigure";
export type { Report, ReportBlock, ReportSection } from "./present/report/htmlReport";
export type { ReportedNotebook } from "./present/report/notebookSections";
export type { ProgressState } from "./present/progress/progress";
export type {
  ProgressReport,
  ProgressReportOptions,
  ReportedState,
  ShowInNotebook,
} from "./present/progress/progressDisplay";

export type { Paper } from "./paper/exhibits";
export type {
  Exhibit,
  ExhibitOf,
  ExhibitSources,
  FigureExhibit,
  JudgedExhibit,
  TableExhibit,
} from "./paper/exhibit";
export type { Agreement, Finding, FindingBasis } from "./paper/findings";
export type { Nearness } from "./paper/limits";
export type { PrintedNumber } from "./paper/printedNumbers";
export type { RowSource } from "./paper/rowSource";
export type { AgreementSource } from "./paper/agreementSource";
export type { RecheckChoice } from "./paper/recheck";
export type { Sample, SampleChoice } from "./paper/sample";
export type { Table1, Table1Exhibit } from "./paper/exhibit/table1";
export type { Table1Row } from "./paper/columns/table1";
export type { Table2, Table2Exhibit, Table2Sources } from "./paper/exhibit/table2";
export type { Table2Row } from "./paper/columns/table2";
export type { Table3, Table3Exhibit, Table3Network, Table3Options } from "./paper/exhibit/table3";
export type { TwoSided } from "./paper/twoSided";
export type { Figure2, Figure2Exhibit, Figure2Picture } from "./paper/exhibit/figure2";
export type { Figure2Move } from "./paper/columns/moves";
export type { Figure3 } from "./paper/exhibit/figure3";
export type { Figure4 } from "./paper/exhibit/figure4";
export type { Table4Exhibit, Table4Sources } from "./paper/exhibit/table4";
export type { BitRows, QuantiserBehaviour, Table4 } from "./paper/table4Rows";
export type { Table5Exhibit } from "./paper/exhibit/table5";
export type { AgreementWidth, Table5 } from "./paper/table5Rows";
export type { PoolingTwice } from "./paper/poolingTwice";
export type { PoolingTwiceRow } from "./paper/columns/pooling";
export type { PrintedClasses, PrintedErrors } from "./paper/printed";

export type { QuantiserRow } from "./paper/columns/quantisers";
export type { RecheckedAgreement, RecheckedClasses, RecheckedRow } from "./paper/columns/rechecked";

// Old names, kept for one release.
export * from "./deprecated";
export * from "./doors/flatNames";
export * from "./paper/oldNames";
