import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import type { Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import { dense } from "../approximate/tinyNetworks";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

describe("createPolytopeRows", () => {
  const random = createRandom(31);
  const network = randomConvolutionalNetwork(random);
  const twins = createTwins(network, perturbed(network, 0.05, random));
  const x = randomPoint(network.inputSize, random);

  test.each([
    ["in kernels", createPolytopeWorkspace(twins, createPlainKernels())],
    ["in plain code", createPolytopeWorkspace(twins)],
  ])("gives the entries of a convolutional network's rows, %s", (_, workspace) => {
    const { rows } = polytopeAt(workspace, x);
    const whole = new Float64Array(network.inputSize);
    for (let index = 0; index < rows.rowCount; index++) {
      const bound = rows.row(index, whole);
      const expected = whole.slice();
      const entries = rows.entries?.(index);
      expect(entries?.bound).toBe(bound);
      const found = new Float64Array(network.inputSize);
      for (let entry = 0; entry < (entries?.count ?? 0); entry++) {
        expect(entries?.values[entry]).not.toBe(0);
        found[entries?.columns[entry] ?? -1] += entries?.values[entry] ?? NaN;
      }
      found.forEach((value, column) => expect(value).toBeCloseTo(expected[column], 12));
    }
  });

  test("offers the nearest rows first, from both networks", () => {
    const { rows } = polytopeAt(createPolytopeWorkspace(twins), x);
    const slacks = new Float64Array(rows.rowCount);
    rows.slacks(x, slacks);
    const whole = new Float64Array(network.inputSize);
    const distance = (row: number): number => {
      rows.row(row, whole);
      return slacks[row] / Math.sqrt(whole.reduce((sum, value) => sum + value * value, 0));
    };
    const first = rows.first?.(40) ?? [];
    expect(first.length).toBeGreaterThan(20);
    expect(new Set(first).size).toBe(first.length);
    expect(first.some((row) => row < rows.rowCount / 2)).toBe(true);
    expect(first.some((row) => row > rows.rowCount / 2)).toBe(true);
    const distances = first.map(distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  test("ends the search for the nearest rows when told to", () => {
    const { rows } = polytopeAt(createPolytopeWorkspace(twins), x);
    expect(rows.first?.(40, () => true)).toEqual([]);
  });

  test("offers neither where every row is dense", () => {
    const chain = randomDenseNetwork([6, 9, 3], random);
    const pair = createTwins(chain, perturbed(chain, 0.05, random));
    const { rows } = polytopeAt(createPolytopeWorkspace(pair), randomPoint(6, random));
    expect(rows.entries).toBeUndefined();
    expect(rows.first).toBeUndefined();
  });

  test("names the other network's row of the same neuron or pair where both say the same", () => {
    const { rows } = polytopeAt(createPolytopeWorkspace(twins), x);
    const [one, other] = [0, 1].map(() => new Float64Array(network.inputSize));
    let count = 0;
    for (let index = 0; index < rows.rowCount; index++) {
      const alike = rows.alike?.(index) ?? -1;
      if (alike < 0) continue;
      count++;
      expect(rows.alike?.(alike)).toBe(index);
      rows.row(index, one);
      rows.row(alike, other);
      const product = one.reduce((sum, value, input) => sum + value * other[input], 0);
      const norms = Math.hypot(...one) * Math.hypot(...other);
      // A neuron that depends on nothing has a row of zeros.
      if (norms > 0) expect(product / norms).toBeGreaterThan(0.5);
    }
    expect(count).toBeGreaterThan(rows.rowCount / 2);
    expect(rows.alike?.(rows.rowCount - 1)).toBe(-1);
  });

  test("calls no rows alike where a neuron is active in one network only", () => {
    const bias = (value: number): Network =>
      createNetwork("one neuron", 1, [dense([[1]], [value]), { kind: "relu" }, dense([[1]], [0])]);
    const pair = createTwins(bias(-0.1), bias(0.1));
    const { rows } = polytopeAt(createPolytopeWorkspace(pair), Float64Array.of(0));
    expect([0, 1].map((row) => rows.alike?.(row))).toEqual([-1, -1]);
    const same = createTwins(bias(0.1), bias(0.2));
    const { rows: alike } = polytopeAt(createPolytopeWorkspace(same), Float64Array.of(0));
    expect([0, 1].map((row) => alike.alike?.(row))).toEqual([1, 0]);
  });
});
