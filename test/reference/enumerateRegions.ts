import { assertNever } from "../../src/errors";
import type { Layer, Network } from "../../src/network/network";
import type { Twins } from "../../src/analyse/twin";
import { layerValues, windowMembers } from "./plainEvaluate";
import { textbookSimplex } from "./textbookSimplex";

/** An affine form on the inputs: coefficients and constant. */
interface Form {
  readonly weights: number[];
  readonly constant: number;
}

interface Region {
  readonly rows: number[][];
  readonly bounds: number[];
  readonly outputs: Form[];
}

/**
 * The exact largest E over [0, 1]^n, by trying every combination of activation patterns of both
 * networks and of signs of the output differences, each with a linear program of its own. Only for
 * tiny networks: it shares no code with the analysis.
 */
export function largestErrorByEnumeration(twins: Twins): number {
  const { network, approximated } = twins;
  const others = regionsOf(approximated);
  return regionsOf(network)
    .flatMap((one) => others.map((other) => largestIn(one, other, network.inputSize)))
    .reduce((best, value) => Math.max(best, value), 0);
}

/**
 * The same over the inputs that share a point's patterns and signs: what AppMax is at that point.
 * No value that depends on the inputs may lie on a knot there, and no output's difference be 0.
 */
export function largestErrorAt({ network, approximated }: Twins, x: readonly number[]): number {
  const [ones, others] = [network, approximated].map((side) =>
    regionsOf(side).filter(({ rows, bounds }) =>
      rows.every((row, index) => {
        // A constant on a knot, such as a ReLU of a saturated one, is the same on both pieces.
        const isConstant = row.every((weight) => weight === 0);
        return isConstant
          ? bounds[index] >= 0
          : at({ weights: row, constant: 0 }, x) < bounds[index];
      }),
    ),
  );
  const found = ones.flatMap((one) =>
    others.map((other) => largestIn(one, other, network.inputSize, x)),
  );
  if (found.length > 0) return Math.max(...found);
  throw new Error(`the point lies on the edge of a region of ${network.name}`);
}

function at({ weights, constant }: Form, x: readonly number[]): number {
  return weights.reduce((sum, weight, input) => sum + weight * x[input], constant);
}

/** The largest E over two regions' common part, of all signs or of those at a point. */
function largestIn(one: Region, other: Region, size: number, x?: readonly number[]): number {
  const differences = one.outputs.map((form, k): Form => ({
    weights: form.weights.map((w, i) => w - other.outputs[k].weights[i]),
    constant: form.constant - other.outputs[k].constant,
  }));
  let best = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    const signOf = (k: number): number => ((signs >> k) & 1 ? -1 : 1);
    if (x !== undefined && differences.some((form, k) => !(signOf(k) * at(form, x) > 0))) continue;
    const rows = [...one.rows, ...other.rows];
    const bounds = [...one.bounds, ...other.bounds];
    differences.forEach((form, k) => {
      rows.push(form.weights.map((w) => -signOf(k) * w));
      bounds.push(signOf(k) * form.constant);
    });
    const cost = Array.from({ length: size }, (_, i) =>
      differences.reduce((sum, form, k) => sum + signOf(k) * form.weights[i], 0),
    );
    const constant = differences.reduce((sum, form, k) => sum + signOf(k) * form.constant, 0);
    const zeros = Array<number>(size).fill(0);
    const ones = Array<number>(size).fill(1);
    const outcome = textbookSimplex(cost, rows, bounds, zeros, ones);
    if (outcome.kind === "optimal") best = Math.max(best, outcome.value + constant);
  }
  return best;
}

/** What one switching value may be, and the forms that are ≥ 0 where it is that. */
interface Choice {
  readonly result: Form;
  readonly conditions: readonly Form[];
}

interface Partial {
  readonly rows: number[][];
  readonly bounds: number[];
  readonly values: Form[][];
}

