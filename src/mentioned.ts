/*
 * Types that declarations of the verbs and their parts mention, and that nobody asks for by name:
 * a cell can write them down. `parts.ts` exports all of them.
 */
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
export type { MovingLocal, OpeningLocal, PlacedLocal, Switches } from "./analyse/patch/localRule";
