import { assertNever } from "../../errors";
import { valueAt } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { AffineStep, MaxStep, PiecesStep, Step } from "../../network/layer/step";
import { poolMembers } from "../../network/layer/windows";
import type { Network } from "../../network/network";
import { sourcesOf, stepsOf, valueSizes } from "../../network/walk";
import { createGemm, type Gemm } from "../../numeric/gemm";
import type { Kernels } from "../../numeric/kernels";
import { createMatrix, rowOf, type Matrix } from "../../numeric/matrix";
import { windowShares } from "../attribution/passage";
import { spreadBias } from "../rules/affineParts";
import { batchRules, constantOf } from "./batchTerms";

/*
 * A network along a straight way from one input to another. All that flows is piecewise affine in
 * the part t of the way. Layer after layer, rows are added where a value of a row and that of the
 * next lie on two sides of a knot (or have two winners in a window), so that all stays affine
 * between neighbouring rows. Long lists are cut into parts that are followed one after another.
 */

/** The logits at places of the way between which they are affine. */
export interface AlongSegment {
  /** Parts of the way, rising from 0 to 1. */
  readonly at: Float64Array;
  /** A row for each. */
  readonly logits: Matrix;
}

/** Values at some places of the way; those that no later layer reads are gone. */
interface Rows {
  readonly at: Float64Array;
  readonly values: readonly (Matrix | undefined)[];
}

/** What rows may hold before they are cut, in numbers of binary64. */
const MOST_NUMBERS = 1 << 24;

/** The fewest intervals that are worth cutting. */
const FEWEST_ROWS = 8;

export function alongSegment(
  network: Network,
  kernels: Kernels,
  from: Readonly<Float64Array>,
  to: Readonly<Float64Array>,
): AlongSegment {
  const follower = createFollower(network, createGemm(kernels));
  const input = createMatrix(2, network.inputSize);
  rowOf(input, 0).set(from);
  rowOf(input, 1).set(to);
  const parts = [...follower(0, { at: Float64Array.of(0, 1), values: [input] })];
  return joined(parts, network.outputSize);
}

/** Follows rows through the layers from one on; each part ends where the next begins. */
type Follower = (layer: number, rows: Rows) => Iterable<AlongSegment>;

function createFollower(network: Network, gemm: Gemm): Follower {
  const steps = stepsOf(network);
  const sizes = valueSizes(network);
  const last = steps.length;
  const lastReader = sizes.map((_, value) =>
    steps.reduce(
      (reader, __, layer) => (sourcesOf(network, layer).includes(value) ? layer : reader),
      -1,
    ),
  );
  return function* follow(layer, rows): Generator<AlongSegment, void> {
    if (layer === last) {
      const logits = rows.values[last];
      if (logits !== undefined) yield { at: rows.at, logits };
      return;
    }
    const step = steps[layer];
    const sources = sourcesOf(network, layer);
    const refined = refine(rows, step, sources[0]);
    for (const part of cut(refined, sizes)) {
      const inputs = sources.flatMap((value) => part.values[value] ?? []);
      const out = applied(step, inputs, gemm);
      const values = part.values.map((each, value) =>
        lastReader[value] > layer ? each : undefined,
      );
      values[layer + 1] = out;
      yield* follow(layer + 1, { at: part.at, values });
    }
  };
}

function applied(step: Step, inputs: readonly Matrix[], gemm: Gemm): Matrix {
  const [input] = inputs;
  const out = createMatrix(input.rows, step.size);
  switch (step.form) {
    case "affine":
      addAffine(step, inputs, gemm, out);
      break;
    case "pieces":
      out.data.forEach((_, index) => {
        out.data[index] = valueAt(step, index % step.size, input.data[index]);
      });
      break;
    case "max": {
      const windows = poolMembers(step.windows);
      for (let row = 0; row < input.rows; row++) {
        const [values, most] = [rowOf(input, row), rowOf(out, row)];
        windows.forEach((members, window) => {
          most[window] = members.reduce(
            (best, member) => Math.max(best, values[member]),
            -Infinity,
          );
        });
      }
      break;
    }
    default:
      assertNever(step);
  }
  return out;
}

