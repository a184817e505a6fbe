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
  UnreachedError,
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
export type { StoredBound, StoredSides } from "./experiment/variant/storedSides";
export type { WorstRound } from "./experiment/variant/runWorst";
export {
  runWalk,
  type WalkExperiment,
  type WalkOutcome,
  type WalkRow,
  type WalkRun,
} from "./experiment/variant/runWalk";
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

export * from "./mentioned";
