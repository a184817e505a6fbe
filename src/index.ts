/** The public API of RoundLab: all of it, and nothing else is public. */

export {
  ArgumentError,
  DownloadError,
  FormatError,
  InvariantError,
  ShapeError,
  SolverError,
  StoreError,
} from "./errors";

export { createMatrix, type Matrix } from "./numeric/matrix";
export { createRandom, permutation, resumeRandom, type RandomSource } from "./numeric/random";
export { roundToHalf, toHalf, fromHalf } from "./numeric/half";
export { roundToBfloat16 } from "./numeric/bfloat16";
export { roundToFormat, type BinaryFormat } from "./numeric/binaryFormat";

export type {
  BoxProgram,
  Engine,
  Multiplier,
  RowOracle,
  SolveOptions,
  SolveOutcome,
} from "./lp/program";
export { createHighsEngine } from "./lp/highs";
export { createRegionEngine } from "./lp/regionSolver";
export { loadKernels } from "./numeric/loadKernels";
export type { Kernels } from "./numeric/kernels";
export { dualBound, verifyFarkas } from "./lp/certificate";
export {
  solveCertified,
  type Attempt,
  type CertifiedOptions,
  type CertifiedOutcome,
} from "./lp/solveCertified";

export { labelOf, pointOf, type Dataset } from "./dataset/dataset";
export { createDataset, type DatasetParts } from "./dataset/createDataset";
export { KNOWN_DATASETS, openDataset, type KnownDataset } from "./dataset/openDataset";
export { loadMnist, type MnistOptions, type MnistSplit } from "./dataset/loadMnist";
export { findMnist, type MnistDirectory, type MnistPlaces } from "./dataset/findMnist";
export { listDatasets, type DatasetStatus } from "./dataset/listDatasets";
export { downloadMnist, type DownloadOptions, type DownloadProgress } from "./dataset/download";
export { syntheticImages, type SyntheticOptions } from "./dataset/synthetic";
export { parseIdx, type IdxArray, type IdxContext } from "./dataset/idx";
export type { DatasetFile } from "./dataset/mnistFiles";

export type {
  Conv2dLayer,
  DenseLayer,
  Layer,
  MaxPool2dLayer,
  Network,
  NormaliseLayer,
  ReluLayer,
} from "./network/network";
export { createNetwork } from "./network/shape";
export { evaluate } from "./network/evaluate";
export { expandMaxPool } from "./network/expandMaxPool";
export { createEvaluator, type Evaluator } from "./network/evaluateMany";
export { isSamePattern, type ActivationPattern } from "./network/activationPattern";
export { patternAt } from "./network/patternAt";
export {
  loadNetwork,
  loadNetworkFile,
  networkNames,
  type LoadOptions,
  type NetworkFile,
} from "./network/load";
export type { InferOptions, Normalisation } from "./network/formatInfer";
export { networkBytes, saveNetwork, type SaveOptions } from "./network/save";
export type { TensorPrecision } from "./network/safetensors";
export { formatNetworkJson, parseNetworkJson } from "./network/formatJson";

export type {
  AffineApproximation,
  Approximation,
  Bfloat16Approximation,
  HalfApproximation,
  NoApproximation,
  PruneApproximation,
  SymmetricApproximation,
} from "./approximate/approximation";
export { affineQuantiserOf, approximate } from "./approximate/approximate";
export { createAffineQuantiser, type AffineQuantiser } from "./approximate/affineQuantiser";
export {
  APPROXIMATION_GRAMMAR,
  approximationName,
  describeApproximation,
  parseApproximation,
} from "./approximate/parseApproximation";

export { createTwins, type Twins } from "./analyse/twin";
export { absoluteError, roundingError } from "./analyse/roundingError";
export { shortcutWeights, type AffineMap } from "./analyse/shortcutWeights";
export {
  createPolytopeWorkspace,
  polytopeAt,
  type ErrorPolytope,
  type PolytopeWorkspace,
} from "./analyse/polytope";
export { PAPER_DOMAIN, PIXEL_DOMAIN, type Domain } from "./analyse/domain";
export { appMax, type AppMaxOptions, type AppMaxResult } from "./analyse/appMax";
export {
  classifyRegion,
  type ClassificationOptions,
  type ClassificationResult,
  type ClassPair,
} from "./analyse/classification";
export {
  AGREEMENT_LIMITS,
  decideAgreement,
  type AgreementOptions,
  type AgreementResult,
} from "./analyse/agreement";
export type { SearchLimits } from "./analyse/rivalSearch";
export { boundIntervals, type Intervals } from "./analyse/intervalBounds";
export { printedErrorIntervals } from "./analyse/printedIntervals";
export { boundErrors, type ErrorBounds, type ReluRule } from "./analyse/errorBounds";
export { measureAccuracy, type Accuracy } from "./analyse/accuracy";

