import { KeptRows } from "../../src/analyse/keptRows";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

describe("KeptRows", () => {
  test("generates a row once and writes the same numbers again", () => {
    const kept = new KeptRows();
    const generated: number[] = [];
    const generate = (index: number, out: Float64Array): void => {
      generated.push(index);
      out.fill(index + 0.5);
    };
    const out = new Float64Array(3);
    for (const index of [4, 7, 4, 7, 4]) {
      kept.write(index, out.fill(NaN), generate);
      expect([...out]).toEqual([index + 0.5, index + 0.5, index + 0.5]);
    }
    expect(generated).toEqual([4, 7]);
  });

  test("is not changed by what its users do with a row", () => {
    const kept = new KeptRows();
    const out = new Float64Array(2);
    const generate = (_: number, row: Float64Array): void => void row.fill(1);
    kept.write(0, out, generate);
    out.fill(9);
    kept.write(0, out, generate);
    out.fill(9);
    kept.write(0, out, generate);
    expect([...out]).toEqual([1, 1]);
  });

  test("keeps no more than its room and still writes every row", () => {
    const kept = new KeptRows();
    const out = new Float64Array(1 << 19);
    let count = 0;
    const generate = (index: number, row: Float64Array): void => {
      count++;
      row.fill(index);
    };
    for (const index of [1, 2, 3, 1, 2, 3, 3]) {
      kept.write(index, out, generate);
      expect(out[0]).toBe(index);
    }
    // The first two fill it; the third is generated each time.
    expect(count).toBe(5);
  });

  test("does not mix up regions that share a workspace", () => {
    const random = createRandom(5);
    const network = randomDenseNetwork([6, 9, 7, 3], random);
    const workspace = createPolytopeWorkspace(
      createTwins(network, perturbed(network, 0.05, random)),
    );
    const points = [randomPoint(6, random), randomPoint(6, random)];
    const regions = points.map((x) => polytopeAt(workspace, x));
    const read = ({ rows }: (typeof regions)[number]): number[][] =>
      Array.from({ length: rows.rowCount }, (_, index) => {
        const row = new Float64Array(6);
        return [rows.row(index, row), ...row];
      });
    const [first, second] = regions.map(read);
    expect(second).not.toEqual(first);
    expect(regions.map(read)).toEqual([first, second]);
  });
});
