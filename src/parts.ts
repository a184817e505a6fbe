/**
 * The parts that verbs take and give: networks, approximations, points, boxes and rows, and every
 * type that their declarations mention, so that a cell can write it down. `core.ts` and `index.ts`
 * export all of it; neither lists it again.
 */

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
export type { Kernels } from "./numeric/kernels";
export type { Attempt, CertifiedOptions, CertifiedOutcome } from "./lp/solveCertified";

export { labelOf, pointOf, type Dataset } from "./dataset/dataset";
export { createDataset, type DatasetParts } from "./dataset/createDataset";
export { KNOWN_DATASETS, openDataset, type KnownDataset } from "./dataset/openDataset";
export { openPoints, type OpenPointsOptions } from "./dataset/openPoints";
export { loadMnist, type MnistOptions, type MnistSplit } from "./dataset/mnist/loadMnist";
export { findMnist, type MnistDirectory, type MnistPlaces } from "./dataset/mnist/findMnist";
export { listDatasets, type DatasetStatus } from "./dataset/listDatasets";
export {
  downloadMnist,
  type DownloadOptions,
  type DownloadProgress,
} from "./dataset/mnist/download";
export { syntheticImages, type SyntheticOptions } from "./dataset/synthetic";
export { parseIdx, type IdxArray, type IdxContext } from "./dataset/format/idx";
export type { DatasetFile } from "./dataset/mnist/mnistFiles";

export type {
  AddLayer,
  AveragePool2dLayer,
  ClipLayer,
  ConcatLayer,
  Conv2dLayer,
  DenseLayer,
  Extent,
  Layer,
  LayerKind,
  LeakyReluLayer,
  MaxPool2dLayer,
  Network,
  Node,
  NormaliseLayer,
  Padding,
  PickLayer,
  PreluLayer,
  ReluLayer,
  ScaleLayer,
} from "./network/network";
export { createGraph, createNetwork } from "./network/shape";
export { foldBatchNorm } from "./network/foldBatchNorm";
export type { WindowLayer } from "./network/layer/window";
export type { Role } from "./network/layer/layerRules";
export { evaluate } from "./network/evaluate";
export { expandMaxPool } from "./network/expandMaxPool";
export type { Evaluator } from "./network/evaluateInKernels";
export { createEvaluator } from "./network/evaluateMany";
export { isSamePattern, type ActivationPattern } from "./network/activationPattern";
export { patternAt } from "./network/patternAt";
export {
  loadNetwork,
  loadNetworkFile,
  networkNames,
  type LoadOptions,
  type NetworkFile,
} from "./network/load";
export type {
  Architecture,
  ArchitectureInput,
  ArchitectureLayer,
  ImageSize,
} from "./network/format/architecture";
export type { Normalisation } from "./network/normalisation";
export type { PerInput, PerInputChoice } from "./network/layer/perInput";
export type { InferOptions } from "./network/format/planNetwork";
export { networkBytes, saveNetwork, type SaveOptions } from "./network/save";
export type { TensorPrecision } from "./network/format/safetensors";
export { formatNetworkJson, parseNetworkJson } from "./network/format/json";

export type {
  AffineApproximation,
  Approximation,
  AsymmetricApproximation,
  Bfloat16Approximation,
  Float8Approximation,
  Granularity,
  HalfApproximation,
  LayersApproximation,
  NoApproximation,
  NormalFloatApproximation,
  PowerOfTwoApproximation,
  PruneApproximation,
  PruneOutputsApproximation,
  PruneRunsApproximation,
  StochasticApproximation,
  SymmetricApproximation,
  UniformApproximation,
} from "./approximate/approximation";
export { approximate } from "./approximate/approximate";
export { storedBits } from "./approximate/storedBits";
export { affineQuantiserOf } from "./approximate/kind/affine";
export { mapWeights, type MapWeightsOptions } from "./approximate/mapWeights";
export { createAffineQuantiser, type AffineQuantiser } from "./approximate/affineQuantiser";
export { APPROXIMATION_GRAMMAR } from "./approximate/approximationGrammar";
export {
  approximationName,
  describeApproximation,
  parseApproximation,
} from "./approximate/parseApproximation";

export { createTwins, type Twins } from "./analyse/twin";
export type { ActivationSource, RoundedValue } from "./analyse/source/activations";
export type { MultipliedLayer, MultiplierSource } from "./analyse/source/multiplier";
export type { OperandOrder } from "./analyse/source/multiplierCodes";
export { createMultiplier, type MultiplierTable } from "./approximate/multiplierTable";
export { loadMultiplier, type LoadMultiplierOptions } from "./approximate/loadMultiplier";
export { evaluateApproximated } from "./analyse/source/evaluateApproximated";
export { roundToGrid, type Grid } from "./analyse/source/grid";
export type { ExtraSource } from "./analyse/source/source";
export { absoluteError, roundingError } from "./analyse/roundingError";
export { shortcutWeights, type AffineMap } from "./analyse/shortcutWeights";
export type { ErrorPolytope, PolytopeWorkspace } from "./analyse/polytope";
export {
  describeDomain,
  domainName,
  PAPER_DOMAIN,
  PIXEL_DOMAIN,
  toDomain,
  type AroundChoice,
  type Domain,
  type DomainChoice,
  type Ends,
  type InputsDomain,
  type UniformDomain,
} from "./analyse/domain";
export type { Around } from "./analyse/around";
export { boxOver, type Box } from "./analyse/box";
export { rangeOf, type RangeOptions } from "./dataset/rangeOf";
export { points, type PointSet, type PointSetOptions, type PointSource } from "./dataset/pointSet";
export type { Proof } from "./claim/proof";
export { intersect, type Enclosure } from "./claim/enclosure";
export { enclosureOf, type BoundedRow } from "./experiment/variant/provedBound";
export type { AppMaxOptions, AppMaxResult } from "./analyse/appMax";
export type { ClassPair } from "./analyse/classPair";
export type { AgreementOptions, AgreementResult } from "./analyse/agreement";
export type { SearchLimits } from "./analyse/rivalSearch";
export { boundIntervals, type Intervals } from "./analyse/intervalBounds";
export { boundErrors, type ErrorBounds, type ReluRule } from "./analyse/errorBounds";
export { measureAccuracy, type Accuracy } from "./analyse/accuracy";