/** All combinations of pieces and winners, empty ones included. */
function regionsOf(network: Network): Region[] {
  const identity: Form[] = Array.from({ length: network.inputSize }, (_, i) => ({
    weights: Array.from({ length: network.inputSize }, (__, j) => (i === j ? 1 : 0)),
    constant: 0,
  }));
  let partial: Partial[] = [{ rows: [], bounds: [], values: [identity] }];
  network.layers.forEach((layer, index) => {
    const from = network.from?.[index] ?? [index];
    partial = partial.flatMap(({ rows, bounds, values }) => {
      const sources = from.map((value) => values[value]);
      const choices = choicesOf(layer, sources[0]);
      if (choices === undefined) {
        return [{ rows, bounds, values: [...values, throughAffine(layer, sources)] }];
      }
      return combinations(choices).map((chosen) => {
        const conditions = chosen.flatMap((choice) => choice.conditions);
        return {
          rows: [...rows, ...conditions.map((form) => form.weights.map((w) => -w))],
          bounds: [...bounds, ...conditions.map((form) => form.constant)],
          values: [...values, chosen.map(({ result }) => result)],
        };
      });
    });
  });
  return partial.map(({ rows, bounds, values }) => ({
    rows,
    bounds,
    outputs: values[values.length - 1],
  }));
}

/** For each value what it may be; undefined for a layer that is affine by itself. */
function choicesOf(layer: Layer, forms: readonly Form[]): Choice[][] | undefined {
  switch (layer.kind) {
    case "relu":
      return forms.map((form) => halves(form, 0));
    case "leakyRelu":
      return forms.map((form) => halves(form, layer.slope));
    case "prelu":
      return forms.map((form, at) => halves(form, layer.slopes[Math.floor(at / layer.pixels)]));
    case "clip":
      return forms.map((form) => [
        { result: number(layer.lower, form), conditions: [combine(form, -1, layer.lower)] },
        {
          result: form,
          conditions: [combine(form, 1, -layer.lower), combine(form, -1, layer.upper)],
        },
        { result: number(layer.upper, form), conditions: [combine(form, 1, -layer.upper)] },
      ]);
    case "maxPool2d":
      return windowMembers(layer).map((members) =>
        members.map((winner) => ({
          result: forms[winner],
          conditions: members
            .filter((loser) => loser !== winner)
            .map((loser) => difference(forms[winner], forms[loser])),
        })),
      );
    case "dense":
    case "conv2d":
    case "averagePool2d":
    case "normalise":
    case "scale":
    case "pick":
    case "add":
    case "concat":
      return undefined;
    default:
      return assertNever(layer);
  }
}

function halves(form: Form, slope: number): Choice[] {
  return [
    { result: combine(form, slope, 0), conditions: [combine(form, -1, 0)] },
    { result: form, conditions: [form] },
  ];
}

function number(constant: number, { weights }: Form): Form {
  return { weights: weights.map(() => 0), constant };
}

/** factor · form + shift. */
function combine({ weights, constant }: Form, factor: number, shift: number): Form {
  return { weights: weights.map((w) => factor * w), constant: factor * constant + shift };
}

function difference(one: Form, other: Form): Form {
  return {
    weights: one.weights.map((w, i) => w - other.weights[i]),
    constant: one.constant - other.constant,
  };
}

function combinations(choices: readonly Choice[][]): Choice[][] {
  return choices.reduce<Choice[][]>(
    (found, each) => found.flatMap((chosen) => each.map((choice) => [...chosen, choice])),
    [[]],
  );
}

/** An affine layer, applied to constants and to the coefficients of each input. */
function throughAffine(layer: Layer, sources: readonly (readonly Form[])[]): Form[] {
  const apply = (pick: (form: Form) => number): number[] =>
    layerValues(
      layer,
      sources.map((forms) => forms.map(pick)),
    );
  const constants = apply(({ constant }) => constant);
  const zeros = apply(() => 0);
  const inputs = sources[0][0].weights.length;
  const columns = Array.from({ length: inputs }, (_, i) => apply(({ weights }) => weights[i]));
  return constants.map((constant, at) => ({
    constant,
    weights: columns.map((column) => column[at] - zeros[at]),
  }));
}