function addAffine(step: AffineStep, inputs: readonly Matrix[], gemm: Gemm, out: Matrix): void {
  const bias = spreadBias(step, (index) => step.bias?.[index] ?? 0);
  for (const term of step.terms) {
    constantOf(term).forEach((constant, place) => (bias[place] += constant));
  }
  for (let row = 0; row < out.rows; row++) rowOf(out, row).set(bias);
  step.terms.forEach((term, k) => batchRules(term).add(term, gemm, inputs[k], out));
}

/** Rows with others between, such that the step is affine between neighbours. */
function refine({ at, values }: Rows, step: Step, source: number): Rows {
  const read = values[source];
  if (step.form === "affine" || read === undefined) return { at, values };
  const switches = step.form === "max" ? windowSwitches(step) : pieceSwitches(step);
  const places: { row: number; share: number }[] = [];
  for (let row = 0; row + 1 < at.length; row++) {
    places.push({ row, share: 0 });
    const shares = new Set(switches(rowOf(read, row), rowOf(read, row + 1)));
    for (const share of [...shares].sort((one, other) => one - other)) places.push({ row, share });
  }
  if (places.length === at.length - 1) return { at, values };
  places.push({ row: at.length - 1, share: 0 });
  const refined = createMatrix(at.length, 1, at);
  return {
    at: between(refined, places).data,
    values: values.map((each) => each && between(each, places)),
  };
}

/** Where on the way from one row to the next something switches: shares in (0, 1). */
type Switches = (one: Readonly<Float64Array>, other: Readonly<Float64Array>) => Iterable<number>;

function pieceSwitches({ knots, pixels, size }: PiecesStep): Switches {
  return function* (one, other) {
    for (let place = 0; place < size; place++) {
      for (const numbers of knots) {
        const knot = atValue(numbers, pixels, place);
        if (one[place] < knot === other[place] < knot) continue;
        const share = (knot - one[place]) / (other[place] - one[place]);
        if (share > 0 && share < 1) yield share;
      }
    }
  };
}

function windowSwitches({ windows }: MaxStep): Switches {
  const all = poolMembers(windows);
  return function* (one, other) {
    for (const members of all) {
      let gone = 0;
      for (const { share } of windowShares(members, one, other)) {
        gone += share;
        if (gone > 0 && gone < 1) yield gone;
      }
    }
  };
}

/** Rows at shares of the ways between neighbouring rows. */
function between(
  { columns, data }: Matrix,
  places: readonly { readonly row: number; readonly share: number }[],
): Matrix {
  const out = createMatrix(places.length, columns);
  places.forEach(({ row, share }, k) => {
    const [one, other, to] = [row * columns, (row + 1) * columns, k * columns];
    for (let column = 0; column < columns; column++) {
      const from = data[one + column];
      out.data[to + column] = share === 0 ? from : from + share * (data[other + column] - from);
    }
  });
  return out;
}

/** Parts of rows that hold no more than they may; neighbours share a row. */
function* cut({ at, values }: Rows, sizes: readonly number[]): Generator<Rows, void> {
  const widest = Math.max(...sizes);
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / widest));
  for (let first = 0; first + 1 < at.length; first += most) {
    const end = Math.min(at.length, first + most + 1);
    yield {
      at: at.subarray(first, end),
      values: values.map(
        (each) =>
          each &&
          createMatrix(
            end - first,
            each.columns,
            each.data.subarray(first * each.columns, end * each.columns),
          ),
      ),
    };
  }
}

function joined(parts: readonly AlongSegment[], outputs: number): AlongSegment {
  // The first row of a part is the last of the one before.
  const kept = parts.map(({ at, logits }, part) => {
    const skipped = part === 0 ? 0 : 1;
    return { at: at.subarray(skipped), data: logits.data.subarray(skipped * outputs) };
  });
  const at = Float64Array.from(kept.flatMap((part) => Array.from(part.at)));
  const data = Float64Array.from(kept.flatMap((part) => Array.from(part.data)));
  return { at, logits: createMatrix(at.length, outputs, data) };
}
