import { assertNever, InvariantError } from "../../errors";
import type { Step } from "../../network/layer/step";
import { poolMembers } from "../../network/layer/windows";
import { valueSizes } from "../../network/walk";
import { createGemm } from "../../numeric/gemm";
import type { Kernels } from "../../numeric/kernels";
import { createMatrix, rowOf, type Matrix } from "../../numeric/matrix";
import { isSameFunction } from "../rules/piecesError";
import { pairedSteps } from "../sameArchitecture";
import type { Twins } from "../twin";
import {
  affinePair,
  isExact,
  runAffine,
  runAffineBack,
  type AffinePair,
  type BatchValues,
} from "./affinePair";
import { firstRows } from "./batchTerms";
import {
  runMaxima,
  runMaximaBack,
  runPieces,
  runPiecesBack,
  type PiecesPair,
  type RowValues,
  type Switching,
} from "./passStep";

/** The logits of one input. */
export interface Logits {
  readonly network: Float64Array;
  readonly approximated: Float64Array;
}

/** The same with what gradients are of: the differences as smooth switches have them. */
export interface PassLogits extends Logits {
  readonly smoothed: Float64Array;
}

/** Factors of N's logits and of the differences Ñ − N. */
export interface LogitForm {
  readonly network: Readonly<Float64Array>;
  readonly difference: Readonly<Float64Array>;
}

/**
 * Twins run at many inputs at once, and forms on their logits carried back to the inputs.
 */
export interface TwinPass {
  /** How many inputs are run at once at most. */
  readonly capacity: number;
  /** Takes from these inputs how far values spread where they are switched. */
  measureSpread(inputs: readonly Readonly<Float64Array>[]): void;
  /**
   * The logits of both networks, up to the order in which sums are formed.
   *
   * @param inputs  not more than `capacity`
   * @param switching  of differences; a smooth one in parts of the spread of values
   */
  forward(inputs: readonly Readonly<Float64Array>[], switching: Switching): PassLogits[];
  /**
   * What forms on N's logits and the smoothed differences, one for each input of the last
   * `forward`, are on those inputs: gradients.
   */
  backward(forms: readonly LogitForm[]): Float64Array[];
}

/** What weights may take up that stay packed for a whole search, in bytes: Net1's take 172 MB. */
const KEPT_WEIGHTS = 2 ** 28;

type Pair =
  | AffinePair
  | ({ readonly form: "pieces" } & PiecesPair)
  | { readonly form: "max"; readonly windows: readonly Int32Array[] };

/**
 * The pass of twins of one architecture. N's values and Ñ's differences from them flow side by
 * side, so that nothing cancels.
 *
 * @throws ShapeError if the twins are not of one architecture
 */
