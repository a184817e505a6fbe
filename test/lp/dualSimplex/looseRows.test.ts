import { chooseLeaving } from "../../../src/lp/dualSimplex/chooseRow";
import {
  addLoose,
  computeSlack,
  computeSlacks,
  removeLoose,
} from "../../../src/lp/dualSimplex/looseRows";
import { createSimplex, type Simplex } from "../../../src/lp/dualSimplex/state";
import { layOut, tilesOf } from "../../../src/lp/dualSimplex/memory";
import { addRows } from "../../../src/lp/dualSimplex/rowPool";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { TILE } from "../../../src/numeric/tileKernels";
import { smallProgram } from "../../reference/denseRows";

const TOLERANCE = 1e-12;

/**
 * The unit square at its corner (1, 1), with rows y0 ≤ 0.5, y1 ≤ 1/3 and 0.6 y0 + 0.8 y1 ≤ 2 in the
 * pool.
 */
function smallState(): Simplex {
  const program = smallProgram({
    cost: [1, 1],
    rows: [
      [1, 0],
      [0, 3],
      [0.6, 0.8],
    ],
    bounds: [0.5, 1, 2],
  });
  const made = createSimplex(
    layOut(createPlainKernels(), 2, 3, 2).blocks,
    program,
    new Float64Array(3).fill(Number.NaN),
    1,
  );
  expect(addRows(made, [0, 1, 2], TOLERANCE)).toBe(-1);
  return made;
}

/** How each loose row changes along both axes, by pool position: what the engine sums up. */
function looseRows({ memory, looseCount }: Simplex): Map<number, number[]> {
  const { kernels, size, loose, looseTiles, list, listSlope, rowSlope } = memory;
  const along = [0, 1].map((axis) => {
    list.view[0] = axis;
    listSlope.view[0] = 1;
    kernels.tiles.sumTiles({
      tiles: looseTiles.at,
      stride: TILE * size,
      tileCount: tilesOf(looseCount),
      list: list.at,
      weights: listSlope.at,
      count: 1,
      out: rowSlope.at,
    });
    return rowSlope.view.slice(0, looseCount);
  });
  return new Map(
    Array.from({ length: looseCount }, (_, place) => [
      loose.view[place],
      along.map((s) => s[place]),
    ]),
  );
}

const { fround } = Math;
const ALL: [number, number[]][] = [
  [0, [1, 0]],
  [1, [0, 1]],
  [2, [fround(0.6), fround(0.8)]],
];

describe("loose rows", () => {
  test("new pool rows are loose, at unit norm, in single precision, with exact slacks", () => {
    const made = smallState();
    expect(looseRows(made)).toEqual(new Map(ALL));
    const { slack } = made.memory;
    expect(slack.view[0]).toBe(-0.5);
    expect(slack.view[1]).toBeCloseTo(1 / 3 - 1, 15);
    expect(slack.view[2]).toBeCloseTo(0.6, 15);
  });

  test("a row that is taken out leaves no gap, and comes back", () => {
    const made = smallState();
    removeLoose(made, 0);
    expect(looseRows(made)).toEqual(new Map(ALL.slice(1)));
    expect(Array.from(made.loosePlace)).toEqual([-1, 1, 0]);
    removeLoose(made, 1);
    addLoose(made, 0);
    expect(looseRows(made)).toEqual(new Map([ALL[0], ALL[2]]));
    expect(made.loosePlace[1]).toBe(-1);
  });

  test("slacks follow the point", () => {
    const made = smallState();
    made.memory.point.view.set([0.25, 0]);
    expect(computeSlack(made, 0)).toBe(0.25);
    computeSlacks(made);
    expect(made.memory.slack.view[1]).toBeCloseTo(1 / 3, 15);
  });

  test("a row that only seems violated is not chosen, and its slack is put right", () => {
    const made = smallState();
    made.memory.slack.view[2] = -10;
    const leaving = chooseLeaving(made, TOLERANCE, false);
    expect(leaving).toMatchObject({ kind: "row", position: 1 });
    expect(leaving?.violation).toBeCloseTo(2 / 3, 15);
    expect(made.memory.slack.view[2]).toBeCloseTo(0.6, 15);
  });

  test("a chosen row's violation is the exact one", () => {
    const made = smallState();
    made.memory.slack.view[0] = -7;
    expect(chooseLeaving(made, TOLERANCE, false)).toEqual({
      kind: "row",
      position: 0,
      violation: 0.5,
    });
  });
});