export { parsePoints, samplePoints } from "./experiment/points";
export type {
  AppMaxOutcome,
  AppMaxRow,
  AppMaxRun,
  RunOptions,
  RunProgress,
} from "./experiment/variant/runAppMax";
export type { Backend, ItemProgress, RunningOptions } from "./experiment/runItems";
export type { WorkOptions } from "./experiment/backend/workers";
export { finishedRows } from "./experiment/interruptedRuns";
export { summarise, type AppMaxSummary } from "./experiment/variant/summary";
export type { AppMaxExperiment } from "./experiment/appMaxExperiment";
export {
  ALL_RUNS,
  AGREEMENT_RUNS,
  APPMAX_RUNS,
  namedRun,
  type NamedRun,
  type RunVariant,
} from "./experiment/namedRuns";
export {
  runAgreement,
  type AgreementExperiment,
  type AgreementOutcome,
  type AgreementRow,
} from "./experiment/variant/runAgreement";
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
} from "./experiment/variant/agreementSummary";
export { readRows } from "./experiment/store/store";
export {
  runAccuracy,
  type AccuracyOutcome,
  type AccuracyRow,
  type AccuracyRun,
  type AccuracyRunOptions,
} from "./experiment/variant/runAccuracy";
export { loadAccuracy, type StoredAccuracy } from "./experiment/variant/loadAccuracy";
export { findAgreement, loadRun, storedExperiments, type StoredRun } from "./experiment/loadRuns";
export type { StoredExperiment } from "./experiment/namedExperiment";
export {
  provenanceFacts,
  type ProvenanceFact,
  type ProvenanceInputs,
} from "./experiment/provenance";

export type { Bound, BoundMethod, BoundOptions, NodeBounds } from "./analyse/bound/bound";
export { intersectBounds } from "./analyse/bound/intersectBounds";
export { boundMethodOf, type BoundMethodName } from "./analyse/bound/methods";

// Named so that a cell can write down what other declarations mention.
export type { PatternPasses, LinearForm, SparseVector } from "./analyse/patternPasses";
export type { SummarisedRow } from "./experiment/variant/summary";
export type { HighsEngineOptions } from "./lp/highs/engine";
export type { Basis, RowEntries } from "./lp/program";
export type { DualSimplexOptions } from "./lp/dualSimplex/engine";
export type { Flows } from "./network/flows";
export type { Arena, Block, BlockMaker, Lot } from "./numeric/arena";
export type { BandKernels } from "./numeric/bandKernels";
export type { ForwardKernels } from "./numeric/forwardKernels";
export type { FrameKernels } from "./numeric/frameKernels";
export type { MatrixKernels } from "./numeric/matrixKernels";
export type { ArgumentKind, Given, Member, Members, MemberTable } from "./numeric/members";
export type { GemmKernels } from "./numeric/gemmKernels";
export type { PatchKernels } from "./numeric/patchKernels";
export type { StepKernels } from "./numeric/stepKernels";
export type { CombinedRows, RowsApart } from "./lp/program";
export type {
  DenseBlock,
  FramedBlock,
  FramedRows,
  FrameOffer,
  FrameShape,
  Picture as FramePicture,
} from "./lp/framedRows";
export type { LayerSources, WindowFields } from "./network/format/architectureLayer";
export type { SquareConvolution } from "./network/layer/conv2d";
export type { DeepForm, DensePullBack } from "./analyse/densePullBack";
export type { FramedSide, NetworkFrames } from "./analyse/frameRows";
export type { LocalLayer, LocalValues, SquarePool } from "./analyse/patch/localLayer";
export type { LocalLayers } from "./analyse/patch/localLayers";
export type { Patch, Rectangle, Term as PatchTerm } from "./analyse/patch/patch";
export type { PatchPullBack, PatternPullBack } from "./analyse/patch/patchPullBack";
export type { PatchMemory } from "./analyse/patch/patchMemory";
export type { AgreementRun } from "./experiment/variant/runAgreement";
export type { AlikeFrames } from "./lp/framedRows";
export type { ChoiceKernels } from "./numeric/choiceKernels";
export type { ColumnKernels } from "./numeric/columnKernels";
export type { TileKernels } from "./numeric/tileKernels";
export type { ConvolutionSizes } from "./numeric/layerKernels";
export type { ScatterKernels } from "./numeric/scatterKernels";
export type { ScatteredConvolutions } from "./analyse/scatteredConvolutions";
export type { Counted } from "./analyse/counted";
export type { SparseForm } from "./analyse/sparseForm";
export type { DenseColumns, ReachedForm } from "./analyse/denseColumns";
export type { DualSimplexMethod } from "./lp/dualSimplex/engine";
export type { ErrorSource } from "./analyse/source/source";
export type { WeightSource } from "./analyse/source/weights";
export type { PlacedDense } from "./network/placedDense";
export type { PlacedLayer } from "./network/placedLayers";
export type { TiledConvolution } from "./network/tiledConvolution";
