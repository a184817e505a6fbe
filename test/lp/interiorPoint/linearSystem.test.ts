import { findDirection } from "../../../src/lp/interiorPoint/direction";
import { commonLength } from "../../../src/lp/interiorPoint/commonFrames";
import { layoutOf } from "../../../src/lp/interiorPoint/layout";
import { LinearSystem } from "../../../src/lp/interiorPoint/linearSystem";
import { layOut } from "../../../src/lp/interiorPoint/memory";
import { SOFTNESS, STIFFNESS } from "../../../src/lp/interiorPoint/parameters";
import { WorkingSet } from "../../../src/lp/interiorPoint/workingSet";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createRandom } from "../../../src/numeric/random";
import { framedProgram } from "../../reference/framedPrograms";

/** All rows of a program in a working set, with random slacks and multipliers. */
function randomState({ spread = 1, framedShare = 1 }: { spread?: number; framedShare?: number }) {
  const program = framedProgram({
    picture: { height: 5, width: 6, channels: 1 },
    shapes: [{ height: 2, width: 3 }],
    perPlace: 3,
    denseCount: 20,
    farthest: 1,
    seed: 12,
  });
  const offer = program.rows.frames;
  if (offer === undefined) throw new Error("the program offers frames");
  const kernels = createPlainKernels();
  const layout = layoutOf(offer);
  const { rowCount } = program.rows;
  const framed = offer.open();
  const room = { rows: rowCount, dense: 20, common: commonLength(framed, layout) };
  const memory = layOut(kernels, layout, room).blocks;
  const set = new WorkingSet(kernels, layout, memory, room, rowCount, framed, 1);
  for (const block of framed.framed) {
    for (let index = 0; index < Math.floor(framedShare * block.count); index++) {
      set.addFramed(block, block.start + index, 0.5, Infinity);
    }
  }
  for (const { start, count } of framed.dense) {
    for (let row = start; row < start + count; row++) set.addDense(row, 0.5, Infinity);
  }
  set.group();
  const random = createRandom(13);
  const positive = (): number => Math.exp(spread * random.normal());
  const { rows, variables } = memory;
  for (const block of [rows.s, rows.lambda]) {
    block.view.forEach((_, row) => (block.view[row] = positive()));
  }
  for (const block of [rows.residual, rows.wanted]) {
    block.view.forEach((_, row) => (block.view[row] = random.normal()));
  }
  const { zLower, zUpper, toLower, toUpper, residual, wantedLower, wantedUpper } = variables;
  for (let j = 0; j < layout.size; j++) {
    for (const block of [zLower, zUpper, toLower, toUpper]) block.view[j] = positive();
    for (const block of [residual, wantedLower, wantedUpper]) block.view[j] = random.normal();
    variables.diagonal.view[j] =
      zLower.view[j] / toLower.view[j] + zUpper.view[j] / toUpper.view[j] + STIFFNESS;
  }
  kernels.steps.invertRows({
    count: set.count,
    s: rows.s.at,
    lambda: rows.lambda.at,
    soft: SOFTNESS,
    softened: rows.softened.at,
    perS: rows.perS.at,
    perLambda: rows.perLambda.at,
    weight: rows.weight.at,
  });
  const system = new LinearSystem(kernels, layout, memory, set);
  const dense = Array.from({ length: set.count }, (_, place) => {
    const row = new Float64Array(layout.size);
    program.rows.row(set.rows[place], row);
    return row.map((value) => value / set.norms[place]);
  });
  return { kernels, layout, memory, set, system, dense };
}

const dot = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one).reduce((sum, value, index) => sum + value * other[index], 0);

describe("LinearSystem", () => {
  test.each([
    ["with rows everywhere", 1],
    ["with a band that hardly has rows, so that dense ones decide", 0.1],
  ])("solves with 20 dense rows, %s", (_, framedShare) => {
    const { layout, memory, set, system, dense } = randomState({ framedShare });
    const { variables, rows } = memory;
    if (framedShare < 1) variables.diagonal.view.fill(STIFFNESS, 0, layout.size);
    expect(set.denseCount).toBe(20);
    expect(system.factor()).toBe(true);
    const random = createRandom(14);
    const right = Float64Array.from({ length: layout.size }, () => random.normal());
    variables.right.view.set(right);
    variables.dv.view.set(right);
    system.solve(variables.dv.at);
    system.refine(1e-11);
    const x = variables.dv.view.slice(0, layout.size);
    const products = dense.map((row, place) => dot(row, x) * rows.weight.view[place]);
    let worst = 0;
    for (let j = 0; j < layout.size; j++) {
      const terms = dense.map((row, place) => row[j] * products[place]);
      const sum = terms.reduce((total, term) => total + term, variables.diagonal.view[j] * x[j]);
      worst = Math.max(worst, Math.abs(sum - right[j]));
    }
    // Backward stable: small beside the matrix times the solution, which is large where the
    // diagonal is all there is.
    const scale = 1 + Math.max(...x.map(Math.abs)) * Math.max(...rows.weight.view);
    expect(worst / scale).toBeLessThan(1e-14);
  });
});

describe("findDirection", () => {
  test("satisfies all five equations of Newton's step at a random interior state", () => {
    const { kernels, layout, memory, set, system, dense } = randomState({});
    const { rows, variables } = memory;
    expect(system.factor()).toBe(true);
    findDirection({ kernels, layout, memory, set, system }, 1e-14);
    const dv = variables.dv.view.slice(0, layout.size);
    let worst = 0;
    const check = (found: number, expected: number): void => {
      worst = Math.max(worst, Math.abs(found - expected));
    };
    for (let row = 0; row < set.count; row++) {
      const [s, lambda] = [rows.s.view[row], rows.lambda.view[row]];
      const [ds, dLambda] = [rows.ds.view[row], rows.dLambda.view[row]];
      // A dv + ds = r_p + ε dλ, s dλ + λ ds = wanted.
      check(dot(dense[row], dv) + ds, rows.residual.view[row] + SOFTNESS * dLambda);
      check(s * dLambda + lambda * ds, rows.wanted.view[row]);
    }
    for (let j = 0; j < layout.size; j++) {
      const [low, high] = [variables.dzLower.view[j], variables.dzUpper.view[j]];
      // Aᵀdλ − dz_l + dz_u + ρ dv = r_d, toLower dz_l + z_l dv = wantedLower, and the other end.
      const pulled = dense.reduce((sum, row, place) => sum + row[j] * rows.dLambda.view[place], 0);
      check(pulled - low + high + STIFFNESS * dv[j], variables.residual.view[j]);
      check(
        variables.toLower.view[j] * low + variables.zLower.view[j] * dv[j],
        variables.wantedLower.view[j],
      );
      check(
        variables.toUpper.view[j] * high - variables.zUpper.view[j] * dv[j],
        variables.wantedUpper.view[j],
      );
    }
    expect(worst).toBeLessThan(1e-12);
  });
});