export { createEngines } from "./experiment/engines";
export { parsePoints, samplePoints } from "./experiment/points";
export type {
  AppMaxOutcome,
  AppMaxRow,
  AppMaxRun,
  RunOptions,
  RunProgress,
} from "./experiment/runAppMax";
export { summarise, type AppMaxSummary } from "./experiment/summary";
export type { AppMaxExperiment } from "./experiment/appMaxExperiment";
export {
  ALL_RUNS,
  CLASSIFICATION_RUNS,
  NAMED_RUNS,
  namedRun,
  type NamedRun,
  type RunVariant,
} from "./experiment/namedRuns";
export {
  runAgreement,
  type AgreementExperiment,
  type AgreementOutcome,
  type AgreementRow,
} from "./experiment/runAgreement";
export type {
  PointOutcome,
  PointPlace,
  PointRow,
  PointRun,
  PointRunOptions,
} from "./experiment/runPoints";
export {
  summariseAgreement,
  type AgreementSummary,
  type MarginShare,
} from "./experiment/agreementSummary";
export { readRows } from "./experiment/store";
export {
  runAccuracy,
  type AccuracyOutcome,
  type AccuracyRow,
  type AccuracyRun,
  type AccuracyRunOptions,
} from "./experiment/runAccuracy";
export { loadAccuracy, type StoredAccuracy } from "./experiment/loadAccuracy";
export {
  findAgreement,
  loadRun,
  storedExperiments,
  type StoredExperiment,
  type StoredRun,
} from "./experiment/loadRuns";
export {
  provenanceFacts,
  type ProvenanceFact,
  type ProvenanceInputs,
} from "./experiment/provenance";

export { runAppMax } from "./present/runAppMax";
export { bounds, mnist, network, quantise, quantize, round } from "./present/notebookCalls";
export { concatFrames, createDataFrame, describeFrame, toCsv } from "./present/dataFrame";
export type { DataFrameOptions } from "./present/buildFrame";
export type { ColumnNote, Dtype, NumberStyle } from "./present/columnFormat";
export type { CsvOptions } from "./present/csv";
export { DISPLAY, type Displayable, type MimeBundle } from "./present/display";
export type * from "./present/frameType";
export type { KindOfNumber } from "./present/kindOfNumber";
export type { TableLike } from "./present/readTable";
export {
  displayTable,
  renderHtml,
  renderMarkdown,
  renderText,
  type TextLimits,
} from "./present/showTable";
export {
  createTable,
  type Columns,
  type Table,
  type TableColumn,
  type TableData,
  type TableNotes,
} from "./present/table";
export type { TableLimits } from "./present/formatTable";
export {
  appMaxFrame,
  appMaxTable,
  APPMAX_NOTES,
  summaryTable,
  type NamedRows,
} from "./present/appMaxTables";
export { createFigure, type Figure } from "./present/figure";
export type { FigureData, PlotlyObject } from "./present/figureData";
export type { FigureOptions } from "./present/figureFrame";
export type { Scale } from "./present/scale";
export {
  histogramFigure,
  type HistogramOptions,
  type HistogramPanel,
  type HistogramSeries,
} from "./present/histogramFigure";

export {
  lineFigure,
  type LineOptions,
  type LinePanel,
  type LineSeries,
} from "./present/lineFigure";
export { resampleFigure, type ResamplePanel, type ResampleSeries } from "./present/resampleFigure";
export { violinFigure, type ViolinGroup, type ViolinOptions } from "./present/violinFigure";
export { barFigure, type BarOptions, type BarSeries } from "./present/barFigure";
export { imageGridFigure, type ImageGridOptions, type ImageRow } from "./present/imageGridFigure";
export {
  createPicture,
  createPictures,
  type Picture,
  type PictureOptions,
} from "./present/picture";
export type { GreyOptions, Pixels } from "./present/greyScale";
export { renderSvg } from "./present/staticSvg";
export { loadPlotlyScript } from "./present/plotlyScript";
export {
  renderHtmlReport,
  type Report,
  type ReportBlock,
  type ReportSection,
} from "./present/htmlReport";
export { notebookSection, type ReportedNotebook } from "./present/notebookSections";
export { formatProgress, type ProgressState } from "./present/progress";
export {
  progressBar,
  reportProgress,
  type ProgressReport,
  type ProgressReportOptions,
  type ShowInNotebook,
} from "./present/progressDisplay";

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
