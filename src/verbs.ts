/**
 * The verbs of RoundLab: what a notebook calls, a screen each in docs/api.md, which takes order and
 * headings from here. `index.ts` exports them with everything that they take and return.
 *
 * @module
 */

// Networks and what is done to them
export { network, quantise, round } from "./lab/notebookCalls";
export { twins } from "./lab/twins";
export { mapWeights } from "./approximate/mapWeights";
export { createGraph, createNetwork } from "./network/shape";
export { foldBatchNorm } from "./network/foldBatchNorm";
export { simplify } from "./lab/simplify";
export { saveNetwork } from "./network/save";
export { train } from "./lab/train";

// Points and data sets
export { mnist } from "./lab/notebookCalls";
export { openDataset } from "./dataset/openDataset";
export { openPoints } from "./dataset/openPoints";
export { createDataset } from "./dataset/createDataset";
export { syntheticImages } from "./dataset/synthetic";
export { labelOf, pointOf } from "./dataset/dataset";
export { points } from "./dataset/pointSet";
export { rangeOf } from "./dataset/rangeOf";
export { samplePoints } from "./experiment/points";

// How far the output moves
export { appMax } from "./lab/appMax";
export { worst } from "./lab/worst";
export { segment } from "./lab/segment";
export { bound } from "./lab/bound";
export { interval } from "./lab/interval";
export { prove } from "./lab/prove";
export { bounds } from "./lab/notebookCalls";
export { agree } from "./lab/agree";
export { compare } from "./lab/compare";
export { attribute } from "./lab/attribute";
export { compareActivations } from "./lab/compareActivations";
export { layerSensitivity } from "./lab/layerSensitivity";
export { assign } from "./lab/assign";
export { evaluate } from "./network/evaluate";
export { absoluteError, roundingError } from "./analyse/roundingError";
export { boundIntervals } from "./analyse/intervalBounds";
export { patternAt } from "./network/patternAt";
export { shortcutWeights } from "./analyse/shortcutWeights";

// Long runs and their rows
export { runAgreement } from "./experiment/variant/runAgreement";
export { runAccuracy } from "./experiment/variant/runAccuracy";
export { finishedRows } from "./experiment/interruptedRuns";
export { loadRun } from "./experiment/loadRuns";
export { readRows } from "./experiment/store/store";
export { summarise } from "./experiment/variant/summary";

// Tables
export {
  concatFrames,
  createDataFrame,
  describeFrame,
  merge,
  toCsv,
} from "./present/frame/dataFrame";
export { toLatex } from "./present/table/showTable";

// Figures and pictures
export { createFigure } from "./present/figure/figure";
export { lineFigure } from "./present/figure/lineFigure";
export { barFigure } from "./present/figure/barFigure";
export { histogramFigure } from "./present/figure/histogramFigure";
export { violinFigure } from "./present/figure/violinFigure";
export { dumbbellFigure } from "./present/figure/dumbbellFigure";
export { twoSidedFigure } from "./present/figure/twoSidedFigure";
export { waterfallFigure } from "./present/figure/waterfallFigure";
export { imageGridFigure } from "./present/figure/imageGridFigure";
export { createPictures } from "./present/picture/picture";
export { saveFigure } from "./present/figure/saveFigure";

// Where numbers come from
export { provenance } from "./paper/provenance";
