import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import { pullIn } from "../../src/numeric/stepKernels";

const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

const SOFT = 1e-2;

/** Every loop, one after another, on arrays of random numbers; all of them afterwards. */
function runAll(kernels: Kernels, count: number) {
  const { blocks } = kernels.arena.layOut((make) => ({
    bound: make.values(count),
    product: make.values(count),
    s: make.values(count),
    lambda: make.values(count),
    residual: make.values(count),
    negated: make.values(count),
    softened: make.values(count),
    perS: make.values(count),
    perLambda: make.values(count),
    weight: make.values(count),
    wanted: make.values(count),
    weighed: make.values(count),
    ds: make.values(count),
    dLambda: make.values(count),
    centred: make.values(count),
    moved: make.values(count),
    totals: make.values(4),
  }));
  const random = createRandom(count);
  for (const block of [blocks.bound, blocks.product]) {
    block.view.forEach((_, at) => (block.view[at] = random.normal()));
  }
  for (const block of [blocks.s, blocks.lambda]) {
    block.view.forEach((_, at) => (block.view[at] = Math.exp(3 * random.normal())));
  }
  const { bound, product, s, lambda, residual, softened, perS, perLambda, wanted, ds, dLambda } =
    blocks;
  const { steps } = kernels;
  steps.measureRows({
    count,
    bound: bound.at,
    product: product.at,
    s: s.at,
    lambda: lambda.at,
    residual: residual.at,
    negated: blocks.negated.at,
    totals: blocks.totals.at,
  });
  const measured = blocks.totals.view.slice(0, 3);
  steps.invertRows({
    count,
    s: s.at,
    lambda: lambda.at,
    soft: SOFT,
    softened: softened.at,
    perS: perS.at,
    perLambda: perLambda.at,
    weight: blocks.weight.at,
  });
  ds.view.set(bound.view);
  dLambda.view.set(product.view);
  steps.aimRows({
    count,
    s: s.at,
    lambda: lambda.at,
    ds: ds.at,
    dLambda: dLambda.at,
    target: 0.3,
    second: 1,
    wanted: wanted.at,
  });
  const aimed = wanted.view.slice();
  steps.weighRows({
    count,
    lambda: lambda.at,
    residual: residual.at,
    wanted: wanted.at,
    softened: softened.at,
    out: blocks.weighed.at,
  });
  steps.stepRows({
    count,
    residual: residual.at,
    product: product.at,
    wanted: wanted.at,
    lambda: lambda.at,
    softened: softened.at,
    soft: SOFT,
    perS: perS.at,
    perLambda: perLambda.at,
    ds: ds.at,
    dLambda: dLambda.at,
    totals: blocks.totals.at,
  });
  const ratios = blocks.totals.view.slice(0, 2);
  blocks.centred.view.set(wanted.view);
  steps.centreRows({
    count,
    s: s.at,
    ds: ds.at,
    primal: 0.5,
    lambda: lambda.at,
    dLambda: dLambda.at,
    dual: 0.25,
    low: 0.1,
    high: 2,
    wanted: blocks.centred.at,
  });
  const total = steps.complementarity({
    count,
    s: s.at,
    ds: ds.at,
    primal: 0.5,
    lambda: lambda.at,
    dLambda: dLambda.at,
    dual: 0.25,
  });
  blocks.moved.view.set(s.view);
  steps.advance({ count, x: blocks.moved.at, dx: ds.at, step: 0.75 });
  return { blocks, measured, aimed, ratios, total };
}

const sumOf = (count: number, value: (row: number) => number): number =>
  Array.from({ length: count }, (_, row) => value(row)).reduce((sum, one) => sum + one, 0);

describe.each(makers)("the %s step kernels", (_, create) => {
  const made = (): Kernels => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return kernels;
  };

  test.each([0, 1, 2, 3, 4, 7, 50])("do what they say with %i rows", (count) => {
    const { blocks, measured, aimed, ratios, total } = runAll(made(), count);
    const view = Object.fromEntries(
      Object.entries(blocks).map(([name, block]) => [name, [...block.view]]),
    );
    const { bound, product, s, lambda, residual, wanted, ds, dLambda } = view;
    const close = (found: number, expected: number): void => {
      expect(Math.abs(found - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
    };
    for (let row = 0; row < count; row++) {
      close(residual[row], bound[row] - product[row] - s[row]);
      expect(view.negated[row]).toBe(-lambda[row]);
      close(view.softened[row] * (s[row] + SOFT * lambda[row]), 1);
      close(view.perS[row] * s[row], 1);
      close(view.perLambda[row] * lambda[row], 1);
      close(view.weight[row] * (s[row] / lambda[row] + SOFT), 1);
      close(aimed[row], 0.3 - s[row] * lambda[row] - bound[row] * product[row]);
      const soft = view.softened[row];
      close(view.weighed[row], (lambda[row] * residual[row] - aimed[row]) * soft);
      // Newton: s dλ + λ ds = wanted, ds = residual − product + soft dλ.
      const scale = Math.abs(s[row] * dLambda[row]) + Math.abs(lambda[row] * ds[row]) + 1;
      expect(
        Math.abs(s[row] * dLambda[row] + lambda[row] * ds[row] - wanted[row]) / scale,
      ).toBeLessThan(1e-12);
      close(ds[row], residual[row] - product[row] + SOFT * dLambda[row]);
      const trial = (s[row] + 0.5 * ds[row]) * (lambda[row] + 0.25 * dLambda[row]);
      close(view.centred[row] - wanted[row], pullIn(trial, 0.1, 2));
      close(view.moved[row], s[row] + 0.75 * ds[row]);
    }
    close(
      measured[0],
      sumOf(count, (row) => s[row] * lambda[row]),
    );
    close(
      measured[1],
      sumOf(count, (row) => lambda[row] * (s[row] + residual[row])),
    );
    close(measured[2], Math.max(0, ...residual.map(Math.abs)));
    close(ratios[0], Math.max(1e-30, ...ds.map((change, row) => -change / s[row])));
    close(ratios[1], Math.max(1e-30, ...dLambda.map((change, row) => -change / lambda[row])));
    const after = (row: number): number =>
      (s[row] + 0.5 * ds[row]) * (lambda[row] + 0.25 * dLambda[row]);
    close(total, sumOf(count, after));
  });

  test.each([1, 6, 7, 50])("give the bits of the plain ones with %i rows", (count) => {
    const bitsOf = (kernels: Kernels): unknown => {
      const { blocks, measured, ratios, total } = runAll(kernels, count);
      return [...Object.values(blocks).map(({ view }) => [...view]), measured, ratios, total];
    };
    expect(bitsOf(made())).toEqual(bitsOf(createPlainKernels()));
  });
});
