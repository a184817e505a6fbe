import { dualBound } from "../../../src/lp/certificate";
import { commonLength } from "../../../src/lp/interiorPoint/commonFrames";
import { layoutOf } from "../../../src/lp/interiorPoint/layout";
import { LinearSystem } from "../../../src/lp/interiorPoint/linearSystem";
import { measure } from "../../../src/lp/interiorPoint/measure";
import { layOut } from "../../../src/lp/interiorPoint/memory";
import { WorkingSet } from "../../../src/lp/interiorPoint/workingSet";
import { objectiveValue } from "../../../src/lp/program";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createRandom } from "../../../src/numeric/random";
import { framedProgram } from "../../reference/framedPrograms";

/** What rounding may do to a bound here: terms are of order 1, and a few hundred. */
const ALLOWANCE = 1e-11;

/** A working set of some rows of a program, with any point inside the box and any multipliers. */
function stateOf(seed: number) {
  const program = framedProgram({
    picture: { height: 6, width: 7, channels: 1 },
    shapes: [
      { height: 2, width: 3 },
      { height: 3, width: 3 },
    ],
    perPlace: 3,
    denseCount: 6,
    farthest: 0.5,
    seed,
  });
  const { rows, feasible } = program;
  if (rows.frames === undefined || feasible === undefined) throw new Error("frames and a point");
  const random = createRandom(seed);
  const kernels = createPlainKernels();
  const layout = layoutOf(rows.frames);
  const framed = rows.frames.open();
  const room = { rows: rows.rowCount, dense: 6, common: commonLength(framed, layout) };
  const memory = layOut(kernels, layout, room).blocks;
  const set = new WorkingSet(kernels, layout, memory, room, rows.rowCount, framed, 1);
  const slacks = new Float64Array(rows.rowCount);
  rows.slacks(feasible, slacks);
  const share = random.next();
  for (const block of framed.framed) {
    for (let row = block.start; row < block.start + block.count; row++) {
      if (random.next() < share) set.addFramed(block, row, slacks[row], Infinity);
    }
  }
  for (const { start, count } of framed.dense) {
    for (let row = start; row < start + count; row++) {
      if (random.next() < share) set.addDense(row, slacks[row], Infinity);
    }
  }
  const { cost, lower, upper, v, zLower, zUpper } = memory.variables;
  const norm = Math.hypot(...program.cost);
  layout.variables.forEach((variable, index) => {
    cost.view[index] = program.cost[variable] / norm;
    lower.view[index] = program.lower[variable] - feasible[variable];
    upper.view[index] = program.upper[variable] - feasible[variable];
    const along = 0.01 + 0.98 * random.next();
    v.view[index] = lower.view[index] + along * (upper.view[index] - lower.view[index]);
    zLower.view[index] = random.next();
    zUpper.view[index] = random.next();
  });
  for (let row = 0; row < set.count; row++) {
    memory.rows.s.view[row] = random.next();
    memory.rows.lambda.view[row] = random.next() ** 4;
  }
  const system = new LinearSystem(kernels, layout, memory, set);
  const parts = { kernels, layout, memory, set, system };
  return { program, feasible, parts, norm };
}

describe("measure", () => {
  test("finds the gap that a certificate proves, for any rows, multipliers and points", () => {
    for (let seed = 0; seed < 25; seed++) {
      const { program, feasible, parts, norm } = stateOf(seed);
      const { set, memory, layout } = parts;
      const { gap, value } = measure(parts);
      const multipliers = Array.from(set.norms.subarray(0, set.count), (length, place) => ({
        row: set.rows[place],
        value: (memory.rows.lambda.view[place] * norm) / length,
      }));
      const point = Float64Array.from(feasible);
      layout.variables.forEach((variable, index) => {
        point[variable] += memory.variables.v.view[index];
      });
      const found = objectiveValue(program, point);
      expect(found - objectiveValue(program, feasible)).toBeCloseTo(value * norm, 11);
      const proved = dualBound(program, multipliers) - found;
      const scale = 1 + Math.abs(proved);
      expect(Math.abs(proved - gap * norm)).toBeLessThan(ALLOWANCE * scale);
    }
  });
});