export function createTwinPass(twins: Twins, kernels: Kernels, capacity: number): TwinPass {
  const sizes = valueSizes(twins.network);
  const layers = layersOf(twins);
  const gemm = createGemm(kernels, KEPT_WEIGHTS);
  const whole = sizes.map((size) => createValues(capacity, size));
  const spreads = sizes.map(() => 1);
  const last = sizes.length - 1;
  let values: readonly BatchValues[] = [];
  let switching: Switching = { kind: "own" };

  const runLayer = (layer: number, way: "forward" | "backward"): void => {
    const { pair, from } = layers[layer];
    const sources = from.map((value) => values[value]);
    const to = values[layer + 1];
    const isBack = way === "backward";
    if (pair.form === "affine") {
      (isBack ? runAffineBack : runAffine)(pair, gemm, sources, to);
      return;
    }
    const own = ofSpread(switching, spreads[from[0]]);
    for (let row = 0; row < to.y.rows; row++) {
      const [before, after] = [rowValues(sources[0], row), rowValues(to, row)];
      switch (pair.form) {
        case "pieces":
          (isBack ? runPiecesBack : runPieces)(pair, own, before, after);
          break;
        case "max":
          (isBack ? runMaximaBack : runMaxima)(pair.windows, own, before, after);
          break;
        default:
          assertNever(pair);
      }
    }
  };

  const forward: TwinPass["forward"] = (inputs, how) => {
    if (inputs.length > capacity) {
      throw new InvariantError(`${inputs.length} inputs in a pass for ${capacity}`);
    }
    switching = how;
    values = whole.map((each) => firstInputs(each, inputs.length));
    inputs.forEach((x, row) => rowOf(values[0].y, row).set(x));
    layers.forEach((_, layer) => runLayer(layer, "forward"));
    return inputs.map((_, row) => {
      const { y, r, d } = rowValues(values[last], row);
      const approximated = y.map((value, output) => value + r[output]);
      return { network: y.slice(), approximated, smoothed: d.slice() };
    });
  };

  return {
    capacity,
    forward,
    measureSpread(inputs) {
      forward(inputs, { kind: "own" });
      for (const { pair, from } of layers) {
        if (pair.form !== "affine") spreads[from[0]] = deviation(values[from[0]].y);
      }
    },
    backward(forms) {
      for (const { yBack, dBack } of values) {
        yBack.data.fill(0);
        dBack.data.fill(0);
      }
      forms.forEach(({ network, difference }, row) => {
        rowOf(values[last].yBack, row).set(network);
        rowOf(values[last].dBack, row).set(difference);
      });
      for (let layer = layers.length - 1; layer >= 0; layer--) runLayer(layer, "backward");
      return forms.map((_, row) => rowOf(values[0].yBack, row).slice());
    },
  };
}

/** The layers of both networks, and which values they read. */
function layersOf(twins: Twins): { readonly pair: Pair; readonly from: readonly number[] }[] {
  // Of each value, whether Ñ's is N's at every input.
  const isExactAt = [true];
  return pairedSteps(twins, "steps towards the worst input").map(
    ({ step, approximatedStep, from }) => {
      const areExact = from.map((value) => isExactAt[value]);
      const pair = pairOf(step, approximatedStep, areExact);
      const isKept = pair.form === "max" || (pair.form === "pieces" && pair.isShared);
      isExactAt.push(pair.form === "affine" ? isExact(pair) : isKept && areExact[0]);
      return { pair, from };
    },
  );
}

function pairOf(step: Step, approximatedStep: Step, areExact: readonly boolean[]): Pair {
  if (step.form === "affine" && approximatedStep.form === "affine") {
    return affinePair(step, approximatedStep, areExact);
  }
  if (step.form === "pieces" && approximatedStep.form === "pieces") {
    const isShared = isSameFunction(step, approximatedStep);
    return { form: "pieces", step, approximatedStep, isShared };
  }
  if (step.form === "max") return { form: "max", windows: poolMembers(step.windows) };
  throw new InvariantError(`a step of ${approximatedStep.form} stands against one of ${step.form}`);
}

function createValues(inputs: number, size: number): BatchValues {
  return {
    y: createMatrix(inputs, size),
    differences: createMatrix(2 * inputs, size),
    yBack: createMatrix(inputs, size),
    dBack: createMatrix(inputs, size),
  };
}

function firstInputs({ y, differences, yBack, dBack }: BatchValues, inputs: number): BatchValues {
  return {
    y: firstRows(y, inputs),
    differences: firstRows(differences, 2 * inputs),
    yBack: firstRows(yBack, inputs),
    dBack: firstRows(dBack, inputs),
  };
}

function rowValues({ y, differences, yBack, dBack }: BatchValues, row: number): RowValues {
  return {
    y: rowOf(y, row),
    d: rowOf(differences, row),
    r: rowOf(differences, y.rows + row),
    yBack: rowOf(yBack, row),
    dBack: rowOf(dBack, row),
  };
}

function ofSpread(switching: Switching, spread: number): Switching {
  return switching.kind === "own" ? switching : { kind: "smooth", width: switching.width * spread };
}

/** The standard deviation of values; 1 where they are all the same. */
function deviation({ data }: Matrix): number {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return variance > 0 ? Math.sqrt(variance) : 1;
}
